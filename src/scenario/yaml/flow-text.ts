import { decodeKey, isMapping } from './yaml-keys.ts';

// Letters and digits that are plain text in YAML 1.2 everywhere, also inside braces.
const WORDS = /^(?:[A-Za-z_]|\.\/)(?:[\w./:+-]*[\w/+-])?(?: [\w./+-]+)*$/;
const QUANTITY = /^\d+(?:\.\d+)? ?(?:[KMGTP]i?B|B|[smhdw])(?: of [\w./+-]+(?: [\w./+-]+)*)?$/;
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
// Characters that an editor or a terminal would hide, or break a line at.
const INVISIBLE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;
const LONGEST_KEY = 200;

/** Text as a YAML scalar on one line: plain if it cannot be mistaken for something else, otherwise in double quotes. */
export function textInYaml(text: string): string {
  const bare = (WORDS.test(text) && !RESERVED.test(text)) || QUANTITY.test(text);
  if (bare && text.length < LONGEST_KEY) return text;
  return JSON.stringify(text).replace(INVISIBLE, (shown) =>
    Array.from({ length: shown.length }, (_, at) => unit(shown.charCodeAt(at))).join(''),
  );
}

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

/** A value as YAML on one line: `{ cat.jpg: 2MB, dog.jpg: 1MB }`, `[best, prod]`. Expects encoded keys. */
export function flowText(value: unknown): string {
  if (typeof value === 'string') return textInYaml(value);
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (!isMapping(value)) return String(value);
  const pairs = Object.entries(value).map(([key, inner]) => `${keyText(key)}: ${flowText(inner)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/**
 * A mapping as YAML with one key per line. A value goes after its key if it fits within the columns, otherwise on the
 * lines below. Text of several lines becomes a block scalar.
 */
export function blockLines(value: Readonly<Record<string, unknown>>, columns: number): readonly string[] {
  return Object.entries(value).flatMap(([key, inner]) => pairLines(keyText(key), inner, columns));
}

function pairLines(key: string, value: unknown, columns: number): readonly string[] {
  const literal = typeof value === 'string' ? literalLines(value) : null;
  if (literal !== null) return [`${key}: ${literal[0]}`, ...indented(literal.slice(1))];
  const line = `${key}: ${flowText(value)}`;
  if (line.length <= columns) return [line];
  if (Array.isArray(value) && value.length > 0) {
    return [`${key}:`, ...indented(value.flatMap((item) => itemLines(item, columns - 2)))];
  }
  if (isMapping(value) && Object.keys(value).length > 0 && keysAreShort(value)) {
    return [`${key}:`, ...indented(blockLines(value, columns - 2))];
  }
  return [line];
}

/** The same as an item of a list, after its dash. */
export function itemLines(item: unknown, columns: number): readonly string[] {
  if (!isMapping(item) || Object.keys(item).length === 0 || !keysAreShort(item))
    return [`- ${flowText(item)}`];
  const lines = blockLines(item, columns - 2);
  return lines.map((line, at) => (at === 0 ? `- ${line}` : indentedLine(line)));
}

// YAML limits a key on its own line to 1,024 characters, but not a key inside braces.
function keysAreShort(value: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(value).every((key) => keyText(key).length <= LONGEST_KEY);
}

function keyText(key: string): string {
  const text = textInYaml(decodeKey(key));
  return text.includes(':') && !text.startsWith('"') ? `"${text}"` : text;
}

// The header of a block scalar tells how it ends; text that a block cannot hold unchanged needs quotes.
function literalLines(text: string): readonly string[] | null {
  if (!/\n[^\n]/.test(text) || /[^\P{Cc}\n]|[\p{Cs}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)) return null;
  const bare = text.replace(/\n$/, '');
  if (/^\s|\n\s*$/.test(bare)) return null;
  return [bare === text ? '|-' : '|', ...bare.split('\n')];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map(indentedLine);
}

function indentedLine(line: string): string {
  return line === '' ? '' : `  ${line}`;
}
