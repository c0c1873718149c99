import type { Command } from '../decider/command.ts';
import type { StoreEvent } from '../decider/event.ts';
import { refused } from '../lifecycle/decision.ts';
import type { Filter } from '../lifecycle/selecting.ts';
import type { VersionTarget } from '../lifecycle/targeting.ts';
import type { Outcome, Simulator } from '../simulator/simulator.ts';
import { type Manifest, type ManifestEntry, manifestOf } from '../store/manifest.ts';
import type { VersionId } from '../values/names.ts';
import { assert } from '../values/result.ts';
import type { Folders } from './scenario.ts';
import type { Step, StepOf } from './schema-steps.ts';
import { settingsOf } from './settings-of.ts';

/** A step that does something to the store; `expect` and `show` only look. */
export type DoingStep = Exclude<Step, { readonly kind: 'expect' | 'show' }>;

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
    switch (step.kind) {
      case 'wait':
        return this.#simulator.wait(step.body.wait);
      case 'collect':
        return { ok: true, events: this.#simulator.collectGarbage() };
      case 'commit':
        return this.#withVersion(step.body.commit, (versionId) => ({ type: 'commitVersion', versionId }));
      case 'abandon':
        return this.#withVersion(step.body.abandon, (versionId) => ({ type: 'abandonVersion', versionId }));
      case 'delete': {
        const { delete: target, deleteAliases = false } = step.body;
        const command = (found: VersionTarget): Command => ({
          type: 'deleteVersion',
          target: found,
          deleteAliases,
        });
        if (target.by === 'name') return this.#simulator.dispatch(command(target));
        return this.#withVersion(target.id, (versionId) => command({ by: 'id', versionId }));
      }
      default:
        return this.#remembering(step, this.#simulator.dispatch(this.#commandOf(step)));
    }
  }

  #commandOf(
    step: Exclude<DoingStep, { readonly kind: 'wait' | 'collect' | 'commit' | 'abandon' | 'delete' }>,
  ): Command {
    switch (step.kind) {
      case 'log':
        return this.#logging('logVersion', step.body.log, step.body);
      case 'begin':
        return this.#logging('beginVersion', step.body.begin, step.body);
      case 'draft': {
        const { draft: base, add = [], remove = [], aliases = [], tags = [], run = null } = step.body;
        return { type: 'logDraft', base, add, remove, aliases, tags, run };
      }
      case 'use':
        return { type: 'useVersion', version: step.body.use, run: step.body.run };
      case 'alias': {
        const { alias: version, add = [], remove = [] } = step.body;
        return { type: 'editAliases', version, add, remove };
      }
      case 'link': {
        const { link: version, to, aliases = [] } = step.body;
        return { type: 'linkVersion', version, to, aliases };
      }
      case 'unlink':
        return { type: 'unlinkVersion', link: step.body.unlink };
      case 'delete collection':
        return { type: 'deleteCollection', collection: step.body['delete collection'] };
      case 'restore':
        return { type: 'restoreVersion', version: step.body.restore };
      case 'delete run': {
        const { 'delete run': run, artifacts = false } = step.body;
        return { type: 'deleteRun', run, artifacts };
      }
      case 'delete project':
        return { type: 'deleteProject', project: step.body['delete project'] };
      case 'delete all': {
        const { 'delete all': collection, deleteAliases = false } = step.body;
        return { type: 'deleteMatching', collection, where: filterOf(step.body.where), deleteAliases };
      }
      case 'crash':
        return { type: 'planCrash', afterSteps: step.body.crash };
      case 'server':
        return { type: 'changeSettings', changes: settingsOf(step.body.server) };
    }
  }

  #logging(
    type: 'logVersion' | 'beginVersion',
    collection: StepOf<'log'>['body']['log'],
    body: StepOf<'log' | 'begin'>['body'],
  ): Command {
    const { type: artifactType = null, aliases = [], tags = [], run = null } = body;
    return { type, collection, artifactType, manifest: this.#manifest(body.files), aliases, tags, run };
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

function filterOf(where: StepOf<'delete all'>['body']['where'] = {}): Filter {
  return {
    withoutAliases: where.without !== undefined,
    withAlias: where.with ?? null,
    olderThanSeconds: where['older than'] ?? null,
    keepLast: where['keep last'] ?? null,
  };
}
