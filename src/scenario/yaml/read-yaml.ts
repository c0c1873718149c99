import { type Alias, type Document, type Node, parseDocument, type YAMLError } from 'yaml';
import { printable } from '../../values/names.ts';
import type { Diagnostic, Position } from './diagnostic.ts';
import { treeOf, type YamlTree } from './yaml-tree.ts';
import { BeyondReason, Converter, TOO_DEEP } from './yaml-values.ts';

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
