import { LineCounter, parseDocument, type YAMLError } from 'yaml';
import { printable } from '../../values/names.ts';
import type { Diagnostic, Position } from './diagnostic.ts';
import { offsetOf, TOO_DEEP, UnusableYaml, YamlNodes } from './yaml-nodes.ts';
import { treeOf, type YamlTree } from './yaml-tree.ts';

/**
 * Parses one YAML document. Every mistake is a diagnostic: syntax errors, duplicate keys, an anchor that contains
 * itself, anchors that expand beyond reason ("billion laughs"), nesting beyond reason.
 */
export function readYaml(text: string): {
  readonly tree: YamlTree | null;
  readonly diagnostics: readonly Diagnostic[];
} {
  const at = positionsIn(text);
  const wrong = (message: string, ...offsets: readonly number[]) => ({
    tree: null,
    diagnostics: offsets.map((offset) => ({ ...at(offset), message })),
  });
  try {
    const document = parseDocument(text, {
      merge: true,
      stringKeys: true,
      prettyErrors: false,
      // The library's own check compares each key with all others, which is quadratic.
      uniqueKeys: false,
      logLevel: 'error',
    });
    // Later syntax errors mostly follow from the first one.
    const [problem] = [...document.errors, ...document.warnings].sort(
      (left, right) => Number(isTooDeep(right)) - Number(isTooDeep(left)) || left.pos[0] - right.pos[0],
    );
    if (problem !== undefined) return wrong(yamlMessage(problem, text), problem.pos[0]);
    const { explicit, version } = document.directives.yaml;
    if (explicit === true && version !== '1.2') return wrong('expected YAML 1.2, or no directive', 0);
    const nodes = new YamlNodes(document, text);
    const tree = treeOf(document.contents, nodes, at);
    const twice = nodes.duplicateKeys.map(offsetOf);
    return twice.length > 0
      ? wrong('expected each key once; this mapping already has it', ...twice)
      : { tree, diagnostics: [] };
  } catch (failure) {
    // The parser is recursive, so text full of brackets overflows the stack.
    if (failure instanceof RangeError) return wrong(TOO_DEEP, 0);
    if (failure instanceof UnusableYaml) return wrong(failure.message, failure.offset);
    throw failure;
  }
}

// After a syntax error the parser stops counting lines, so count them here.
function positionsIn(text: string): (offset: number) => Position {
  // A byte order mark takes no column.
  const start = text.startsWith('\u{feff}') ? 1 : 0;
  const counter = new LineCounter();
  counter.addNewLine(start);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) counter.addNewLine(at + 1);
  return (offset) => {
    const { line, col } = counter.linePos(Math.max(offset, start));
    return { line, column: col };
  };
}

function isTooDeep(problem: YAMLError): boolean {
  return /call stack/i.test(problem.message);
}

function yamlMessage(problem: YAMLError, text: string): string {
  if (isTooDeep(problem)) return TOO_DEEP;
  if (text.startsWith('{n}', problem.pos[0])) return 'expected quotes around a text with {n}: "run-{n}"';
  if (problem.code === 'NON_STRING_KEY') return 'expected text as a key';
  if (problem.code === 'MULTIPLE_DOCS') return 'expected one document in the file; a second one begins here';
  const [first = ''] = problem.message.split('\n');
  return printable(`this is not valid YAML: ${first.charAt(0).toLowerCase()}${first.slice(1)}`, 300);
}
