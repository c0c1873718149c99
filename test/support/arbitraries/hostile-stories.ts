import fc from 'fast-check';
import { stringify } from 'yaml';
import { SHIPPED_TEXTS } from './damaged-stories.ts';
import { ODD_TEXTS } from './texts.ts';

/** Texts of which at least one has been somebody's undoing; none of them ends a test by its size. */
const NASTY_TEXTS = [
  ...ODD_TEXTS,
  'hasOwnProperty',
  '\ud800\ud800',
  'a\ud800b',
  '\udc00',
  'a\u0000b',
  '\u001b[31mred\u001b[0m',
  '\u009b31m',
  '\u007f',
  '\u0085',
  '\u2028',
  '\u2066\u2067\u2068\u2069',
  '\u200f\u05d0',
  '\u202d',
  '\u200b',
  '\ufeff',
  '\ufff9',
  '\u{e0041}',
  '👩‍👩‍👧‍👦',
  '🏴‍☠️',
  'Z\u0351\u036b\u0343\u036a\u0302',
  'x'.repeat(10_000),
  '🐈'.repeat(2_000),
  '\u0000'.repeat(1_000),
  '-',
  '--help',
  '- a',
  '# no comment',
  '&a',
  '*a',
  '!!js/function',
  '{{x}}',
  '%s%n',
  'null',
  'true',
  '0x10',
  '1e999',
  '-0',
  '9007199254740993B',
  '99999999999999999999d',
  '1.5s',
  'NaN',
];

/** A text that a user may choose, which nobody would. */
export const nasty: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...NASTY_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
);

/** One of a few plain texts, or a nasty one. */
export const or = (...plain: readonly [string, ...string[]]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...plain) }, { weight: 2, arbitrary: nasty });
const few = <Value>(one: fc.Arbitrary<Value>) => fc.array(one, { maxLength: 3 });

const path = or('x', 'y/z');
const size = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('1MB', '2MB', '0B') },
  { weight: 2, arbitrary: nasty.map((content) => `1MB of ${content}`) },
  { weight: 1, arbitrary: nasty },
  { weight: 1, arbitrary: nasty.map((ref) => ({ ref, size: '1KB' })) },
  { weight: 1, arbitrary: nasty.map((path) => ({ ref: `wandb-artifact://animals:v0/${path}` })) },
);
const files = fc.dictionary(path, size, { maxKeys: 3 });
const name = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('a', 'b', 'r/p') },
  { weight: 1, arbitrary: nasty },
  { weight: 1, arbitrary: nasty.map((project) => `${project}/a`) },
  { weight: 1, arbitrary: nasty.map((entity) => `${entity}/demo/a`) },
);
const selector = or('v0', 'v1', 'latest', 'best');
const version = fc.tuple(name, selector).map(([of, at]) => `${of}:${at}`);
const person = fc.option(or('ann', 'bob'), { nil: undefined, freq: 2 });
const maybe = <Value>(one: fc.Arbitrary<Value>) => fc.option(one, { nil: undefined });

const logging = {
  files: maybe(files),
  type: maybe(or('dataset')),
  aliases: maybe(few(or('best'))),
  tags: maybe(few(nasty)),
  ttl: maybe(or('30d')),
  run: maybe(or('r1')),
  as: person,
};
const id = or('one');
const steps: readonly fc.Arbitrary<object>[] = [
  fc.record({ log: name, ...logging }),
  fc.record({ log: name, ...logging }),
  fc.record({ begin: name, id, ...logging }),
  fc.record({ commit: id }),
  fc.record({ abandon: id }),
  fc.record({ draft: version, add: maybe(files), remove: maybe(few(path)), as: person }),
  fc.record({ use: version, run: or('r1') }),
  fc.record({
    alias: version,
    add: maybe(few(nasty)),
    remove: maybe(few(nasty)),
    protect: maybe(few(nasty)),
  }),
  fc.record({ 'describe collection': name, description: maybe(nasty), tags: maybe(few(nasty)) }),
  fc.record({ 'rename collection': name, to: or('a', 'b', 'c'), as: person }),
  fc.record({ 'collection type': name, is: or('model', 'dataset') }),
  fc.record({ delete: version, deleteAliases: maybe(fc.boolean()), as: person }),
  fc.record({ 'delete collection': name }),
  fc.record({ 'delete run': or('r1'), artifacts: maybe(fc.boolean()) }),
  fc.record({ 'delete project': or('demo', 'r') }),
  fc.record({ 'delete all': name, where: fc.record({ with: or('best') }) }),
  fc.record({ restore: version }),
  fc.record({ recover: version }),
  fc.record({ link: version, to: or('r/p', 'a'), aliases: maybe(few(nasty)) }),
  fc.record({ unlink: version }),
  fc.record({ ttl: version, is: or('1d', 'none', 'inherit') }),
  fc.record({ 'team ttl': or('1d', 'none') }),
  fc.record({ wait: or('1d', '8d') }),
  fc.constant({ collect: 'now' }),
  fc.tuple(version, path).map(([of, at]) => ({ 'bucket delete': `${of}/${at}` })),
  fc.tuple(version, path).map(([of, at]) => ({ 'bucket undelete': `${of}/${at}` })),
  fc.record({ verify: fc.constant('now'), is: maybe(nasty) }),
  fc.record({ show: fc.constantFrom('objects', 'versions', 'holders', 'usage', 'aliases') }),
  fc.record({ server: fc.record({ env: fc.dictionary(nasty, nasty, { maxKeys: 2 }) }) }),
  fc.record({ expect: fc.record({ state: fc.dictionary(version, or('COMMITTED'), { maxKeys: 2 }) }) }),
  fc.record({
    expect: fc.record({
      aliases: fc.dictionary(name, fc.dictionary(nasty, or('v0'), { maxKeys: 2 }), { maxKeys: 2 }),
    }),
  }),
  fc.record({ expect: fc.record({ stored: or('1MB'), 'not found': few(version) }) }),
];
const step = fc.oneof(...steps);
// What the parser makes no mistake of, so that the rest of a story is played.
const plainLog = fc.record({
  log: fc.constantFrom('a', 'b'),
  aliases: few(nasty),
  tags: few(nasty),
  files: fc.dictionary(nasty, fc.constantFrom('1MB', '2MB of x'), { maxKeys: 3 }),
});

