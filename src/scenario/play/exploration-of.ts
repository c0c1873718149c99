import type { Actor, Claim, Exploration, Footprint, Move, Names, State } from '../../explore/exploration.ts';
import { Simulator } from '../../simulator/simulator.ts';
import { collectionIdOf } from '../../store/artifact-collection.ts';
import { artifactReferences, isArtifactReference, type ManifestEntry } from '../../store/manifest.ts';
import type { Store } from '../../store/store.ts';
import type { CollectionId, CollectionName } from '../../values/names.ts';
import { beginningOf, type Folders, type Scenario } from '../language/scenario.ts';
import type { StoryClaim } from '../language/schema-expect.ts';
import { type CommandingStep, type DoingStep, isDoing } from '../language/schema-steps.ts';
import type { VersionOrId } from '../language/schema-values.ts';
import { claimText, compare } from './claims.ts';
import { commandsOf, durationOf } from './commands-of.ts';
import { Performer } from './perform.ts';
import { idUsedBy, targetText } from './step-targets.ts';

/** The exploration of a scenario: the store at the end of its steps, and the actors of its `together` block. */
export function explorationOf(scenario: Scenario, folders: Folders): Exploration {
  const simulator = new Simulator(beginningOf(scenario), { remember: false });
  const performer = new Performer(simulator, folders);
  for (const step of [...scenario.given, ...scenario.steps]) {
    if (isDoing(step)) performer.perform(step);
  }
  const start = simulator.store;
  const actors = scenario.together.map(({ name, steps }) => ({ name, steps: steps.filter(isDoing) }));
  const footprints = new Footprints(
    start,
    performer.names,
    actors.flatMap(({ steps }) => steps),
  );
  return {
    start,
    names: performer.names,
    crashes: scenario.crashes,
    claims: scenario.claims.map((claim) => claimOf(claim, { store: start, names: performer.names })),
    actors: actors.map(
      ({ name, steps }): Actor => ({
        name,
        moves: steps.map((step) => moveOf(step, footprints, folders)),
      }),
    ),
  };
}

function claimOf({ kind, expected }: StoryClaim, start: Pick<State, 'store' | 'names'>): Claim {
  const compared = ({ store, names }: typeof start) =>
    compare(expected, { store, names, events: [], freedBytes: 0 });
  return {
    kind,
    name: `${kind}: ${compared(start).map(claimText).join(', ')}`,
    wrong: (state) =>
      compared(state).flatMap((claim) =>
        claim.holds ? [] : [`expected ${claimText(claim)}; actual: ${claim.actual}`],
      ),
  };
}

function moveOf(step: DoingStep, footprints: Footprints, folders: Folders): Move {
  const text = step.text;
  const touches = footprints.of(step);
  if (step.kind === 'collect') {
    return { kind: 'collect', whole: step.body.collect === 'now', text, touches };
  }
  return {
    kind: 'command',
    text,
    // In a `together` block, a wait only moves the clock: jobs run where an actor says so.
    commands: ({ names, store }) =>
      step.kind === 'wait'
        ? [{ type: 'moveClock', bySeconds: durationOf(step, store) }]
        : commandsOf(step, store, names, folders),
    uses: targetText(step),
    gives: 'id' in step.body ? (step.body.id ?? null) : null,
    refused: step.body.refused ?? null,
    touches,
  };
}

const TRASH = 'what waits for garbage collection';

/** What each step touches, so that only one order of independent steps is explored. */
class Footprints {
  readonly #collectionOfId = new Map<string, CollectionId>();
  readonly #linked: boolean;
  readonly #collectable = new Set<string>([TRASH]);

