import { decodeKey } from './yaml-keys.ts';

// Letters and figures that YAML 1.2 takes for text wherever they stand, within braces too.
const WORDS = /^(?:[A-Za-z_]|\.\/)(?:[\w./:+-]*[\w/+-])?(?: [\w./+-]+)*$/;
const QUANTITY = /^\d+(?:\.\d+)? ?(?:[KMGTP]i?B|B|[smhdw])(?: of [\w./+-]+(?: [\w./+-]+)*)?$/;
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
// What an editor or a terminal would not show, or would break a line at.
const INVISIBLE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;
const LONGEST_KEY = 200;

/** A text as YAML writes it on one line: bare where it can be taken for nothing else, in double quotes otherwise. */
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

/** A value as YAML on one line: `{ cat.jpg: 2MB, dog.jpg: 1MB }`, `[best, prod]`. Its keys are as they were read. */
export function flowText(value: unknown): string {
  if (typeof value === 'string') return textInYaml(value);
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (!isMapping(value)) return String(value);
  const pairs = Object.entries(value).map(([key, inner]) => `${keyText(key)}: ${flowText(inner)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/**
 * A mapping as lines of YAML, a key a line, each value behind its key where it fits within so many columns and below
 * it otherwise. A text of several lines stands as it is.
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

/** The same as an item of a list, behind its dash. */
export function itemLines(item: unknown, columns: number): readonly string[] {
  if (!isMapping(item) || Object.keys(item).length === 0 || !keysAreShort(item))
    return [`- ${flowText(item)}`];
  const lines = blockLines(item, columns - 2);
  return lines.map((line, at) => (at === 0 ? `- ${line}` : indentedLine(line)));
}

// A key that stands on a line of its own may have 1,024 characters at most; between braces it may have any number.
function keysAreShort(value: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(value).every((key) => keyText(key).length <= LONGEST_KEY);
}

function keyText(key: string): string {
  const text = textInYaml(decodeKey(key));
  return text.includes(':') && !text.startsWith('"') ? `"${text}"` : text;
}

// The header of the block says what stands at its end; what a block cannot hold as it is, quotes must.
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

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