const role = fc.constantFrom('admin', 'member', 'viewer');

/** Scenarios in which everything that a user may choose is chosen by somebody who means no good. */
export const hostileStory: fc.Arbitrary<string> = fc
  .record({
    title: or('A story'),
    about: maybe(nasty),
    server: maybe(fc.record({ env: fc.dictionary(nasty, nasty, { maxKeys: 2 }) })),
    team: fc.record({ members: fc.dictionary(or('ann', 'bob'), role, { maxKeys: 3 }) }),
    registries: fc.dictionary(or('r'), fc.dictionary(or('ann', 'bob'), role, { maxKeys: 2 }), { maxKeys: 2 }),
    steps: fc.oneof(
      { weight: 1, arbitrary: fc.array(step, { minLength: 1, maxLength: 5 }) },
      {
        weight: 2,
        arbitrary: fc.array(fc.oneof({ weight: 3, arbitrary: plainLog }, ...steps.slice(18, 25)), {
          minLength: 1,
          maxLength: 5,
        }),
      },
    ),
    together: maybe(
      fc.dictionary(or('bob'), fc.array(fc.oneof(plainLog, step), { minLength: 1, maxLength: 2 }), {
        minKeys: 1,
        maxKeys: 2,
      }),
    ),
  })
  .map(written);

// JSON is YAML, and writes half characters so that a file can hold them; both ways are read.
function written(document: object): string {
  const text = JSON.stringify(document);
  return text.length % 2 === 0
    ? text
    : stringify(JSON.parse(text), { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE' });
}

type Mutation = (lines: readonly string[], at: number, to: number) => readonly string[];

const LINE_MUTATIONS: readonly Mutation[] = [
  (lines, at) => (lines.length > 1 ? lines.toSpliced(at, 1) : lines),
  (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ''),
  (lines, at, to) => lines.with(at, lines[to] ?? '').with(to, lines[at] ?? ''),
  (lines, at, to) =>
    lines.with(at, to > at ? `  ${lines[at] ?? ''}` : (lines[at] ?? '').replace(/^ {2}/, '')),
  // The keys of two lines change places.
  (lines, at, to) =>
    lines.with(at, withKeyOf(lines[at], lines[to])).with(to, withKeyOf(lines[to], lines[at])),
  // The values of two lines do.
  (lines, at, to) => lines.with(at, withKeyOf(lines[to], lines[at])),
];

function withKeyOf(line = '', other = ''): string {
  const [, behind = ''] = /^[^:]*:(.*)$/s.exec(line) ?? [];
  const [key] = /^[^:]*:/.exec(other) ?? [line];
  return `${key}${behind}`;
}

/** A text with lines left out, doubled, moved, or with the keys of others with the same indentation. */
export function mutatedLines(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const place = fc.nat({ max: 500 });
  const mutation = fc.tuple(fc.constantFrom(...LINE_MUTATIONS), place, place, fc.boolean());
  return fc.tuple(text, fc.array(mutation, { minLength: 1, maxLength: 3 })).map(([whole, mutations]) =>
    mutations
      .reduce((lines: readonly string[], [mutate, first, second, anywhere]) => {
        const at = first % lines.length;
        const indent = /^[ -]*/.exec(lines[at] ?? '')?.[0];
        const alike = [...lines.keys()].filter(
          (line) => anywhere || /^[ -]*/.exec(lines[line] ?? '')?.[0] === indent,
        );
        return mutate(lines, at, alike[second % alike.length] ?? at);
      }, whole.split('\n'))
      .join('\n'),
  );
}

/** Bytes of which a few are others. */
export function flippedBytes(text: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array> {
  const flip = fc.tuple(
    fc.nat({ max: 20_000 }),
    fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(0x0a, 0x3a, 0x20, 0x7b, 0x22, 0x30)),
  );
  return fc.tuple(text, fc.array(flip, { minLength: 1, maxLength: 4 })).map(([whole, flips]) => {
    const bytes = new TextEncoder().encode(whole);
    for (const [at, byte] of flips) bytes[at % bytes.length] = byte;
    return bytes;
  });
}

/** A story that comes with the simulator. */
export const shippedStory: fc.Arbitrary<string> = fc.constantFrom(...SHIPPED_TEXTS).map(({ text }) => text);
