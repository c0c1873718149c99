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
  parseDocument,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { printable } from '../values/names.ts';
import type { Diagnostic, Position } from './diagnostic.ts';

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

// Anchors may repeat a few values; a file that repeats more than this expands beyond reason.
const MOST_REPEATED_NODES = 1_000_000;
const DEEPEST = 200;
const TOO_DEEP = `expected at most ${DEEPEST} levels of nesting`;

/**
 * Reads one YAML document. Every mistake is a diagnostic: what does not parse, duplicate keys, an anchor that
 * contains itself, anchors that expand beyond reason ("billion laughs"), nesting beyond reason.
 */
export function readYaml(text: string): {
  readonly tree: YamlTree | null;
  readonly diagnostics: readonly Diagnostic[];
} {
  const at = positionsIn(text);
  const document = parsedDocument(text);
  if (document === null) return { tree: null, diagnostics: [{ line: 1, column: 1, message: TOO_DEEP }] };
  // The mistakes after the first one mostly follow from it.
  const [problem] = [...document.errors, ...document.warnings].sort(
    (left, right) => Number(isTooDeep(right)) - Number(isTooDeep(left)) || left.pos[0] - right.pos[0],
  );
  if (problem !== undefined) {
    return { tree: null, diagnostics: [{ ...at(problem.pos[0]), message: yamlMessage(problem) }] };
  }
  if (document.directives.yaml.explicit === true && document.directives.yaml.version !== '1.2') {
    return {
      tree: null,
      diagnostics: [{ line: 1, column: 1, message: 'expected YAML 1.2, or no directive' }],
    };
  }
  try {
    const targets = new Map<Alias, Node>();
    const converter = new Converter(targets);
    const value = converter.convert(document.contents, 0);
    const twice = converter.duplicates.map((key) => ({
      ...at(key.range?.[0] ?? 0),
      message: 'this key stands here a second time; expected each key once',
    }));
    if (twice.length > 0) return { tree: null, diagnostics: twice };
    return { tree: treeOf(document, targets, value, at), diagnostics: [] };
  } catch (failure) {
    if (!(failure instanceof BeyondReason)) throw failure;
    return { tree: null, diagnostics: [{ ...at(failure.offset), message: failure.message }] };
  }
}

// The library's own counter loses count within what it could not parse.
function positionsIn(text: string): (offset: number) => Position {
  // A byte order mark takes no column.
  const starts = [text.startsWith('\u{feff}') ? 1 : 0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: Math.max(offset - (starts[low] ?? 0), 0) + 1 };
  };
}

// The parser recurses, and says so when a text of nothing but brackets has exhausted its stack.
function isTooDeep(problem: YAMLError): boolean {
  return /call stack/i.test(problem.message);
}

function yamlMessage(problem: YAMLError): string {
  if (isTooDeep(problem)) return TOO_DEEP;
  switch (problem.code) {
    case 'NON_STRING_KEY':
      return 'expected text as a key';
    case 'MULTIPLE_DOCS':
      return 'expected one document in the file; a second one begins here';
    default: {
      const [first = ''] = problem.message.split('\n');
      return printable(
        `this is not YAML that can be read: ${first.charAt(0).toLowerCase()}${first.slice(1)}`,
        300,
      );
    }
  }
}

function parsedDocument(text: string): Document.Parsed | null {
  try {
    return parseDocument(text, {
      merge: true,
      stringKeys: true,
      prettyErrors: false,
      // The library compares each key with all others; the converter has a set.
      uniqueKeys: false,
      logLevel: 'error',
    });
  } catch (problem) {
    if (problem instanceof RangeError) return null;
    throw problem;
  }
}

class BeyondReason extends Error {
  readonly offset: number;

  constructor(node: Node | null, message: string) {
    super(message);
    this.offset = node?.range?.[0] ?? 0;
  }
}

class Converter {
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

function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === 'PLAIN';
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

/**
 * Plain objects cannot tell the key `__proto__` from their own prototype, and schemas leave it out. Such a key
 * is written with a NUL in front while it is one; `decodeKey` takes it off again.
 */
export function encodeKey(key: string): string {
  return key === '__proto__' || key.startsWith('\0') ? `\0${key}` : key;
}

/** The key as the user wrote it. */
export function decodeKey(key: string): string {
  return key.startsWith('\0') ? key.slice(1) : key;
}

function treeOf(
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
