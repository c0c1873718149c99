import type { Command } from '../../../src/decider/command.ts';
import { collectionById, versionById } from '../../../src/store/look-up.ts';
import { manifestOf } from '../../../src/store/manifest.ts';
import { runIdOf } from '../../../src/store/run.ts';
import type { Store } from '../../../src/store/store.ts';
import { aliasesOf } from '../../../src/store/version.ts';
import type { VersionName } from '../../../src/values/names.ts';
import type { Seconds } from '../../../src/values/units.ts';
import type { Action, Step, Stray } from './history.ts';
import type { Call, Made } from './play-history.ts';
import { collectionOf, fileOf, inState, modelOf, pickOf, runOf, versionOf } from './resolve-pick.ts';

/** What a step comes to on the store as it is now; nothing, where there is nothing that it could be about. */
export function callsOf(step: Step, store: Store, made: Made): readonly Call[] {
  switch (step.kind) {
    case 'wait':
      if (step.withJobs) return [{ kind: 'wait', duration: step.duration }];
      return moveClock(step.duration);
    case 'collect':
      return [
        ...(step.whenDue ? moveClock(store.settings.retentionSeconds) : []),
        ...step.crashes.flatMap((afterSteps) => [
          ...commands({ type: 'planCrash', afterSteps }),
          { kind: 'collect' } as const,
        ]),
        ...(step.crashes.length === 0 ? [{ kind: 'collect' } as const] : []),
        ...(step.meanwhile === null ? [] : callsOf(step.meanwhile, store, made)),
      ];
    default: {
      const { by, ...action } = step;
      const command = commandOf(action, store, made);
      const asked = command === undefined || by === null ? command : { by, ...command };
      return [...commands(asked), ...commands(asked && afterwards(action, asked))];
    }
  }
}

function afterwards(action: Action, linking: Command): Command | undefined {
  if (action.kind !== 'link' || linking.type !== 'linkVersion' || action.protect.length === 0)
    return undefined;
  const version: VersionName = { collection: linking.to, selector: { kind: 'alias', alias: 'latest' } };
  const { by = null } = linking;
  return { type: 'editAliases', version, add: [], remove: [], protect: action.protect, by };
}

function moveClock(bySeconds: Seconds): readonly Call[] {
  return bySeconds === 0 ? [] : commands({ type: 'moveClock', bySeconds });
}

function commands(command: Command | undefined): readonly Call[] {
  return command === undefined ? [] : [{ kind: 'command', command }];
}

