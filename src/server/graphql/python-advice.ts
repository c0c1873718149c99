import type { Action } from '../../simulator/action.ts';
import { existingCollection } from '../../store/look-up.ts';
import type { Who } from '../../store/people.ts';
import type { Store } from '../../store/store.ts';
import type { RequestedTtl } from '../../store/time-to-live.ts';
import {
  type CollectionName,
  fullCollectionName,
  fullRunName,
  fullVersionName,
  type VersionName,
} from '../../values/names.ts';

// A longer line would hide the sentence before it.
const LONGEST = 400;

/**
 * An action as a line of Python with an `api = wandb.Api()`, ready to be pasted. A comment says whose key it needs, unless
 * that is the key of the person who reads it. Null if the public SDK has no call for the action, or the line is too long.
 */
export function pythonLine(action: Action, store: Store, reader: Who): string | null {
  const call = callOf(action, store);
  if (call === null || call.length > LONGEST) return null;
  const by = ('by' in action ? action.by : null) ?? null;
  return by === reader ? call : `${call}  # with the API key of ${by === null ? 'an admin' : quoted(by)}`;
}

function callOf(action: Action, store: Store): string | null {
  switch (action.type) {
    case 'deleteVersion': {
      if (action.target.by === 'id') return null;
      const flag = action.deleteAliases ? 'delete_aliases=True' : '';
      return `${artifact(action.target.name)}.delete(${flag})`;
    }
    case 'editAliases': {
      if (action.protect.length > 0) return null;
      const added = action.add.map((alias) => `artifact.aliases.append(${quoted(alias)})`);
      const removed = action.remove.map((alias) => `artifact.aliases.remove(${quoted(alias)})`);
      return saved(action.version, [...added, ...removed]);
    }
    case 'setTtl': {
      const ttl = ttlOf(action.ttl);
      return ttl === null ? null : saved(action.version, [`artifact.ttl = ${ttl}`]);
    }
    case 'linkVersion': {
      const aliases = action.aliases.map(quoted).join(', ');
      const named = aliases === '' ? '' : `, aliases=[${aliases}]`;
      return `${artifact(action.version)}.link(${quoted(fullCollectionName(action.to))}${named})`;
    }
    case 'unlinkVersion':
      return `${artifact(action.link)}.unlink()`;
    case 'useVersion':
      return `api.run(${quoted(fullRunName(action.run))}).use_artifact(${artifact(action.version)})`;
    case 'deleteRun': {
      const flag = action.artifacts ? 'delete_artifacts=True' : '';
      return `api.run(${quoted(fullRunName(action.run))}).delete(${flag})`;
    }
    case 'deleteCollection': {
      const found = collection(action.collection, store);
      return found && `${found}.delete()`;
    }
    case 'renameCollection': {
      const found = collection(action.collection, store);
      return found && `collection = ${found}; collection.name = ${quoted(action.to)}; collection.save()`;
    }
    case 'changeCollectionType': {
      const found = collection(action.collection, store);
      return (
        found && `collection = ${found}; collection.type = ${quoted(action.artifactType)}; collection.save()`
      );
    }
    default:
      return null;
  }
}

function artifact(name: VersionName): string {
  return `api.artifact(${quoted(fullVersionName(name))})`;
}

function saved(name: VersionName, edits: readonly string[]): string {
  return [`artifact = ${artifact(name)}`, ...edits, 'artifact.save()'].join('; ');
}

// The call needs the type too.
function collection(name: CollectionName, store: Store): string | null {
  const existing = existingCollection(store, name);
  if (existing === undefined) return null;
  return `api.artifact_collection(${quoted(existing.artifactType)}, ${quoted(fullCollectionName(name))})`;
}

function ttlOf(ttl: RequestedTtl): string | null {
  switch (ttl.kind) {
    case 'inherit':
      return 'wandb.ArtifactTTL.INHERIT';
    case 'none':
      return 'None';
    case 'lasting': {
      const isDays = ttl.seconds % 86_400 === 0;
      return `datetime.timedelta(${isDays ? `days=${ttl.seconds / 86_400}` : `seconds=${ttl.seconds}`})`;
    }
    case 'invalid':
      return null;
  }
}

// JSON's escapes are Python's too. The others keep a text from changing the line or the terminal that shows it.
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`,
  );
}
