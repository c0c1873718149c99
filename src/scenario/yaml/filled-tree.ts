import { isMapping, mappingOf } from './yaml-keys.ts';
import { type PathPart, valueAt, type YamlTree } from './yaml-tree.ts';

const PLACEHOLDER = '{n}';

/**
 * A value with `{n}` replaced by a number in every text and key; the same value if it has none. Calls `onTwice` with
 * the path of each key that becomes equal to another key of its mapping.
 */
export function filled(
  value: unknown,
  n: number,
  onTwice: (path: readonly PathPart[]) => void = () => {},
  path: readonly PathPart[] = [],
): unknown {
  if (typeof value === 'string') return value.replaceAll(PLACEHOLDER, String(n));
  if (Array.isArray(value)) {
    const items = value.map((item, at) => filled(item, n, onTwice, [...path, at]));
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  if (!isMapping(value)) return value;
  const entries = new Map<string, unknown>();
  let isSame = true;
  for (const [key, inner] of Object.entries(value)) {
    const name = key.replaceAll(PLACEHOLDER, String(n));
    const content = filled(inner, n, onTwice, [...path, key]);
    if (entries.has(name)) onTwice([...path, key]);
    entries.set(name, content);
    isSame &&= name === key && content === inner;
  }
  return isSame ? value : Object.fromEntries(entries);
}

/** The tree with the value at `base` filled. Paths into it have the filled keys; positions are those in the text. */
export function filledTree(tree: YamlTree, base: readonly PathPart[], n: number): YamlTree {
  const raw = valueAt(tree.value, base);
  const written = (path: readonly PathPart[]) => {
    let inner = raw;
    const found = path.slice(base.length).map((part) => {
      const key = Object.keys(mappingOf(inner)).find((one) => filled(one, n) === part) ?? part;
      inner = valueAt(inner, [key]);
      return key;
    });
    return [...path.slice(0, base.length), ...found];
  };
  return {
    get value() {
      return replaced(tree.value, base, filled(raw, n));
    },
    position: (path) => tree.position(written(path)),
    keyPosition: (path) => tree.keyPosition(written(path)),
    scalar: (path) => tree.scalar(written(path)),
  };
}

function replaced(value: unknown, [part, ...rest]: readonly PathPart[], content: unknown): unknown {
  if (part === undefined) return content;
  const inner = replaced(valueAt(value, [part]), rest, content);
  return Array.isArray(value) ? value.with(Number(part), inner) : { ...mappingOf(value), [part]: inner };
}
