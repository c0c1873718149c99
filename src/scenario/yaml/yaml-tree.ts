import { isCollection, isMap, isScalar, isSeq } from 'yaml';
import type { Position } from './diagnostic.ts';
import { decodeKey } from './yaml-keys.ts';
import { offsetOf, type YamlNodes } from './yaml-nodes.ts';

/** One part of a path to a value: a key of a mapping, or an index of a list. */
export type PathPart = string | number;

/** A YAML document as plain values, with the position of each value in the text. */
export interface YamlTree {
  readonly value: unknown;
  /** The position of the value at this path, or of the nearest existing value around it. */
  position(path: readonly PathPart[]): Position;
  /** The position of the key at this path. */
  keyPosition(path: readonly PathPart[]): Position;
  /** How the scalar at this path is written; undefined if there is none. */
  scalar(path: readonly PathPart[]): WrittenScalar | undefined;
}

/** How a scalar is written in the file. */
export interface WrittenScalar {
  /** The offsets of its first character and of the one after its last. */
  readonly range: readonly [number, number];
  /** Whether it is a block scalar, which begins with `|` or `>`. */
  readonly block: boolean;
  /** Whether it is inside `{ … }` or `[ … ]`. */
  readonly inFlow: boolean;
}

/** The tree of a document. Throws `UnusableYaml` if the document has no usable value. */
export function treeOf(contents: unknown, nodes: YamlNodes, at: (offset: number) => Position): YamlTree {
  const walk = (path: readonly PathPart[]) => {
    let node: unknown = contents;
    let key: unknown = null;
    let inFlow = false;
    for (const part of path) {
      const target = nodes.resolved(node);
      inFlow ||= isCollection(target) && target.flow === true;
      const pair = isMap(target) ? nodes.pairs(target).get(decodeKey(String(part))) : undefined;
      const next = isSeq(target) ? target.items[Number(part)] : pair?.value;
      key = pair?.key ?? null;
      if (next === undefined || next === null) return { node: key ?? node, key, found: false, inFlow };
      node = next;
    }
    return { node, key, found: true, inFlow };
  };
  return {
    value: nodes.valueOf(contents),
    position: (path) => at(offsetOf(walk(path).node)),
    keyPosition: (path) => {
      const { node, key } = walk(path);
      return at(offsetOf(key ?? node));
    },
    scalar: (path) => {
      const { node, found, inFlow } = walk(path);
      const target = nodes.resolved(node);
      if (!found || !isScalar(target) || !target.range) return undefined;
      const block = target.type === 'BLOCK_LITERAL' || target.type === 'BLOCK_FOLDED';
      return { range: [target.range[0], target.range[1]], block, inFlow };
    },
  };
}

/** The part of a plain value at this path; undefined if there is none. */
export function valueAt(value: unknown, path: readonly PathPart[]): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, part)
        ? Reflect.get(inner, part)
        : undefined,
    value,
  );
}