  constructor(start: Store, names: Names, steps: readonly DoingStep[]) {
    for (const [id, versionId] of names.entries()) {
      const version = start.versions.get(versionId);
      if (version !== undefined) this.#collectionOfId.set(id, version.collectionId);
    }
    for (const step of steps) {
      const made = nameMadeBy(step);
      if (made === null || !('id' in step.body) || step.body.id === undefined) continue;
      this.#collectionOfId.set(step.body.id, collectionIdOf(made));
    }
    // Links, renamed artifact collections, references to other artifacts, objects shared within an entity, and bucket
    // faults connect all artifact collections: then no steps are independent.
    this.#linked =
      start.links.size > 0 ||
      start.names.size > 0 ||
      [...start.versions.unorderedRows()].some(({ manifest }) => artifactReferences(manifest).size > 0) ||
      steps.some(refersToArtifacts) ||
      start.bucketFaults.length > 0 ||
      start.settings.sharing === 'entity' ||
      [...start.versions.unorderedRows()].some(({ scope, collectionId }) => `${scope}` !== collectionId) ||
      steps.some(({ kind }) => kind === 'link' || kind === 'server' || kind === 'rename collection');
    for (const version of start.versions.unorderedRows()) {
      if (version.state.kind === 'PENDING_DELETION') this.#collectable.add(version.collectionId);
    }
    for (const step of steps) {
      const touched = this.#touchedBy(step);
      if (touched === 'everything' || !touched.has(TRASH)) continue;
      for (const key of touched) this.#collectable.add(key);
    }
  }

  of(step: DoingStep): Footprint {
    if (this.#linked) return 'everything';
    return step.kind === 'collect' ? this.#collectable : this.#touchedBy(step);
  }

  #touchedBy(step: DoingStep): Footprint {
    switch (step.kind) {
      case 'log':
      case 'begin':
      case 'draft': {
        const made = nameMadeBy(step);
        // A client id moves between artifact collections.
        const isNamed = 'client ids' in step.body && step.body['client ids'] !== undefined;
        return made === null || step.body.run !== undefined || isNamed ? 'everything' : keys(made);
      }
      case 'upload':
        return step.body.run === undefined ? this.#ofId(step, []) : 'everything';
      case 'commit':
        return this.#ofId(step, []);
      case 'abandon':
        return this.#ofId(step, [TRASH]);
      case 'alias':
        return this.#ofTarget(step, step.body.alias, []);
      case 'ttl':
        return this.#ofTarget(step, step.body.ttl, []);
      case 'restore':
        return this.#ofTarget(step, step.body.restore, [TRASH]);
      case 'delete':
        return this.#ofTarget(step, step.body.delete, [TRASH]);
      case 'delete collection':
        return keys(step.body['delete collection'], TRASH);
      case 'delete all':
        return keys(step.body['delete all'], TRASH);
      default:
        return 'everything';
    }
  }

  #ofTarget(step: CommandingStep, target: VersionOrId, others: readonly string[]): Footprint {
    return target.by === 'name' ? keys(target.name.collection, ...others) : this.#ofId(step, others);
  }

  #ofId(step: CommandingStep, others: readonly string[]): Footprint {
    const collectionId = this.#collectionOfId.get(idUsedBy(step) ?? '');
    return collectionId === undefined ? 'everything' : new Set([collectionId, ...others]);
  }
}

function refersToArtifacts({ body }: DoingStep): boolean {
  const files: Iterable<string | ManifestEntry> =
    'files' in body && body.files !== undefined && !('from' in body.files)
      ? body.files
      : 'add' in body && body.add !== undefined
        ? body.add
        : [];
  return [...files].some((entry) => typeof entry === 'object' && isArtifactReference(entry));
}

function nameMadeBy(step: DoingStep): CollectionName | null {
  switch (step.kind) {
    case 'log':
      return step.body.log;
    case 'begin':
      return step.body.begin;
    case 'draft':
      return step.body.draft.by === 'name' ? step.body.draft.name.collection : null;
    default:
      return null;
  }
}

function keys(name: CollectionName, ...others: readonly string[]): Footprint {
  return new Set([collectionIdOf(name), ...others]);
}
