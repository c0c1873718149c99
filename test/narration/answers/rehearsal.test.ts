import { describe, expect, test } from 'vitest';
import { rehearsalOf } from '../../../src/insight/rehearsal/rehearsal.ts';
import { describeRehearsal } from '../../../src/narration/answers/rehearsal.ts';
import { PLAIN } from '../../../src/narration/layout/paint.ts';
import { renderBlocks } from '../../../src/narration/layout/render.ts';
import { actionLine } from '../../../src/scenario/language/step-of.ts';
import { file, link, log, remove, removeWithAliases } from '../../support/stores/builders.ts';
import { given } from '../../support/stores/given.ts';
import { scriptOf } from '../../support/stores/script.ts';

function textOf(script: Parameters<typeof rehearsalOf>[0], most?: number): string {
  return renderBlocks(describeRehearsal(rehearsalOf(script), actionLine, most), { width: 80, paint: PLAIN });
}

describe('the report on a rehearsal', () => {
  const { store } = given(
    log('animals', { cat: '2MB', dog: '1MB' }, { aliases: ['best'] }),
    log('animals', { cat: '2MB', dog: '1MB', rat: '3MB' }),
  );

  test('says what the script did, what was refused, what follows and which mistakes it made', () => {
    const text = textOf(scriptOf(store, [remove('animals:v1'), removeWithAliases('animals:v0')]));
    for (const said of [
      'The command ended with exit status 0. What it did:\n  versions deleted (1): animals:v0',
      'refused: has-aliases (DEL-2)',
      'The script did not notice.',
      '3MB in 2 objects would stay: other versions hold them (GC-3)',
      '✗ It swallowed 1 refusal: its exit status is 0 and its output does not mention',
      '✗ It deleted versions that had aliases other than latest.\n  animals:v0  best',
    ]) {
      expect(text).toContain(said);
    }
  });

  test('says so if nothing was done and nothing found', () => {
    expect(textOf(scriptOf(store, []))).toMatchInlineSnapshot(`
      "The command ended with exit status 0. What it did:
        nothing that changes the store

      No well-known mistake was found."
    `);
  });

  test('fits into 80 columns and stays printable, whatever the names', () => {
    const hostile = `__proto__ \u001b[31m<img onerror=x> ${'long '.repeat(30)}`;
    const long = 'x'.repeat(128);
    const { store: named } = given(
      log(long, [file(hostile, '2MB')], { aliases: [hostile] }),
      link(`${long}:v0`, `models/${long}`),
    );
    const text = textOf(scriptOf(named, [removeWithAliases(`${long}:v0`)]));
    expect(text.split('\n').filter((row) => row.length > 80)).toEqual([]);
    expect(text).not.toContain('\u001b');
  });
});
