import type { Store } from '../store/store.ts';
import { beginningOf, type Claim, type Exploration, type State } from './exploration.ts';
import { fingerprint } from './fingerprint.ts';
import { choicesToSearch } from './independence.ts';
import { ALWAYS, collectedToTheEnd, FINALLY, PROPERTIES, type Property, SOMETIMES } from './properties.ts';
import { type Choice, choicesIn, type Transition, take } from './transitions.ts';

/** Limits and options of a search. */
export interface SearchOptions {
  /** The maximum number of states, also for the second search that shortens counterexamples. */
  readonly mostStates?: number;
  /** Called regularly with the number of states so far; false stops the search. */
  readonly goOn?: (states: number) => boolean;
  /** Whether to prune independent moves (default true). */
  readonly prune?: boolean;
}

/** A shortest path to a broken property. */
export interface Counterexample {
  readonly choices: readonly Choice[];
  /** What is wrong in the last state. */
  readonly wrong: readonly string[];
}

/** The result for one property of every store, or one claim of the story. */
export interface Verdict {
  readonly property: Property | Claim;
  /** True if it holds, false if it is broken, null if the search hit its bound before it could tell. */
  readonly holds: boolean | null;
  readonly counterexample: Counterexample | null;
  /** A shortest path to a state that the story asks for; null for all but a `reachable` claim. */
  readonly example: readonly Choice[] | null;
}

/** The result of a search. */
export interface SearchResult {
  /** The number of distinct states found. */
  readonly states: number;
  /** The number of steps between states. */
  readonly transitions: number;
  /** The number of orders of the steps that these states cover. */
  readonly orders: bigint;
  /** The limit that stopped the search, or null if it is complete. */
  readonly bound: 'states' | 'seconds' | null;
  readonly verdicts: readonly Verdict[];
}

// How a state was first reached, and all its successors.
interface Known {
  readonly parent: number;
  readonly choice: Choice | null;
  readonly following: number[];
}

const ASK_EVERY = 256;

/**
 * Explores every order of the actors' steps and every allowed crash of the collector. The search is breadth first, so
 * the first path to a broken property is a shortest one. Equal states are searched once.
 */
export function explore(exploration: Exploration, options: SearchOptions = {}): SearchResult {
  return new Search(exploration, options).run();
}

const AT_EVERY_STATE: readonly Claim['kind'][] = ['always', 'reachable'];
const AT_THE_END: readonly Claim['kind'][] = ['finally'];

class Search {
  readonly #exploration: Exploration;
  readonly #options: SearchOptions;
  readonly #ids = new Map<string, number>();
  readonly #known: Known[] = [];
  readonly #broken = new Map<Property | Claim, Counterexample>();
  readonly #examples = new Map<Property | Claim, readonly Choice[]>();
  readonly #seen = new Set<Property | Claim>();
  readonly #damaged = new Set<number>();
  #transitions = 0;
  #nextQuestion = 0;
  #bound: SearchResult['bound'] = null;
  #pruned = false;

  constructor(exploration: Exploration, options: SearchOptions) {
    this.#exploration = exploration;
    this.#options = options;
  }

