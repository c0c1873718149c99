import type { StoreEvent } from '../../decider/event.ts';
import { adviceLines } from '../../narration/answers/advice.ts';
import { EventDescriber } from '../../narration/events/describe-event.ts';
import type { EventDescription } from '../../narration/events/description.ts';
import { type Paint, PLAIN } from '../../narration/layout/paint.ts';
import { sentenceText } from '../../narration/layout/plain-text.ts';
import { columnsOf, hanging } from '../../narration/layout/wrap.ts';
import { counted } from '../../narration/sentence.ts';
import type { Store } from '../../store/store.ts';
import { printable } from '../../values/names.ts';
import { formatSize } from '../../values/units.ts';
import type { Scenario } from '../language/scenario.ts';
import { isDoing } from '../language/schema-steps.ts';
import type { Failure, Frame } from './frame.ts';
import type { Playback } from './play.ts';

const INDENT = '     ';
const MOST_ALIKE = 8;
const MOST_HELD = 40;

/** Narrates a story as it is played, in lines of at most `width` columns. */
export class Narrator {
  readonly #paint: Paint;
  readonly #width: number;
  readonly #describer = new EventDescriber();
  #given = 0;
  #number = 0;

  constructor(paint: Paint = PLAIN, width = 80) {
    this.#paint = paint;
    this.#width = Math.max(40, width);
  }

