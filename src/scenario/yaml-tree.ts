import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
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
  /** The range of the value at this path in the text, from its first to behind its last character. */
  range(path: readonly PathPart[]): readonly [number, number] | undefined;
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
  const lines = new LineCounter();
  const document = parsedDocument(text, lines);
  if (document === null) {
    return { tree: null, diagnostics: [{ line: 1, column: 1, message: TOO_DEEP }] };
  }
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = [...document.errors, ...document.warnings].map((problem) => ({
    ...at(problem.pos[0]),
    message: yamlMessage(problem.code, problem.message),
  }));
  const tooDeep = problems.filter(({ message }) => message === TOO_DEEP);
  if (problems.length > 0) return { tree: null, diagnostics: tooDeep.length > 0 ? tooDeep : problems };
  try {
    const targets = new Map<Alias, Node>();
    const value = new Converter(targets).convert(document.contents, 0);
    return { tree: treeOf(document, targets, value, at), diagnostics: [] };
  } catch (problem) {
    if (!(problem instanceof BeyondReason)) throw problem;
    return { tree: null, diagnostics: [{ ...at(problem.offset), message: problem.message }] };
  }
}

function yamlMessage(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'this key stands here a second time; expected each key once';
  // The parser recurses, and says so when a text of nothing but brackets has exhausted its stack.
  if (/call stack/i.test(message)) return TOO_DEEP;
  const [first = ''] = message.split('\n');
  return `this is not YAML that can be read: ${first.charAt(0).toLowerCase()}${first.slice(1)}`;
}

function parsedDocument(text: string, lineCounter: LineCounter): Document.Parsed | null {
  try {
    return parseDocument(text, {
      lineCounter,
      merge: true,
      stringKeys: true,
      prettyErrors: false,
      logLevel: 'silent',
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
  const walk = (path: readonly PathPart[]) => {
    let node: unknown = document.contents;
    let key: unknown = null;
    for (const part of path) {
      const target = resolved(node);
      const pair = isMap(target) ? findPair(resolved, target, decodeKey(String(part))) : undefined;
      const next = isSeq(target) ? target.items[Number(part)] : pair?.value;
      if (next === undefined || next === null)
        return { node: pair?.key ?? node, key: pair?.key ?? null, found: false };
      key = pair?.key ?? null;
      node = next;
    }
    return { node, key, found: true };
  };
  const offsetOf = (node: unknown) => (node as Node | null)?.range?.[0] ?? 0;
  return {
    value,
    position: (path) => at(offsetOf(walk(path).node)),
    keyPosition: (path) => {
      const { node, key } = walk(path);
      return at(offsetOf(key ?? node));
    },
    range: (path) => {
      const { node, found } = walk(path);
      const range = (node as Node | null)?.range;
      return found && range !== undefined && range !== null ? [range[0], range[1]] : undefined;
    },
  };
}

function findPair(resolved: (node: unknown) => unknown, map: YAMLMap, key: string): Pair | undefined {
  const own = map.items.find((pair) => !isMergeKey(pair) && keyOf(pair) === key);
  if (own !== undefined) return own;
  for (const merge of map.items.filter(isMergeKey)) {
    for (const source of isSeq(merge.value) ? merge.value.items : [merge.value]) {
      const target = resolved(source);
      const pair = isMap(target) ? findPair(resolved, target, key) : undefined;
      if (pair !== undefined) return pair;
    }
  }
  return undefined;
}
