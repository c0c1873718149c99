import fc from 'fast-check';
import type { Exploration } from '../../src/explore/exploration.ts';
import { flowText } from '../../src/scenario/yaml/flow-text.ts';
import { COLLECTOR_NAMES } from '../../src/store/settings.ts';
import { explorationIn } from '../narration/answers/searched.ts';

const collection = fc.constantFrom('m', 'm', 'm', 'n', 'n');
const files = fc.constantFrom({ a: '1MB' }, { a: '1MB' }, { b: '2MB' }, { a: '1MB', b: '2MB' });
const version = fc.tuple(collection, fc.constantFrom('v0', 'v0', 'v0', 'v1')).map((parts) => parts.join(':'));

const move = fc.oneof(
  { weight: 2, arbitrary: fc.record({ log: collection, files }) },
  { weight: 3, arbitrary: fc.record({ begin: collection, files }) },
  { weight: 3, arbitrary: fc.record({ delete: version, deleteAliases: fc.constant(true) }) },
  { weight: 3, arbitrary: fc.record({ restore: version }) },
  { weight: 1, arbitrary: fc.record({ alias: version, add: fc.constant(['best']) }) },
  { weight: 1, arbitrary: fc.record({ 'delete collection': collection }) },
  { weight: 1, arbitrary: fc.constantFrom({ wait: '1d' }, 'expire', { crash: 'now' }, { collect: 'step' }) },
);
const moves = (most: number) => fc.array(move, { minLength: 1, maxLength: most });

/** A small story of several actors, and everything that a search of it needs. */
export class SmallStory {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get exploration(): Exploration {
    return explorationIn(this.text);
  }

  [fc.toStringMethod](): string {
    return `\n${this.text}`;
  }
}

/** Small stories: one or two people with a few moves over two artifact collections, and a collector. */
export function smallStories(most: {
  readonly people: number;
  readonly moves: number;
}): fc.Arbitrary<SmallStory> {
  return fc
    .record({
      collector: fc.constantFrom(...COLLECTOR_NAMES),
      retention: fc.constantFrom('0s', '0s', '0s', '0s', '1d'),
      given: fc.array(fc.record({ log: fc.constantFrom('m', 'm', 'n'), files }), {
        minLength: 1,
        maxLength: 3,
      }),
      people: fc.array(moves(most.moves), { minLength: 1, maxLength: most.people }),
      collects: fc.constantFrom(1, 1, 1, 1, 0, 2),
      crashes: fc.nat(1),
    })
    .map(({ collector, retention, given, people, collects, crashes }) => {
      const actors = people.map((steps, at) => [`actor ${at}`, steps.flatMap(endingUpload(at))] as const);
      const together = Object.fromEntries([
        ...actors,
        ...(collects === 0
          ? []
          : [['collector', Array.from({ length: collects }, () => 'collect')] as const]),
      ]);
      // Something is to be collected from the beginning, or hardly any story would come to what can go wrong.
      const first = given[0]?.log ?? 'm';
      const steps = [{ delete: `${first}:v0`, deleteAliases: true }];
      return new SmallStory(`title: A small story
server: { retention: ${retention}, collector: ${collector} }
given: ${flowText(given)}
steps: ${flowText(steps)}
together: ${flowText(together)}
crashes: ${crashes}
`);
    });
}

// Every upload gets an id of its own, and is committed by a move of its own.
function endingUpload(actor: number) {
  return (step: object | string, at: number): readonly (object | string)[] => {
    if (typeof step === 'string' || !('begin' in step)) return [step];
    const id = `up ${actor}.${at}`;
    return [{ ...step, id }, { commit: id }];
  };
}