  /** The title, the rules that the story shows, and its prose. */
  opening(scenario: Scenario): string {
    const rules = scenario.rules.length === 0 ? '' : ` · ${scenario.rules.join(', ')}`;
    const lines = [
      ...this.#wrapped(printable(scenario.title, 500), '').map(this.#paint.title),
      ...this.#wrapped(`${printable(scenario.file, 500)}${rules}`, '').map(this.#paint.quiet),
      ...(scenario.about === null ? [] : ['', ...this.#prose(scenario.about)]),
    ];
    return `${lines.join('\n')}\n\n`;
  }

  /** One step: what was asked, what it caused and by which rule, what it changed, what it failed to be. */
  frame(frame: Frame): string {
    const described = this.#describer.describe(frame.events, frame.after);
    if (frame.given) {
      this.#given += 1;
      return frame.failures.flatMap((failure) => this.#failure(failure).map((line) => `${line}\n`)).join('');
    }
    const setUp = this.#number === 0 ? this.#setUp(frame.before) : '';
    this.#number += 1;
    const lines = [
      ...this.#wrapped(frameText(frame), `${String(this.#number).padStart(3)}  `).map(this.#paint.step),
      ...this.#described(frame.events, described),
      ...this.#refusal(frame),
      ...(isIdle(frame) ? [`${INDENT}nothing changes`] : []),
      ...this.#shown(frame),
      ...this.#held(frame),
      ...this.#figures(frame),
      ...frame.failures.flatMap((failure) => this.#failure(failure)),
    ];
    return `${setUp}${lines.join('\n')}\n`;
  }

  /** The last line: whether the story passed. */
  verdict({ failures }: Playback): string {
    const text = verdictText(failures.length);
    return `\n${failures.length === 0 ? this.#paint.good(text) : this.#paint.bad(text)}\n`;
  }

  // A paragraph ends at an empty line; where its author broke the lines of the file does not matter.
  #prose(about: string): readonly string[] {
    const paragraphs = about.trim().split(/\n\s*\n/);
    return paragraphs.flatMap((paragraph, at) => [
      ...(at === 0 ? [] : ['']),
      ...this.#wrapped(printable(paragraph.replace(/\s+/g, ' '), 10_000), '  '),
    ]);
  }

  #setUp(store: Store): string {
    if (this.#given === 0) return '';
    const figures = figuresOf(store)
      .map(([name, size]) => `${name} ${formatSize(size)}`)
      .join(', ');
    const text = `after ${counted(this.#given, 'setup step')}: ${figures}`;
    return `${this.#wrapped(text, '     ').map(this.#paint.quiet).join('\n')}\n`;
  }

  // Of thousands of similar events, the first few are shown and the rest are counted.
  #described(events: readonly StoreEvent[], described: readonly EventDescription[]): readonly string[] {
    const lines: string[] = [];
    let alike = 0;
    for (const [at, { sentence, rule }] of described.entries()) {
      const type = events[at]?.type;
      alike = type === events[at - 1]?.type ? alike + 1 : 1;
      if (alike <= MOST_ALIKE) lines.push(...this.#withRule(sentenceText(sentence), rule));
      else if (type !== events[at + 1]?.type) {
        lines.push(...this.#withRule(`… and ${alike - MOST_ALIKE} more like it`, rule));
      }
    }
    return lines;
  }

  #withRule(sentence: string, rule: string | null): readonly string[] {
    const lines = this.#wrapped(sentence, INDENT, rule === null ? 0 : rule.length + 2);
    const last = lines.at(-1);
    if (rule === null || last === undefined) return lines;
    const gap = ' '.repeat(Math.max(2, this.#width - columnsOf(last) - rule.length));
    return [...lines.slice(0, -1), `${last}${gap}${this.#paint.quiet(rule)}`];
  }

  #refusal({ refusal, advice, failures }: Frame): readonly string[] {
    if (refusal === null) return [];
    const paint = failures.length === 0 ? this.#paint.good : this.#paint.bad;
    const expected = failures.length === 0 ? ', as expected' : '';
    const lines = this.#withRule(`refused: ${refusal.code}${expected}`, refusal.rule).map(paint);
    const texts = [refusal.sentence, ...adviceLines(advice)];
    return [...lines, ...texts.flatMap((text) => this.#wrapped(text, INDENT))];
  }

  // A table keeps its lines, however long; sentences are broken like any others.
  #shown({ step, shown }: Frame): readonly string[] {
    if (shown === null) return [];
    if (step.kind === 'verify') return this.#wrapped(shown, INDENT);
    return shown.split('\n').map((line) => `${INDENT}${line}`);
  }

  // What came true stands on as few lines as it takes; a claim is not broken over two where it fits on one.
  #held({ held }: Frame): readonly string[] {
    const rows: string[] = [];
    for (const claim of held.slice(0, MOST_HELD)) {
      const last = rows.at(-1);
      const joined = `${last} · ${claim}`;
      if (last !== undefined && columnsOf(joined) + INDENT.length + 2 <= this.#width)
        rows[rows.length - 1] = joined;
      else rows.push(claim);
    }
    const rest = held.length - MOST_HELD;
    const all = rest > 0 ? [...rows, `and ${rest} more`] : rows;
    return all
      .flatMap((row, at) => this.#wrapped(row, `${INDENT}${at === 0 ? '✓ ' : '  '}`))
      .map(this.#paint.good);
  }

  #figures({ before, after }: Frame): readonly string[] {
    const then = new Map<string, number>(figuresOf(before));
    const moved = figuresOf(after).filter(([name, size]) => then.get(name) !== size);
    if (moved.length === 0) return [];
    const text = moved
      .map(([name, size]) => `${name} ${formatSize(then.get(name) ?? 0)} → ${formatSize(size)}`)
      .join(' · ');
    return this.#wrapped(text, INDENT).map(this.#paint.quiet);
  }

  #failure({ line, expected, actual }: Failure): readonly string[] {
    return [
      ...this.#wrapped(`✗ line ${line}: expected ${lines(expected)}`, INDENT),
      ...this.#wrapped(`actual: ${lines(actual)}`, `${INDENT}  `),
    ].map(this.#paint.bad);
  }

  #wrapped(text: string, indent: string, reserved = 0): readonly string[] {
    return hanging(indent, text, this.#width, { reserved });
  }
}

/** `passed`, or how many expectations were not met. */
export function verdictText(failures: number): string {
  if (failures === 0) return '✓ passed';
  return `✗ failed: ${counted(failures, 'expectation')} not met`;
}

/** The step of a frame, and who takes it where several actors do. */
function frameText({ step, actor }: Frame): string {
  return actor === null ? step.text : `${printable(actor, 40)}: ${step.text}`;
}

function isIdle({ step, events, refusal }: Frame): boolean {
  return isDoing(step) && events.length === 0 && refusal === null;
}

function figuresOf(store: Store): readonly (readonly [string, number])[] {
  return [
    ['logical', store.logicalBytes],
    ['stored', store.bucket.storedBytes],
    ['billed', store.bucket.billedBytes],
  ];
}

// A table keeps its lines; what users chose within them is made safe to print.
function lines(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line, 1_000))
    .join('\n');
}