function commandOf(
  step: Exclude<Action, { readonly kind: 'wait' | 'collect' }>,
  store: Store,
  made: Made,
): Command | undefined {
  switch (step.kind) {
    case 'log': {
      const model = step.again === null ? undefined : modelOf(step.again, store, made);
      const home = step.again?.home === true ? model?.collectionId : undefined;
      return {
        type: step.committed ? 'logVersion' : 'beginVersion',
        collection: home === undefined ? step.collection : collectionById(store, home).name,
        artifactType: step.artifactType,
        manifest: model === undefined ? manifestOf(step.entries) : model.manifest,
        ...step.details,
      };
    }
    case 'draft': {
      const found = versionOf(step.base, store, made);
      if (found === undefined) return undefined;
      const paths = versionById(store, found.versionId).manifest.entries.map((entry) => entry.path);
      const remove = step.remove.flatMap((at) => pickOf(paths, at) ?? []);
      const strange = step.removeStrange === null ? [] : [step.removeStrange];
      return {
        type: 'logDraft',
        base: found.name,
        add: step.add,
        remove: [...remove, ...strange],
        ...step.details,
      };
    }
    case 'end upload': {
      const pending = inState(store, made, 'PENDING');
      const versionId = pickOf(pending.length > 0 ? pending : made.versionIds, step.at);
      return versionId === undefined ? undefined : { type: step.how, versionId };
    }
    case 'alias': {
      const found = versionOf(step.version, store, made);
      if (found === undefined) return undefined;
      const borne = aliasesOf(versionById(store, found.versionId));
      const remove = [...step.remove, ...step.removeBorne.flatMap((at) => pickOf(borne, at) ?? [])];
      return { type: 'editAliases', version: found.name, add: step.add, remove, protect: step.protect };
    }
    case 'link': {
      const found = versionOf(step.version, store, made);
      if (found === undefined) return undefined;
      return { type: 'linkVersion', version: found.name, to: step.to, aliases: step.aliases };
    }
    case 'unlink': {
      const found = versionOf({ among: 'linked', at: step.at, via: 0 }, store, made);
      return found === undefined ? undefined : { type: 'unlinkVersion', link: found.name };
    }
    case 'use': {
      const found = versionOf(step.version, store, made);
      return found === undefined ? undefined : { type: 'useVersion', version: found.name, run: step.run };
    }
    case 'delete': {
      const found = versionOf(step.version, store, made);
      if (found === undefined) return undefined;
      const { versionId, name } = found;
      const target = step.byId ? ({ by: 'id', versionId } as const) : ({ by: 'name', name } as const);
      return { type: 'deleteVersion', target, deleteAliases: step.deleteAliases };
    }
    case 'delete collection': {
      const collection = collectionOf(step.collection, store, made);
      return collection === undefined ? undefined : { type: 'deleteCollection', collection };
    }
    case 'delete all': {
      const collection = collectionOf(step.collection, store, made);
      if (collection === undefined) return undefined;
      return { type: 'deleteMatching', collection, where: step.where, deleteAliases: step.deleteAliases };
    }
    case 'delete run': {
      const run = runOf(step.run, store, made);
      if (run === undefined) return undefined;
      const owner = store.runs.get(runIdOf(run))?.owner ?? null;
      const by = step.byOwner && owner !== null ? { by: owner } : {};
      return { type: 'deleteRun', run, artifacts: step.artifacts, ...by };
    }
    case 'delete project':
      return { type: 'deleteProject', project: step.project };
    case 'restore':
    case 'recover': {
      const found = versionOf(step.version, store, made);
      if (found === undefined) return undefined;
      return { type: step.kind === 'restore' ? 'restoreVersion' : 'recoverVersion', version: found.name };
    }
    case 'ttl': {
      const found = versionOf(step.version, store, made);
      return found === undefined ? undefined : { type: 'setTtl', version: found.name, ttl: step.ttl };
    }
    case 'team ttl':
      return { type: 'setTeamTtl', ttl: step.ttl, membersMaySetTtl: step.membersMaySetTtl };
    case 'bucket delete':
    case 'bucket undelete': {
      const file = fileOf(step.version, step.file, store, made);
      const type = step.kind === 'bucket delete' ? 'deleteOutOfBand' : 'undeleteOutOfBand';
      return file === undefined ? undefined : { type, file };
    }
    case 'plan bucket faults':
      return { type: 'planBucketFaults', faults: step.faults };
    case 'plan crash':
      return { type: 'planCrash', afterSteps: step.afterSteps };
    case 'change switches':
      return { type: 'changeSettings', changes: step.changes };
    case 'stray':
      return strayCommand(step, store, made);
  }
}

function strayCommand({ what, at }: Stray, store: Store, made: Made): Command | undefined {
  switch (what) {
    case 'releaseHolds':
    case 'closeVersion': {
      const deleted = inState(store, made, 'PENDING_DELETION');
      const versionId = pickOf(deleted.length > 0 ? deleted : made.versionIds, at);
      return versionId === undefined ? undefined : { type: what, versionId };
    }
    case 'sweepObject': {
      const objectId = pickOf(made.objectIds, at);
      return objectId === undefined ? undefined : { type: what, objectId };
    }
    case 'crashGarbageCollection':
      return { type: what, afterSteps: at };
    case 'reviewVersions':
    case 'forgetCrash':
      return { type: what };
  }
}
