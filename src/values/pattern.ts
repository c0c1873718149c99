import { type Parsed, parsing, Unexpected } from './result.ts';

/** A regular expression that a user wrote. */
export interface Pattern {
  /** Whether it matches a part of a text, of which only the first `LONGEST_MATCHED` characters are read. */
  matches(text: string): boolean;
}

/** How many characters of a text a pattern reads. */
export const LONGEST_MATCHED = 1_000;

const MOST_CHARACTERS = 500;
const MOST_STATES = 500;

/**
 * Parses a regular expression in RE2's syntax, without POSIX classes and without flags other than `(?i)` at its start. No
 * pattern can take long: it has at most 500 characters and 500 states, and each character of a text is compared once with
 * each state, as RE2 does and JavaScript's own regular expressions do not.
 */
export function parsePattern(text: string): Parsed<Pattern> {
  return parsing(() => {
    if (text.length > MOST_CHARACTERS) {
      throw new Unexpected(`a regular expression of at most ${MOST_CHARACTERS} characters`);
    }
    const tree = new PatternParser(text).parse();
    if (statesIn(tree) > MOST_STATES) throw new Unexpected('a regular expression that repeats less');
    const start = statesOf(tree, { kind: 'end' });
    return { matches: (given) => isMatched(start, Array.from(given.slice(0, LONGEST_MATCHED))) };
  });
}

type Tree =
  | { readonly kind: 'character'; readonly accepts: (character: string) => boolean }
  | { readonly kind: 'place'; readonly accepts: (text: readonly string[], at: number) => boolean }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Tree[] }
  | { readonly kind: 'repeat'; readonly part: Tree; readonly least: number; readonly most: number | null };

class PatternParser {
  readonly #text: string;
  readonly #flags: string;
  #at: number;

  constructor(text: string) {
    const ignoresCase = text.startsWith('(?i)');
    this.#text = text;
    this.#flags = ignoresCase ? 'iu' : 'u';
    this.#at = ignoresCase ? 4 : 0;
  }

