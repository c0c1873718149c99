import fc from 'fast-check';

/** What somebody does in a session: a line, or so many steps back or forth, as far as there are any. */
export type Doing =
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'undo' | 'redo'; readonly steps: number };

const name = fc.constantFrom('a', 'b', '"r/b"', '"a b"');
const index = fc.nat(2);
const files = fc
  .dictionary(
    fc.constantFrom('x', 'y', 'z/1', '__proto__', '<<', 'no', '#1'),
    fc.constantFrom('1MB', '3KB of q'),
    {
      maxKeys: 3,
    },
  )
  .map(
    (all) =>
      `{ ${Object.entries(all)
        .map(([path, size]) => `"${path}": ${size}`)
        .join(', ')} }`,
  );
const id = fc.constantFrom('one', 'two', '"3"');

/** Lines that can be read, whatever the store says to them; some name what is not there. */
const line: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(name, files).map(([of, given]) => `log: ${of}, files: ${given}`) },
  fc.tuple(name, files, id).map(([of, given, as]) => `begin: ${of}, files: ${given}, id: ${as}`),
  fc.tuple(fc.constantFrom('commit', 'abandon', 'delete'), id).map(([does, as]) => `${does}: ${as}`),
  {
    weight: 3,
    arbitrary: fc.tuple(name, index).map(([of, v]) => `delete: ${colon(of, v)}, deleteAliases: true`),
  },
  fc.tuple(name, index).map(([of, v]) => `delete: ${colon(of, v)}`),
  fc.tuple(name, index).map(([of, v]) => `delete: ${colon(of, v)}, refused: not-found`),
  fc.tuple(name, index).map(([of, v]) => `restore: ${colon(of, v)}`),
  fc
    .tuple(name, index)
    .map(([of, v]) => `alias: ${colon(of, v)}, add: [best, "\\ud800", "a\\u0000b", "true"]`),
  fc.tuple(name, index).map(([of, v]) => `link: ${colon(of, v)}, to: models/prod`),
  fc.constantFrom(
    'wait: 1d',
    'wait: 8d',
    'wait: { until: 2026-02-10 }',
    'describe: a:v0, description: "\\ud800", metadata: { __proto__: [1] }',
    'collect',
    'server: { retention: 1h, env: { "a b": "1" } }',
    'crash: after 1',
    'expect: { stored: 1MB, events: [] }',
    'show: versions, is: "a\\nb"',
    'verify',
    '- { wait: 1h }   # as in a story',
    'log: c, as: nobody',
  ),
);

function colon(of: string, v: number): string {
  return of.startsWith('"') ? `${of.slice(0, -1)}:v${v}"` : `${of}:v${v}`;
}

/** What somebody does in a session, in order. */
export const doings: fc.Arbitrary<readonly Doing[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: line.map((given): Doing => ({ kind: 'line', line: given })) },
    fc
      .tuple(fc.constantFrom('undo', 'redo'), fc.integer({ min: 1, max: 4 }))
      .map(([kind, steps]): Doing => ({ kind, steps })),
  ),
  { maxLength: 25 },
);
