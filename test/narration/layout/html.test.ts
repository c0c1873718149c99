import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { item, line, paragraph, tableBlock } from '../../../src/narration/block.ts';
import { htmlDocument } from '../../../src/narration/layout/html.ts';

describe('an answer as an HTML document', () => {
  test('has its title, its lines and its tables', () => {
    const html = htmlDocument('Rehearsal', [
      paragraph(line('What it did:', 'title'), item('nothing')),
      tableBlock([{ heading: 'when' }, { heading: 'stored', figures: true }], [['day 7', '3MB']]),
    ]);
    expect(html).toContain('<title>Rehearsal</title>');
    expect(html).toContain('<p class="title">What it did:</p>\n<p class="item">nothing</p>');
    expect(html).toContain('<tr><td>day 7</td><td class="figures">3MB</td></tr>');
  });

  test('never takes a text for markup', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.constantFrom('<img src=x onerror=alert(1)>', '</style><script>', '"\'&'),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const plain = htmlDocument('x', [
          paragraph(line('x'), item('x')),
          tableBlock([{ heading: 'x' }], [['x']]),
        ]);
        const html = htmlDocument(text, [
          paragraph(line(text), item(text)),
          tableBlock([{ heading: text }], [[text]]),
        ]);
        expect(html.match(/[<>]/g)).toEqual(plain.match(/[<>]/g));
      }),
    );
  });
});
