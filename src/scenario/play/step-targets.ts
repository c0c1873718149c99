import type { Names } from '../../explore/exploration.ts';
import { indexedName, versionById } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { shortVersionName, type VersionName } from '../../values/names.ts';
import type { Step } from '../language/schema-steps.ts';
import type { VersionOrId } from '../language/schema-values.ts';

/** The version that a step is about, by name or id; null if it is about none. */
export function versionNamedBy(step: Step): VersionOrId | null {
  switch (step.kind) {
    case 'upload':
      return step.body.upload;
    case 'commit':
      return step.body.commit;
    case 'abandon':
      return step.body.abandon;
    case 'delete':
      return step.body.delete;
    case 'draft':
      return step.body.draft;
    case 'use':
      return step.body.use;
    case 'alias':
      return step.body.alias;
    case 'describe':
      return step.body.describe;
    case 'link':
      return step.body.link;
    case 'unlink':
      return step.body.unlink;
    case 'ttl':
      return step.body.ttl;
    case 'restore':
      return step.body.restore;
    case 'recover':
      return step.body.recover;
    case 'bucket delete':
      return step.body['bucket delete'].version;
    case 'bucket undelete':
      return step.body['bucket undelete'].version;
    default:
      return null;
  }
}

/** The id that a step uses for a version, or null. */
export function idUsedBy(step: Step): string | null {
  const target = versionNamedBy(step);
  return target?.by === 'id' ? target.id : null;
}

/** How a step names the version that it is about, for messages; null if it is about none. */
export function targetText(step: Step): string | null {
  const target = versionNamedBy(step);
  return target?.by === 'name' ? shortVersionName(target.name) : (target?.id ?? null);
}

/** The name of a version that a story names or gave an id; null if no version has that id. */
export function nameIn(target: VersionOrId, ids: Names, store: Store): VersionName | null {
  if (target.by === 'name') return target.name;
  const versionId = ids.get(target.id);
  return versionId === undefined ? null : indexedName(store, versionById(store, versionId));
}
