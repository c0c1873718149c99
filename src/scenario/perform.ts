import type { Command } from '../decider/command.ts';
import type { StoreEvent } from '../decider/event.ts';
import { refused } from '../lifecycle/decision.ts';
import type { VersionTarget } from '../lifecycle/targeting.ts';
import type { Outcome, Simulator } from '../simulator/simulator.ts';
import { type Manifest, type ManifestEntry, manifestOf } from '../store/manifest.ts';
import type { Actor } from '../store/people.ts';
import type { VersionId } from '../values/names.ts';
import { assert } from '../values/result.ts';
import { wideDeletion } from './deletion-command.ts';
import type { Folders } from './scenario.ts';
import type { Step, StepOf } from './schema-steps.ts';
import { faultsOf, settingsOf } from './settings-of.ts';

/** A step that only looks at the store. */
export type LookingStep = StepOf<'expect' | 'show' | 'verify'>;
/** A step that does something to the store, or tries to. */
export type DoingStep = Exclude<Step, LookingStep>;
type DirectStep = StepOf<'wait' | 'collect' | 'commit' | 'abandon' | 'delete' | 'server'>;

/** Plays the steps of one scenario on one simulator. It knows which version each id of the story means. */
export class Performer {
  readonly #simulator: Simulator;
  readonly #folders: Folders;
  readonly #versionIds = new Map<string, VersionId>();

  constructor(simulator: Simulator, folders: Folders) {
    this.#simulator = simulator;
    this.#folders = folders;
  }

  /** Plays one step, and answers what happened, or why it was refused. */
  perform(step: DoingStep): Outcome {
    const by = step.body.as ?? null;
    switch (step.kind) {
      case 'wait':
        return this.#simulator.wait(step.body.wait);
      case 'collect':
        return this.#simulator.collectGarbage();
      case 'commit':
        return this.#withVersion(step.body.commit, (versionId) => ({ type: 'commitVersion', versionId, by }));
      case 'abandon':
        return this.#withVersion(step.body.abandon, (versionId) => ({
          type: 'abandonVersion',
          versionId,
          by,
        }));
      case 'delete': {
        const { delete: target, deleteAliases = false } = step.body;
        const command = (found: VersionTarget): Command => ({
          type: 'deleteVersion',
          target: found,
          deleteAliases,
          by,
        });
        if (target.by === 'name') return this.#simulator.dispatch(command(target));
        return this.#withVersion(target.id, (versionId) => command({ by: 'id', versionId }));
      }
      case 'server':
        return this.#server(step.body.server, by);
      default:
        return this.#remembering(step, this.#simulator.dispatch(this.#commandOf(step, by)));
    }
  }

  #commandOf(step: Exclude<DoingStep, DirectStep>, by: Actor): Command {
    switch (step.kind) {
      case 'log':
        return this.#logging('logVersion', step.body.log, step.body, by);
      case 'begin':
        return this.#logging('beginVersion', step.body.begin, step.body, by);
      case 'draft': {
        const { draft: base, add = [], remove = [], aliases = [], tags = [] } = step.body;
        const { run = null, ttl = null } = step.body;
        return { type: 'logDraft', base, add, remove, aliases, tags, run, ttl, by };
      }
      case 'use':
        return { type: 'useVersion', version: step.body.use, run: step.body.run, by };
      case 'alias': {
        const { alias: version, add = [], remove = [], protect = [] } = step.body;
        return { type: 'editAliases', version, add, remove, protect, by };
      }
      case 'link': {
        const { link: version, to, aliases = [] } = step.body;
        return { type: 'linkVersion', version, to, aliases, by };
      }
      case 'unlink':
        return { type: 'unlinkVersion', link: step.body.unlink, by };
      case 'restore':
        return { type: 'restoreVersion', version: step.body.restore, by };
      case 'recover':
        return { type: 'recoverVersion', version: step.body.recover, by };
      case 'ttl':
        return { type: 'setTtl', version: step.body.ttl, ttl: step.body.is, by };
      case 'team ttl': {
        const { 'team ttl': ttl, membersMaySetTtl = null } = step.body;
        return { type: 'setTeamTtl', ttl, membersMaySetTtl, by };
      }
      case 'bucket delete':
        return { type: 'deleteBehindTheStore', file: step.body['bucket delete'], by };
      case 'bucket undelete':
        return { type: 'undeleteBehindTheStore', file: step.body['bucket undelete'], by };
      case 'delete collection':
      case 'delete run':
      case 'delete project':
      case 'delete all':
        return wideDeletion(step);
      case 'crash':
        return { type: 'planCrash', afterSteps: step.body.crash };
    }
  }

  #logging(
    type: 'logVersion' | 'beginVersion',
    collection: StepOf<'log'>['body']['log'],
    body: StepOf<'log' | 'begin'>['body'],
    by: Actor,
  ): Command {
    const { type: artifactType = null, aliases = [], tags = [], run = null, ttl = null } = body;
    const manifest = this.#manifest(body.files);
    return { type, collection, artifactType, manifest, aliases, tags, run, ttl, by };
  }

  // Two commands, of which the first may be refused: then the faults are not planned either.
  #server(switches: StepOf<'server'>['body']['server'], by: Actor): Outcome {
    const changed = this.#simulator.dispatch({ type: 'changeSettings', changes: settingsOf(switches), by });
    const faults = faultsOf(switches);
    if (!changed.ok || faults === undefined) return changed;
    const planned = this.#simulator.dispatch({ type: 'planBucketFaults', faults, by });
    return planned.ok ? { ok: true, events: [...changed.events, ...planned.events] } : planned;
  }

  #manifest(files: StepOf<'log'>['body']['files'] = []): Manifest {
    if (!('from' in files)) return manifestOf(files);
    const entries: readonly ManifestEntry[] | undefined = this.#folders.get(files.from);
    assert(entries !== undefined, `the folder ${files.from} was read before the story is played`);
    return manifestOf(entries);
  }

  // The id of a version that was not made, because its step was refused, means nothing.
  #withVersion(id: string, command: (versionId: VersionId) => Command): Outcome {
    const versionId = this.#versionIds.get(id);
    if (versionId === undefined) return refused('versionNotFound', { version: id });
    return this.#simulator.dispatch(command(versionId));
  }

  #remembering(step: Step, outcome: Outcome): Outcome {
    const id = 'id' in step.body ? step.body.id : undefined;
    if (outcome.ok && id !== undefined) {
      for (const event of outcome.events) {
        if (isMaking(event)) this.#versionIds.set(id, event.versionId);
      }
    }
    return outcome;
  }
}

function isMaking(
  event: StoreEvent,
): event is Extract<StoreEvent, { type: 'versionBegun' | 'versionReused' }> {
  return event.type === 'versionBegun' || event.type === 'versionReused';
}
