import fc from 'fast-check';

/** Texts that users choose and that simple code stumbles over. */
export const ODD_TEXTS = [
  '__proto__',
  'constructor',
  'toString',
  '',
  ' ',
  '🐈',
  '\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}',
  'e\u0301',
  '\ud800',
  '\ud801',
  '\uffff',
  'two\nlines',
  '\r\n',
  '\u0000',
  '\u202egnp.exe',
  '../../etc/passwd',
  '/',
  ':',
  'a:b',
  'v0',
  'v007',
  'v99999999999999999999',
  'latest',
  '$1 $& $`',
  '{version}',
  '<script>alert(1)</script>',
  '%2e%2e%2f',
  'x'.repeat(300),
] as const;

/** Any text at all, the odd ones often, and now and then a very long one. */
export const userText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...ODD_TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme-composite', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }).map(drawnOut) },
);

/** One of a few plain texts nearly always, so that they meet again; now and then any text. */
export function mostly(...plain: readonly [string, ...string[]]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...plain) },
    { weight: 1, arbitrary: fc.constant('__proto__') },
    { weight: 2, arbitrary: userText },
  );
}

function drawnOut(text: string): string {
  return text.repeat(10_000).slice(0, 10_000);
}
