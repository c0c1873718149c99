import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../../src/scenario/language/parse.ts';
import { play } from '../../../src/scenario/play/play.ts';
import { emptyStore } from '../../../src/store/store.ts';
import { parseUnixTime, type UnixTime } from '../../../src/values/dates.ts';
import { seconds } from '../../../src/values/units.ts';
import { mistakesIn, storyIn, storyWith } from '../../support/stores/story.ts';
import { testMistakes } from './mistake-rows.ts';

const BEGINS = 'begins: 2026-01-31T08:00:00Z';
const UTC = 'a date and time in UTC such as 2026-01-31T08:00:00Z, or a date such as 2026-01-31';

function time(text: string): UnixTime {
  const read = parseUnixTime(text);
  if (!read.ok) throw new Error(read.expected);
  return read.value;
}

/** The clock at the end of a story, in seconds since it began. */
function clockAfter(...steps: readonly string[]): number {
  return play(storyIn(storyWith(BEGINS, ...steps))).final.now;
}

describe('the beginning of a story', () => {
  testMistakes([
    ['is not a number', storyWith('begins: 2026', 'collect'), [`2:9: expected ${UTC}`]],
    ['is not a word', storyWith('begins: today', 'collect'), [`2:9: expected ${UTC}`]],
    [
      'is not a local time',
      storyWith('begins: 2026-01-31T08:00:00', 'collect'),
      [`2:9: expected ${UTC}; a time ends in Z, for UTC, and has no other offset`],
    ],
    [
      'is not an impossible date',
      storyWith('begins: 2026-02-29', 'collect'),
      [`2:9: expected ${UTC}; this one does not exist`],
    ],
  ]);

  test('is in the store, and stays there', () => {
    const { final } = play(storyIn(storyWith(BEGINS, 'log: animals', 'wait: 1d')));
    expect(final.begins).toBe(time('2026-01-31T08:00:00Z'));
    expect(play(storyIn(storyWith('begins: 2026-01-31', 'collect'))).final.begins).toBe(time('2026-01-31'));
    expect(play(storyIn(storyWith('rules: []', 'collect'))).final.begins).toBeNull();
  });

  test('is that of the snapshot from which a story starts', () => {
    const from = emptyStore(undefined, undefined, undefined, time('2026-01-31'));
    const parsed = parseScenario('f.yaml', 'title: t\nsteps: [{ wait: { until: 2026-02-02 } }]', from);
    if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message);
    expect(play(parsed.scenario).final).toMatchObject({ begins: from.begins, now: 2 * 86_400 });
    const wrong = parseScenario('f.yaml', `title: t\n${BEGINS}\nsteps: [collect]`, from);
    expect(wrong).toMatchObject({
      diagnostics: [
        {
          line: 2,
          column: 1,
          message:
            'expected no "begins" in a story that starts from a snapshot: the snapshot has its own beginning, or none',
        },
      ],
    });
  });
});

describe('a wait until a date', () => {
  test('is reported once in a repeat, however often it is too late', () => {
    const repeated = 'repeat: 3\nsteps: [{ wait: 1d }, { wait: { until: 2026-01-31 } }]';
    expect(mistakesIn(storyWith(BEGINS, repeated))).toHaveLength(1);
  });

  test('moves the clock to it', () => {
    expect(clockAfter('wait: { until: 2026-02-01 }')).toBe(16 * 3_600);
    expect(clockAfter('wait: 1d', 'wait: { until: "2026-02-01T08:00:01Z" }')).toBe(86_401);
    expect(clockAfter('wait: 1d', 'wait: { until: 2026-02-01T08:00:00Z }')).toBe(86_400);
  });

  test('runs the scheduled jobs on the way', () => {
    const steps = ['log: animals\nttl: 3d', 'wait: { until: 2026-02-10 }'];
    const { final } = play(storyIn(storyWith(BEGINS, ...steps)));
    expect([...final.versions.unorderedRows()].map(({ state }) => state.kind)).toEqual(['PENDING_DELETION']);
  });

  const noBeginning =
    'expected a duration such as 8d; to wait until a date, the story needs "begins: 2026-01-31T08:00:00Z"';
  testMistakes([
    ['needs a beginning', storyWith('rules: []', 'wait: { until: 2026-02-01 }'), [`4:20: ${noBeginning}`]],
    [
      'is not in the past',
      storyWith(BEGINS, 'wait: 1d', 'wait: { until: 2026-02-01 }', 'wait: { until: 2026-01-31 }'),
      [
        '5:20: expected a later date: this step begins on 2026-02-01 08:00',
        '6:20: expected a later date: this step begins on 2026-02-01 08:00',
      ],
    ],
    [
      'is not before the waits of the setup',
      `title: t\n${BEGINS}\ngiven:\n  - wait: { until: 2026-03-01 }\nsteps:\n  - wait: { until: 2026-02-01 }\n`,
      ['6:20: expected a later date: this step begins on 2026-03-01'],
    ],
    [
      'of an actor is not before the story, or before its own waits',
      `${storyWith(BEGINS, 'wait: 1d')}together:\n  a: [{ wait: 5d }, { wait: { until: 2026-02-02 } }]\n  b: [{ wait: { until: 2026-02-02 } }]\n  c: [{ wait: { until: 2026-02-01 } }]\n`,
      [
        '6:38: expected a later date: this step begins on 2026-02-06 08:00',
        '8:24: expected a later date: this step begins on 2026-02-01 08:00',
      ],
    ],
    ['is a date', storyWith(BEGINS, 'wait: { until: tomorrow }'), [`4:20: expected ${UTC}`]],
    ['is named', storyWith(BEGINS, 'wait: {}'), [`4:11: missing "until": expected ${UTC}`]],
    [
      'has no other key',
      storyWith(BEGINS, 'wait: { untl: 2026-02-01 }'),
      ['4:13: unknown key "untl"; did you mean "until"?'],
    ],
  ]);

  test('of an actor is over when another has waited longer', () => {
    const together = 'together:\n  a: [{ wait: 9d }]\n  b: [{ wait: { until: 2026-02-02 } }, { wait: 1s }]\n';
    const { final, failures } = play(storyIn(`${storyWith(BEGINS, 'log: animals')}${together}`));
    expect(failures).toEqual([]);
    expect(final.now).toBe(seconds(9 * 86_400 + 1));
  });
});
