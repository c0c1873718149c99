import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { decodeKey, encodeKey, isMergeKey, keyOf } from './yaml-keys.ts';

// Anchors may repeat a few values; a file that repeats more than this expands beyond reason.
const MOST_REPEATED_NODES = 1_000_000;
const DEEPEST = 200;
/** What is said of a document that nests beyond reason. */
export const TOO_DEEP = `expected at most ${DEEPEST} levels of nesting`;

/** A document that parses, and still cannot be taken: it contains itself, or expands or nests beyond reason. */
export class BeyondReason extends Error {
  /** Where in the text. */
  readonly offset: number;

  constructor(node: Node | null, message: string) {
    super(message);
    this.offset = node?.range?.[0] ?? 0;
  }
}

/** Turns the nodes of a document into plain values, anchors and merge keys resolved. */
export class Converter {
  /** Keys that stand in a mapping a second time. */
  readonly duplicates: Node[] = [];
  readonly #targets: Map<Alias, Node>;
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  #repeated = 0;
  #aliases = 0;

  constructor(targets: Map<Alias, Node>) {
    this.#targets = targets;
  }

  /** The plain value of a node that stands so deep in the document. */
  convert(node: unknown, depth: number): unknown {
    if (isAlias(node)) return this.#resolved(node, depth);
    if ((isScalar(node) || isSeq(node) || isMap(node)) && node.anchor !== undefined) {
      this.#anchors.set(node.anchor, node);
    }
    if (isScalar(node)) return this.#counted(node, node.value);
    if (isSeq(node)) {
      return this.#within(node, depth, () => node.items.map((item) => this.convert(item, depth + 1)));
    }
    if (isMap(node)) return this.#within(node, depth, () => this.#mapping(node, depth));
    return null;
  }

  #mapping(map: YAMLMap, depth: number): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    const own = new Set<string>();
    for (const pair of map.items) {
      if (isMergeKey(pair)) continue;
      const key = keyOf(pair);
      if (own.has(key) && isScalar(pair.key)) this.duplicates.push(pair.key);
      own.add(key);
      entries.set(key, this.convert(pair.value, depth + 1));
    }
    for (const pair of map.items.filter(isMergeKey)) {
      for (const [key, value] of Object.entries(this.#merged(pair, depth))) {
        const name = decodeKey(key);
        if (!own.has(name)) entries.set(name, value);
      }
    }
    return Object.fromEntries([...entries].map(([key, value]) => [encodeKey(key), value]));
  }

  #merged(pair: Pair, depth: number): Record<string, unknown> {
    const sources = isSeq(pair.value) ? pair.value.items : [pair.value];
    const merged = new Map<string, unknown>();
    for (const source of sources) {
      const value = this.convert(source, depth + 1);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new BeyondReason(source as Node, 'expected a mapping, or a list of mappings, to merge');
      }
      for (const [key, inner] of Object.entries(value)) if (!merged.has(key)) merged.set(key, inner);
    }
    return Object.fromEntries(merged);
  }

  #resolved(alias: Alias, depth: number): unknown {
    const target = this.#targets.get(alias) ?? this.#anchors.get(alias.source);
    if (target === undefined) throw new BeyondReason(alias, 'expected an anchor of this name further up');
    this.#targets.set(alias, target);
    this.#aliases += 1;
    const value = this.convert(target, depth + 1);
    this.#aliases -= 1;
    return value;
  }

  #within<Result>(node: Node, depth: number, use: () => Result): Result {
    if (this.#open.has(node)) throw new BeyondReason(node, 'expected an anchor that does not contain itself');
    if (depth > DEEPEST) throw new BeyondReason(node, TOO_DEEP);
    this.#counted(node, null);
    this.#open.add(node);
    const result = use();
    this.#open.delete(node);
    return result;
  }

  #counted<Value>(node: Node, value: Value): Value {
    if (this.#aliases > 0) this.#repeated += 1;
    if (this.#repeated > MOST_REPEATED_NODES) {
      throw new BeyondReason(node, 'expected anchors that repeat less: this file expands beyond reason');
    }
    return value;
  }
}
