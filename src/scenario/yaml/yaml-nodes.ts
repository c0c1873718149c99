import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  visit,
  type YAMLMap,
} from 'yaml';
import { encodeKey } from './yaml-keys.ts';

// Anchors may repeat a few values; a file that repeats more than this expands beyond reason.
const MOST_REPEATED_NODES = 1_000_000;
const DEEPEST = 200;
/** The message for a document that nests too deeply. */
export const TOO_DEEP = `expected at most ${DEEPEST} levels of nesting`;

/** A document that parses but has no usable value: it contains itself, or expands or nests beyond reason. */
export class UnusableYaml extends Error {
  /** Where in the text. */
  readonly offset: number;

  constructor(node: unknown, message: string) {
    super(message);
    this.offset = offsetOf(node);
  }
}

/** The offset at which a node begins; 0 for a value that is not in the text. */
export function offsetOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

/**
 * The nodes of a document with aliases and merge keys resolved. The library resolves them too, but it loses the place
 * of a mistake, compares each key with all others, and does not limit what a large anchor expands to.
 */
export class YamlNodes {
  /** Keys that repeat an earlier key of the same mapping. */
  readonly duplicateKeys: unknown[] = [];
  readonly #targets = new Map<Alias, Node>();
  readonly #pairs = new Map<YAMLMap, ReadonlyMap<string, Pair>>();
  readonly #open = new Set<Node>();
  #nodesLeft: number;

  constructor(document: Document.Parsed, text: string) {
    // A text has no more nodes than characters.
    this.#nodesLeft = text.length + MOST_REPEATED_NODES;
    // Most stories have no anchors, and need no walk to find them.
    if (!text.includes('&')) return;
    const anchors = new Map<string, Node>();
    visit(document, (_key, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) this.#targets.set(node, target);
      } else if (isNode(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
    });
  }

  /** The node itself, or the one that an alias refers to. */
  resolved(node: unknown): unknown {
    if (!isAlias(node)) return node;
    const target = this.#targets.get(node);
    if (target === undefined) throw new UnusableYaml(node, 'expected an anchor of this name further up');
    return target;
  }

  /** The pairs of a mapping by key, with those that it merges from other mappings. */
  pairs(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.#pairs.get(map);
    if (known !== undefined) return known;
    const pairs = new Map<string, Pair>();
    const merged: unknown[] = [];
    for (const pair of map.items) {
      if (isMergeKey(pair)) merged.push(...(isSeq(pair.value) ? pair.value.items : [pair.value]));
      else {
        const key = isScalar(pair.key) ? String(pair.key.value) : '';
        if (pairs.has(key)) this.duplicateKeys.push(pair.key);
        pairs.set(key, pair);
      }
    }
    for (const source of merged) {
      const target = this.resolved(source);
      if (!isMap(target)) {
        throw new UnusableYaml(source, 'expected a mapping, or a list of mappings, to merge');
      }
      for (const [key, pair] of this.#within(target, () => this.pairs(target))) {
        this.#count(target);
        if (!pairs.has(key)) pairs.set(key, pair);
      }
    }
    this.#pairs.set(map, pairs);
    return pairs;
  }

  /** The plain value of a node at this depth. Its keys are encoded (`encodeKey`). */
  valueOf(given: unknown, depth = 0): unknown {
    const node = this.resolved(given);
    const level = node === given ? depth : depth + 1;
    this.#count(node);
    if (isScalar(node)) return node.value;
    if (!isCollection(node)) return null;
    if (level > DEEPEST) throw new UnusableYaml(node, TOO_DEEP);
    return this.#within(node, () =>
      isMap(node)
        ? Object.fromEntries(
            Array.from(this.pairs(node), ([key, { value }]) => [
              encodeKey(key),
              this.valueOf(value, level + 1),
            ]),
          )
        : node.items.map((item) => this.valueOf(item, level + 1)),
    );
  }

  #within<Result>(node: Node, use: () => Result): Result {
    if (this.#open.has(node)) throw new UnusableYaml(node, 'expected an anchor that does not contain itself');
    this.#open.add(node);
    const result = use();
    this.#open.delete(node);
    return result;
  }

  #count(node: unknown): void {
    this.#nodesLeft -= 1;
    if (this.#nodesLeft >= 0) return;
    throw new UnusableYaml(node, 'expected anchors that repeat less: this file expands beyond reason');
  }
}

function isMergeKey({ key }: Pair): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}
