import type { RuleId } from './rules.ts';

/** One way in which a call can be refused: its code, its rule, and its texts, with `{facts}` to be filled in. */
export interface RefusalText {
  /** Short and stable; several situations may share one. */
  readonly code: string;
  readonly rule: RuleId;
  /** What stands in the way. */
  readonly sentence: string;
}

/** Every way in which a call can be refused, by the situation. */
export const REFUSALS = {
  badCollectionName: {
    code: 'bad-name',
    rule: 'LOG-1',
    sentence:
      'Invalid artifact collection name "{name}": use 1 to 128 letters, digits, dots, dashes, and underscores.',
  },
  badOwnerName: {
    code: 'bad-name',
    rule: 'LOG-1',
    sentence:
      'Invalid entity, project, or run name "{name}": use 1 to 128 characters, but no control characters and none of / \\ # ? % :.',
  },
  collectionNameTaken: {
    code: 'name-taken',
    rule: 'COL-1',
    sentence: '{from} cannot be renamed to {to}: another artifact collection has this name.',
  },
  reservedType: {
    code: 'reserved-type',
    rule: 'COL-2',
    sentence:
      '{collection} cannot change its type from "{from}" to "{to}": the service generates artifacts of type "{reserved}" itself.',
  },
  typeMismatch: {
    code: 'type-mismatch',
    rule: 'LOG-4',
    sentence: '{collection} has type "{current}" and cannot hold an artifact of type "{given}".',
  },
  notASequence: {
    code: 'not-a-sequence',
    rule: 'LOG-1',
    sentence: '{collection} is a portfolio: it holds links, not versions of its own.',
  },
  notAPortfolio: {
    code: 'not-a-portfolio',
    rule: 'DEL-8',
    sentence: '{collection} is a sequence: it holds versions of its own, not links.',
  },
  badClientId: {
    code: 'bad-name',
    rule: 'LOG-11',
    sentence: 'Invalid client id "{id}": it is empty, or contains half a surrogate pair.',
  },
  clientIdDigest: {
    code: 'client-id-conflict',
    rule: 'LOG-11',
    sentence:
      'Invalid Client ID digest: "{id}" names {version}, which was begun with the digest {first}, not {given}.',
  },
  clientIdsOfTwo: {
    code: 'client-id-conflict',
    rule: 'LOG-11',
    sentence: 'The client ids name two uploads: "{id}" names {version}, and another one names {other}.',
  },
  pathTaken: {
    code: 'content-conflict',
    rule: 'LOG-5',
    sentence: 'The upload {version} already has other content under the path "{path}".',
  },
  contentConflict: {
    code: 'content-conflict',
    rule: 'LOG-9',
    sentence:
      'Content {digest} of "{path}" is already stored here with a size of {stored}; it cannot also have {given}.',
  },
  badPath: {
    code: 'bad-name',
    rule: 'LOG-9',
    sentence:
      'The path, address, or checksum of "{path}" contains half a surrogate pair, which UTF-8 cannot encode.',
  },
  tooLarge: {
    code: 'too-large',
    rule: 'BKT-7',
    sentence: 'With {given} more, the store could no longer count bytes exactly.',
  },
  tooLate: {
    code: 'too-large',
    rule: 'GC-1',
    sentence: 'The clock cannot advance by {given}: it could no longer count seconds exactly.',
  },
  badAlias: {
    code: 'bad-alias',
    rule: 'ALI-4',
    sentence:
      'Invalid alias "{alias}": an alias is not empty, contains no / or :, and does not look like an index (v0).',
  },
  indexIsNoAlias: {
    code: 'bad-alias',
    rule: 'ALI-3',
    sentence: '"{alias}" is an index, not an alias: it always names the same version and cannot be removed.',
  },
  versionNotFound: {
    code: 'not-found',
    rule: 'DEL-3',
    sentence: 'There is no version {version}.',
  },
  latestAbsent: {
    code: 'not-found',
    rule: 'ALI-6',
    sentence: '{collection} has no alias latest: its version was deleted, or the alias was removed.',
  },
  versionUploading: {
    code: 'not-found',
    rule: 'LOG-5',
    sentence: '{version} is still being uploaded and cannot be found by name.',
  },
  versionDeletedAlready: {
    code: 'not-found',
    rule: 'DEL-3',
    sentence: '{version} is {state} and can no longer be found by name.',
  },
  collectionNotFound: {
    code: 'not-found',
    rule: 'DEL-3',
    sentence: 'There is no artifact collection {collection}.',
  },
  runNotFound: {
    code: 'not-found',
    rule: 'DEL-10',
    sentence: 'There is no run {run}.',
  },
  runDeleted: {
    code: 'run-deleted',
    rule: 'RUN-2',
    sentence: 'The run {run} was deleted, and its id can never be used again.',
  },
  projectNotFound: {
    code: 'not-found',
    rule: 'DEL-11',
    sentence: 'There is no project {project}, or it is empty.',
  },
  notRestorable: {
    code: 'not-restorable',
    rule: 'DEL-15',
    sentence: '{version} is {state} and cannot be restored: garbage collection has released its files.',
  },
  neverCommitted: {
    code: 'not-restorable',
    rule: 'DEL-15',
    sentence: '{version} cannot be restored: its upload was never committed.',
  },
  nameTaken: {
    code: 'not-restorable',
    rule: 'DEL-15',
    sentence: '{version} cannot be restored: {collection} is a portfolio now.',
  },
  objectsMissing: {
    code: 'objects-missing',
    rule: 'BKT-5',
    sentence: '{version} cannot be restored: the bucket does not have {paths}.',
  },
  objectsLost: {
    code: 'objects-missing',
    rule: 'BKT-5',
    sentence: '{version} cannot be recovered: the bucket has no copy of {paths}.',
  },
  copyGone: {
    code: 'objects-missing',
    rule: 'BKT-5',
    sentence: 'The bucket has no copy of {file}.',
  },
  pathNotFound: {
    code: 'not-found',
    rule: 'BKT-6',
    sentence: '{version} has no path "{path}".',
  },
  pathIsReference: {
    code: 'not-found',
    rule: 'GC-5',
    sentence: '"{path}" of {version} is a reference: its content is not in the bucket.',
  },
  pathNotInBase: {
    code: 'not-found',
    rule: 'LOG-10',
    sentence: '{version} has no path "{path}" to remove.',
  },
  badReference: {
    code: 'not-found',
    rule: 'DEL-18',
    sentence: 'The reference "{path}" points to nothing: {missing}',
  },
  stillUploading: {
    code: 'not-restorable',
    rule: 'DEL-15',
    sentence: '{version} is PENDING: it was never deleted.',
  },
  notPending: {
    code: 'not-pending',
    rule: 'LOG-5',
    sentence: '{version} is {state}, not PENDING: its upload has ended.',
  },
  notCommitted: {
    code: 'not-committed',
    rule: 'DEL-4',
    sentence: '{version} is {state}, not COMMITTED, and cannot be deleted.',
  },
  hasAliases: {
    code: 'has-aliases',
    rule: 'DEL-2',
    sentence: '{version} has {aliases}.',
  },
  notALink: {
    code: 'not-a-link',
    rule: 'DEL-6',
    sentence: '{version} is not a link: it is a version of the sequence {collection}.',
  },
  registryTakesLinks: {
    code: 'not-a-sequence',
    rule: 'ACL-4',
    sentence: '{registry} is a registry: {name} can hold only links, not versions of its own.',
  },
  protectingNoLink: {
    code: 'not-a-link',
    rule: 'ALI-7',
    sentence: '{version} is not a link: only aliases of links can be protected.',
  },
  aliasProtected: {
    code: 'forbidden',
    rule: 'ALI-7',
    sentence:
      '{alias} is protected in {collection}: only a registry admin can add, remove, or protect it, and {person} is not one.',
  },
  systemManaged: {
    code: 'system-managed',
    rule: 'DEL-17',
    // Cleanup scripts look for these words of the service.
    sentence: 'You cannot delete system managed artifacts: {deleted} has the type "{type}".',
  },
  referredTo: {
    code: 'referred-to',
    rule: 'DEL-18',
    sentence: 'Nobody can delete {deleted}: {reference} refers to {target}.',
  },
  protectedAlias: {
    code: 'protected-alias',
    rule: 'ALI-7',
    sentence: 'Nobody can delete {deleted}: the alias {alias} of {link} is protected.',
  },
  protectedLink: {
    code: 'forbidden',
    rule: 'ALI-7',
    sentence:
      '{person} cannot delete {deleted}: the alias {alias} of {link} is protected, and only a registry admin may remove the link.',
  },
  protectingOutside: {
    code: 'not-a-registry',
    rule: 'ALI-7',
    sentence: 'Aliases can be protected only in a registry, and {collection} is not in one.',
  },
  badTtl: {
    code: 'bad-ttl',
    rule: 'TTL-1',
    sentence: 'Invalid TTL "{given}": use inherit, none, or a duration of whole seconds longer than 0s.',
  },
  badTeamTtl: {
    code: 'bad-ttl',
    rule: 'TTL-3',
    sentence: 'The default of the team cannot be inherit: there is nothing to inherit from.',
  },
  ttlOfGenerated: {
    code: 'bad-ttl',
    rule: 'DEL-17',
    sentence: 'Artifacts of type "{type}" are generated by the service and cannot have a TTL.',
  },
  ttlOnLink: {
    code: 'is-a-link',
    rule: 'TTL-5',
    sentence: '{link} is a link and cannot have a TTL: set it on its source {source}.',
  },
  teamViewer: {
    code: 'forbidden',
    rule: 'ACL-1',
    sentence: '{person} is a viewer in the team and cannot change anything.',
  },
  noTeamRole: {
    code: 'forbidden',
    rule: 'ACL-1',
    sentence: '{person} is not in the team and cannot change anything in it.',
  },
  notOwnRun: {
    code: 'forbidden',
    rule: 'ACL-2',
    sentence: '{person} can end or delete only their own runs, and {run} belongs to {owner}.',
  },
  onlyTeamAdmin: {
    code: 'forbidden',
    rule: 'ACL-3',
    sentence: '{person} is not an admin of the team and cannot {action}.',
  },
  noRegistryRole: {
    code: 'forbidden',
    rule: 'ACL-4',
    sentence: '{person} has no role in the registry {registry}; a role in the team does not count there.',
  },
  registryViewer: {
    code: 'forbidden',
    rule: 'ACL-4',
    sentence: '{person} is a viewer in the registry {registry} and cannot change anything there.',
  },
  onlyRegistryAdmin: {
    code: 'forbidden',
    rule: 'ACL-4',
    sentence: '{person} is not an admin of the registry {registry} and cannot {action}.',
  },
  gcNotEnabled: {
    code: 'gc-not-enabled',
    rule: 'GC-6',
    sentence: 'Garbage collection is not enabled: {variable} is {has}, and must be "true".',
  },
  versioningOff: {
    code: 'bucket-not-protected',
    rule: 'GC-7',
    sentence: 'Garbage collection does not run: versioning is off for this {provider} bucket.',
  },
  softDeleteOff: {
    code: 'bucket-not-protected',
    rule: 'GC-7',
    sentence: 'Garbage collection does not run: soft delete is off for this Azure container.',
  },
  noVersioning: {
    code: 'bad-setting',
    rule: 'BKT-2',
    sentence: 'The provider {provider} has no versioning: use AWS, GCP, or MinIO.',
  },
  noSoftDelete: {
    code: 'bad-setting',
    rule: 'BKT-4',
    sentence: 'The provider {provider} has no soft delete: use Azure or GCP.',
  },
  softDeleteDaysOnGcp: {
    code: 'bad-setting',
    rule: 'BKT-4',
    sentence:
      'Soft delete on GCP keeps a deleted object for 7 to 90 days, not {days}: change the days, or switch it off.',
  },
  noManagedBucket: {
    code: 'bad-setting',
    rule: 'GC-6',
    sentence:
      "With the deployment {deployment}, the bucket is the operator's own and cannot be managed by the service.",
  },
  badSetting: {
    code: 'bad-setting',
    rule: 'GC-6',
    sentence: '{setting} must be {expected}, not {given}.',
  },
  noSuchSetting: {
    code: 'bad-setting',
    rule: 'GC-6',
    sentence: 'There is no setting "{setting}": the settings are {known}.',
  },
  filesUnreadable: {
    code: 'objects-missing',
    rule: 'BKT-6',
    sentence: '{version} cannot be read: the bucket does not have {paths}.',
  },
  referenceDangles: {
    code: 'not-found',
    rule: 'DEL-18',
    sentence: '{version} cannot be read: "{path}" refers to {target}, which is {state}.',
  },
  otherTypeAsked: {
    code: 'type-mismatch',
    rule: 'LOG-1',
    sentence: '{name} has type "{current}", not "{asked}".',
  },
  noSuchType: {
    code: 'not-found',
    rule: 'LOG-1',
    sentence: 'There is no artifact type "{type}" in the project {project}.',
  },
  kindChanged: {
    code: 'not-found',
    rule: 'DEL-3',
    sentence: '{collection} is now a {current}, not the {fetched} that was fetched.',
  },
  versionUndone: {
    code: 'not-found',
    rule: 'DEL-3',
    sentence: '{version} no longer exists: the call that made it was undone.',
  },
  notInCollection: {
    code: 'not-found',
    rule: 'DEL-3',
    sentence: '{collection} does not contain {version}, nor a link to it.',
  },
  badManifest: {
    code: 'bad-manifest',
    rule: 'LOG-5',
    sentence: 'Cannot read the manifest of {version}: {problem}.',
  },
  neverUploaded: {
    code: 'objects-missing',
    rule: 'LOG-5',
    sentence: '"{path}" of {version} is neither uploaded nor stored.',
  },
} as const satisfies Readonly<Record<string, RefusalText>>;

/** A situation into which only a script can come: what it asks for cannot be said in a story. */
export type ScriptSituation =
  | 'badSetting'
  | 'noSuchSetting'
  | 'filesUnreadable'
  | 'referenceDangles'
  | 'otherTypeAsked'
  | 'noSuchType'
  | 'kindChanged'
  | 'versionUndone'
  | 'notInCollection'
  | 'badManifest'
  | 'neverUploaded';
/** A situation in which a command of a story is refused. */
export type RefusalSituation = Exclude<keyof typeof REFUSALS, ScriptSituation>;
/** The code of a refusal, as stories and scripts assert it. */
export type RefusalCode = (typeof REFUSALS)[keyof typeof REFUSALS]['code'];

/** Every code, once, in alphabetical order. */
export const REFUSAL_CODES: readonly RefusalCode[] = [
  ...new Set(Object.values(REFUSALS).map((refusal) => refusal.code)),
].sort();