  parse(): Tree {
    const tree = this.#choice();
    if (this.#at < this.#text.length) throw new Unexpected('a regular expression with balanced parentheses');
    return tree;
  }

  #choice(): Tree {
    const parts = [this.#sequence()];
    while (this.#take(/\|/y)) parts.push(this.#sequence());
    return { kind: 'choice', parts };
  }

  #sequence(): Tree {
    const parts: Tree[] = [];
    while (this.#at < this.#text.length && !/[|)]/.test(this.#text.charAt(this.#at))) {
      parts.push(this.#repeated(this.#atom()));
    }
    return { kind: 'sequence', parts };
  }

  #repeated(part: Tree): Tree {
    const found = this.#take(/(?:([*+?])|\{(\d{1,4})(?:(,)(\d{0,4}))?\})\??/y);
    if (found === null) return part;
    const [, sign, from = '0', comma, to = ''] = found;
    if (sign !== undefined) {
      return { kind: 'repeat', part, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : null };
    }
    const least = Number(from);
    const upTo = to === '' ? null : Number(to);
    const most = comma === undefined ? least : upTo;
    if (most !== null && most < least) throw new Unexpected('a repetition such as {1,2}, lower number first');
    return { kind: 'repeat', part, least, most };
  }

  #atom(): Tree {
    if (this.#take(/\((?!\?)|\(\?(?::|P?<[A-Za-z]\w*>)/y)) {
      const group = this.#choice();
      if (!this.#take(/\)/y)) throw new Unexpected('a regular expression with balanced parentheses');
      return group;
    }
    const place = this.#take(/\^|\$|\\[AzbB]/y)?.[0];
    if (place !== undefined) return { kind: 'place', accepts: placeTest(place) };
    const found = this.#take(
      /\\(?:x[\da-f]{2}|x\{[\da-f]+\}|[pP](?:\{\w+\}|\w)|.)|\[\^?(?:\\.|[^\]\\])+\]|[^\\[(*+?]/isuy,
    );
    if (found === null) {
      const rest = this.#text.slice(this.#at, this.#at + 10);
      throw new Unexpected(`a regular expression in RE2's syntax; it cannot go on with "${rest}"`);
    }
    return { kind: 'character', accepts: this.#characterTest(found[0]) };
  }

  #characterTest(part: string): (character: string) => boolean {
    const isLiteral = !/^(\\[a-z\d]|\[|\.$)/is.test(part);
    const source = isLiteral ? escaped(part.replace(/^\\(?=.)/s, '')) : inUnicodeMode(part);
    try {
      const expression = new RegExp(`^${source}$`, this.#flags);
      return (character) => expression.test(character);
    } catch {
      throw new Unexpected(`a regular expression in RE2's syntax, which has no "${part}"`);
    }
  }

  #take(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text);
    if (found !== null) this.#at = expression.lastIndex;
    return found;
  }
}

function placeTest(sign: string): (text: readonly string[], at: number) => boolean {
  if (sign === '^' || sign === '\\A') return (_, at) => at === 0;
  if (sign === '$' || sign === '\\z') return (text, at) => at === text.length;
  const isWord = (character: string | undefined) => character !== undefined && /\w/.test(character);
  return (text, at) => (isWord(text[at - 1]) !== isWord(text[at])) === (sign === '\\b');
}

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}

// What RE2 allows and JavaScript refuses: \pL, \x{41}, and a backslash before any sign within a class.
function inUnicodeMode(part: string): string {
  return part
    .replace(/\\x\{/g, '\\u{')
    .replace(/\\([pP])(\w)/g, '\\$1{$2}')
    .replace(/\\([^\w\\^$.*+?()[\]{}|/-])/gu, '$1');
}

function statesIn(tree: Tree): number {
  switch (tree.kind) {
    case 'character':
    case 'place':
      return 1;
    case 'sequence':
    case 'choice':
      return tree.parts.reduce((sum, part) => sum + statesIn(part), 1);
    case 'repeat':
      return statesIn(tree.part) * Math.max(1, tree.most ?? tree.least + 1) + 1;
  }
}

type State =
  | { readonly kind: 'end' }
  | (Extract<Tree, { readonly kind: 'character' | 'place' }> & { readonly next: State })
  | { readonly kind: 'fork'; readonly nexts: readonly State[] };

// The states that match a tree and then go on with `next`.
function statesOf(tree: Tree, next: State): State {
  switch (tree.kind) {
    case 'character':
    case 'place':
      return { ...tree, next };
    case 'sequence':
      return tree.parts.reduceRight((after, part) => statesOf(part, after), next);
    case 'choice':
      return { kind: 'fork', nexts: tree.parts.map((part) => statesOf(part, next)) };
    case 'repeat': {
      const { part, least, most } = tree;
      let state = most === null ? loopOf(part, next) : next;
      for (let time = most ?? least; time > 0; time -= 1) {
        const once = statesOf(part, state);
        state = time > least ? { kind: 'fork', nexts: [once, next] } : once;
      }
      return state;
    }
  }
}

function loopOf(part: Tree, next: State): State {
  const nexts: State[] = [next];
  const loop: State = { kind: 'fork', nexts };
  nexts.push(statesOf(part, loop));
  return loop;
}

// All states that are possible after each character, side by side: nothing is tried twice.
function isMatched(start: State, text: readonly string[]): boolean {
  let reached: readonly State[] = [];
  for (let at = 0; at <= text.length; at += 1) {
    const states = closureOf([...reached, start], text, at);
    if (states === 'matched') return true;
    const character = text[at];
    if (character === undefined) return false;
    reached = states.flatMap((state) => {
      return state.kind === 'character' && state.accepts(character) ? [state.next] : [];
    });
  }
  return false;
}

function closureOf(
  from: readonly State[],
  text: readonly string[],
  at: number,
): readonly State[] | 'matched' {
  const seen = new Set<State>(from);
  // A set that grows while it is read is read to its end.
  for (const state of seen) {
    if (state.kind === 'end') return 'matched';
    if (state.kind === 'fork') for (const next of state.nexts) seen.add(next);
    if (state.kind === 'place' && state.accepts(text, at)) seen.add(state.next);
  }
  return [...seen];
}
