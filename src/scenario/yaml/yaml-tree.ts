import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { Position } from './diagnostic.ts';
import { decodeKey, isMergeKey, keyOf } from './yaml-keys.ts';

/** A step of the way to a value: a key of a mapping, or a place in a list. */
export type PathPart = string | number;

/** A YAML document as plain values, with the way back from each value to its place in the text. */
export interface YamlTree {
  readonly value: unknown;
  /** Where the value at this path stands, or the nearest value around it that exists. */
  position(path: readonly PathPart[]): Position;
  /** Where the key at this path stands. */
  keyPosition(path: readonly PathPart[]): Position;
  /** How the text at this path is written: its range, whether as a block, whether between brackets. */
  scalar(path: readonly PathPart[]): WrittenScalar | undefined;
}

/** How a text is written in the file. */
export interface WrittenScalar {
  /** From its first character to behind its last. */
  readonly range: readonly [number, number];
  /** Whether it is a literal block, which begins with `|`. */
  readonly block: boolean;
  /** Whether it stands within `{ … }` or `[ … ]`. */
  readonly inFlow: boolean;
}

/** The tree of a document whose plain value and whose aliases' targets are known. */
export function treeOf(
  document: Document,
  targets: ReadonlyMap<Alias, Node>,
  value: unknown,
  at: (offset: number) => Position,
): YamlTree {
  const resolved = (node: unknown) => (isAlias(node) ? targets.get(node) : node);
  const pairs = new PairIndex(resolved);
  const walk = (path: readonly PathPart[]) => {
    let node: unknown = document.contents;
    let key: unknown = null;
    let inFlow = false;
    for (const part of path) {
      const target = resolved(node);
      if (isCollection(target)) inFlow ||= target.flow === true;
      const pair = isMap(target) ? pairs.find(target, decodeKey(String(part))) : undefined;
      const next = isSeq(target) ? target.items[Number(part)] : pair?.value;
      if (next === undefined || next === null) {
        return { node: pair?.key ?? node, key: pair?.key ?? null, found: false, inFlow };
      }
      key = pair?.key ?? null;
      node = next;
    }
    return { node, key, found: true, inFlow };
  };
  const offsetOf = (node: unknown) => (node as Node | null)?.range?.[0] ?? 0;
  return {
    value,
    position: (path) => at(offsetOf(walk(path).node)),
    keyPosition: (path) => {
      const { node, key } = walk(path);
      return at(offsetOf(key ?? node));
    },
    scalar: (path) => {
      const { node, found, inFlow } = walk(path);
      const target = resolved(node);
      if (!found || !isScalar(target) || target.range === undefined || target.range === null)
        return undefined;
      const block = target.type === 'BLOCK_LITERAL' || target.type === 'BLOCK_FOLDED';
      return { range: [target.range[0], target.range[1]], block, inFlow };
    },
  };
}

/** Finds pairs by key, merged ones too; each mapping is walked once, however often it is asked. */
class PairIndex {
  readonly #resolved: (node: unknown) => unknown;
  readonly #own = new Map<YAMLMap, ReadonlyMap<string, Pair>>();

  constructor(resolved: (node: unknown) => unknown) {
    this.#resolved = resolved;
  }

  find(map: YAMLMap, key: string): Pair | undefined {
    const own = this.#ownPairs(map).get(key);
    if (own !== undefined) return own;
    for (const merge of map.items.filter(isMergeKey)) {
      for (const source of isSeq(merge.value) ? merge.value.items : [merge.value]) {
        const target = this.#resolved(source);
        const pair = isMap(target) ? this.find(target, key) : undefined;
        if (pair !== undefined) return pair;
      }
    }
    return undefined;
  }

  #ownPairs(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.#own.get(map);
    if (known !== undefined) return known;
    const pairs = map.items.filter((pair) => !isMergeKey(pair)).map((pair) => [keyOf(pair), pair] as const);
    const own = new Map(pairs);
    this.#own.set(map, own);
    return own;
  }
}