  run(): SearchResult {
    this.#search(Number.POSITIVE_INFINITY);
    if (this.#pruned) this.#shorten();
    return {
      states: this.#known.length,
      transitions: this.#transitions,
      orders: ordersFrom(this.#known),
      bound: this.#bound,
      verdicts: [...PROPERTIES, ...this.#exploration.claims].map((property) => this.#verdict(property)),
    };
  }

  #search(mostSteps: number): void {
    const start = beginningOf(this.#exploration);
    const first = this.#learn(fingerprint(start), -1, null);
    this.#judgeBeginning(first, start.store);
    this.#judgeClaims(first, start, AT_EVERY_STATE);
    let layer: [number, State][] = [[first, start]];
    for (let steps = 0; layer.length > 0 && steps < mostSteps; steps += 1) {
      const next: [number, State][] = [];
      for (const [id, state] of layer) {
        this.#expand(id, state, next);
        if (this.#isBounded()) return;
      }
      layer = next;
    }
  }

  // Pruned paths contain irrelevant moves. Searching all orders again, with fewer steps, finds shorter ones.
  #shorten(): void {
    const longest = Math.max(0, ...ALWAYS.map((property) => this.#broken.get(property)?.choices.length ?? 0));
    const again = new Search(this.#exploration, { ...this.#options, prune: false });
    again.#search(longest - 1);
    for (const [property, counterexample] of again.#broken) {
      const { choices } = this.#broken.get(property) ?? counterexample;
      if (counterexample.choices.length < choices.length) this.#broken.set(property, counterexample);
    }
  }

  #expand(id: number, state: State, next: [number, State][]): void {
    const choices = choicesIn(this.#exploration, state);
    if (choices.length === 0) {
      this.#end(id, state);
      return;
    }
    const { prune = true } = this.#options;
    // A claim can tell states apart that only independent moves lie between.
    const seesAll = this.#exploration.claims.some(({ kind }) => kind !== 'finally');
    const searched = prune && !seesAll ? choicesToSearch(this.#exploration, state, choices) : choices;
    this.#pruned ||= searched.length < choices.length;
    for (const choice of searched) this.#follow(id, state, choice, next);
  }

  #follow(id: number, state: State, choice: Choice, next: [number, State][]): void {
    const transition = this.#unless(id, () => take(this.#exploration, state, choice));
    this.#transitions += 1;
    if (transition === null) return;
    const broken = this.#judge(transition, id, choice);
    const print = fingerprint(transition.after);
    const known = this.#ids.get(print);
    if (known === undefined && this.#known.length >= (this.#options.mostStates ?? Number.POSITIVE_INFINITY)) {
      this.#bound = 'states';
      return;
    }
    const following = known ?? this.#learn(print, id, choice);
    this.#known[id]?.following.push(following);
    if (broken || this.#damaged.has(id)) this.#damaged.add(following);
    if (known !== undefined) return;
    this.#judgeClaims(following, transition.after, AT_EVERY_STATE);
    next.push([following, transition.after]);
  }

  // In a store that is already broken, the model may fail an assertion: the path ends there.
  #unless<Result>(id: number, act: () => Result): Result | null {
    try {
      return act();
    } catch (problem) {
      if (this.#damaged.has(id)) return null;
      throw problem;
    }
  }

  #judge(transition: Transition, id: number, choice: Choice): boolean {
    for (const property of SOMETIMES)
      if (property.seen(transition, this.#exploration)) this.#seen.add(property);
    let broken = false;
    for (const property of ALWAYS) {
      const wrong = property.broken(transition, this.#exploration);
      if (wrong.length === 0) continue;
      broken = true;
      if (!this.#broken.has(property)) {
        this.#broken.set(property, { choices: [...this.#wayTo(id), choice], wrong });
      }
    }
    return broken;
  }

  #judgeBeginning(first: number, start: Store): void {
    for (const property of ALWAYS) {
      const wrong = property.brokenInStart?.(start) ?? [];
      if (wrong.length === 0) continue;
      this.#damaged.add(first);
      this.#broken.set(property, { choices: [], wrong });
    }
  }

  // A state is judged when it is first reached, on a shortest path.
  #judgeClaims(id: number, state: State, kinds: readonly Claim['kind'][]): void {
    for (const claim of this.#exploration.claims) {
      if (!kinds.includes(claim.kind) || this.#broken.has(claim) || this.#examples.has(claim)) continue;
      const wrong = this.#unless(id, () => claim.wrong(state));
      if (wrong === null) continue;
      if (claim.kind === 'reachable') {
        if (wrong.length === 0) this.#examples.set(claim, this.#wayTo(id));
      } else if (wrong.length > 0) this.#broken.set(claim, { choices: this.#wayTo(id), wrong });
    }
  }

  #end(id: number, state: State): void {
    this.#judgeClaims(id, state, AT_THE_END);
    const end = this.#unless(id, () => collectedToTheEnd(state.store));
    if (end === null) return;
    for (const property of FINALLY) {
      const wrong = property.broken(end);
      if (wrong.length > 0 && !this.#broken.has(property)) {
        this.#broken.set(property, { choices: this.#wayTo(id), wrong });
      }
    }
  }

  #learn(print: string, parent: number, choice: Choice | null): number {
    const id = this.#known.length;
    this.#known.push({ parent, choice, following: [] });
    this.#ids.set(print, id);
    return id;
  }

  #wayTo(id: number): readonly Choice[] {
    const way: Choice[] = [];
    for (let known = this.#known[id]; known?.choice; known = this.#known[known.parent])
      way.push(known.choice);
    return way.reverse();
  }

  #isBounded(): boolean {
    if (this.#bound === null && this.#transitions >= this.#nextQuestion) {
      this.#nextQuestion = this.#transitions + ASK_EVERY;
      if (this.#options.goOn?.(this.#known.length) === false) this.#bound = 'seconds';
    }
    return this.#bound !== null;
  }

  #verdict(property: Property | Claim): Verdict {
    const counterexample = this.#broken.get(property) ?? null;
    const example = this.#examples.get(property) ?? null;
    const isSought = property.kind === 'sometimes' || property.kind === 'reachable';
    const isDecided = isSought ? this.#seen.has(property) || example !== null : counterexample !== null;
    const holds = isDecided ? isSought : this.#bound !== null ? null : !isSought;
    return { property, holds, counterexample, example };
  }
}

// The number of paths from the first state to an end. Steps are never undone, so the graph has no cycles, and a state
// can be counted once all its successors are.
function ordersFrom(known: readonly Known[]): bigint {
  const counted = new Map<number, bigint>();
  const open = [0];
  for (let id = open.at(-1); id !== undefined; id = open.at(-1)) {
    const following = known[id]?.following ?? [];
    const waiting = following.filter((next) => !counted.has(next));
    if (waiting.length > 0) {
      open.push(...waiting);
      continue;
    }
    open.pop();
    const orders = following.reduce((sum, next) => sum + (counted.get(next) ?? 0n), 0n);
    counted.set(id, following.length === 0 ? 1n : orders);
  }
  return counted.get(0) ?? 0n;
}
