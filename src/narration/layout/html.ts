import type { Block, Table } from '../block.ts';
import type { Sentence } from '../sentence.ts';

const BEGINNING = `<!doctype html>
<html lang="en">
<head>
<meta name="generator" content="limbo">
`;

/** Whether a file that begins like this was made by `htmlDocument`. */
export function isHtmlDocument(beginning: string): boolean {
  return beginning.startsWith(BEGINNING);
}

/** Renders an answer as a whole HTML document that needs nothing else. Every text is escaped. */
export function htmlDocument(title: string, blocks: readonly Block[]): string {
  return `${BEGINNING}<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${blocks.map(blockHtml).join('\n')}
</body>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
section { margin: 1.5rem 0; }
p { margin: 0.2rem 0; overflow-wrap: anywhere; }
p.item { margin-left: 1.5rem; }
.title { font-weight: 600; }
.bad { color: light-dark(#b00020, #ff8a80); }
.good { color: light-dark(#1b5e20, #81c784); }
.quiet { opacity: 0.7; }
code { font-family: ui-monospace, monospace; }
table { border-collapse: collapse; }
th, td { padding: 0.2rem 0.8rem; border-bottom: 1px solid #8884; text-align: left; }
th.figures, td.figures { text-align: right; font-variant-numeric: tabular-nums; }
`;

function blockHtml({ table, lines }: Block): string {
  const paragraphs = lines.map(({ head, sentence, style }) => {
    const classes = [...(head.startsWith(' ') ? ['item'] : []), ...(style === null ? [] : [style])];
    const attribute = classes.length === 0 ? '' : ` class="${classes.join(' ')}"`;
    return `<p${attribute}>${escaped(head.trimStart())}${sentenceHtml(sentence)}</p>`;
  });
  return `<section>\n${[...(table === null ? [] : [tableHtml(table)]), ...paragraphs].join('\n')}\n</section>`;
}

function tableHtml({ columns, rows }: Table): string {
  const cell = (tag: string, at: number, html: string) =>
    `<${tag}${columns[at]?.figures === true ? ' class="figures"' : ''}>${html}</${tag}>`;
  const head = columns.map(({ heading }, at) => cell('th', at, escaped(heading))).join('');
  const body = rows.map(
    (row) => `<tr>${row.map((one, at) => cell('td', at, sentenceHtml(one))).join('')}</tr>`,
  );
  return `<table>\n<tr>${head}</tr>\n${body.join('\n')}\n</table>`;
}

function sentenceHtml(sentence: Sentence): string {
  return sentence
    .map((part) => (typeof part === 'string' ? escaped(part) : `<code>${escaped(part.text)}</code>`))
    .join('');
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? character);
}
