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
      'An artifact collection cannot be called "{name}": it takes 1 to 128 letters, digits, dots, dashes and underscores.',
  },
  badOwnerName: {
    code: 'bad-name',
    rule: 'LOG-1',
    sentence:
      'An entity, a project or a run cannot be called "{name}": it takes 1 to 128 characters, without control characters and / \\ # ? % :.',
  },
  typeMismatch: {
    code: 'type-mismatch',
    rule: 'LOG-4',
    sentence: '{collection} is of the type "{stands}", and takes nothing of the type "{given}".',
  },
  notASequence: {
    code: 'not-a-sequence',
    rule: 'LOG-1',
    sentence: '{collection} is a portfolio: it holds links, and no version is born in it.',
  },
  notAPortfolio: {
    code: 'not-a-portfolio',
    rule: 'DEL-8',
    sentence: '{collection} is a sequence: versions are born in it, and nothing can be linked to it.',
  },
  contentConflict: {
    code: 'content-conflict',
    rule: 'LOG-9',
    sentence: 'The content {digest} of "{path}" has {stored} here already, and cannot have {given} as well.',
  },
  badPath: {
    code: 'bad-name',
    rule: 'LOG-9',
    sentence:
      'A path, an address or a checksum cannot contain half a character, as that of "{path}" does: UTF-8 has none.',
  },
  tooLarge: {
    code: 'too-large',
    rule: 'BKT-7',
    sentence: 'With {given} more, the figures of the store would no longer be exact numbers.',
  },
  tooLate: {
    code: 'too-large',
    rule: 'GC-1',
    sentence: 'The clock cannot go on by {given}: its seconds would no longer be an exact number.',
  },
  badAlias: {
    code: 'bad-alias',
    rule: 'ALI-4',
    sentence:
      '"{alias}" cannot be an alias: one is not empty, has neither / nor :, and does not look like v and digits.',
  },
  indexIsNoAlias: {
    code: 'bad-alias',
    rule: 'ALI-3',
    sentence: '"{alias}" is an index, not an alias: it names its version always, and cannot be removed.',
  },
  versionNotFound: {
    code: 'not-found',
    rule: 'DEL-3',
    sentence: 'There is no version {version}.',
  },
  latestAbsent: {
    code: 'not-found',
    rule: 'ALI-6',
    sentence: '{collection} has no latest: the version that bore it was deleted, or it was taken away.',
  },
  versionUploading: {
    code: 'not-found',
    rule: 'LOG-5',
    sentence: '{version} is still being uploaded, and cannot be found by name.',
  },
  versionDeletedAlready: {
    code: 'not-found',
    rule: 'DEL-3',
    sentence: '{version} is {state}, and can no longer be found by name.',
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
  projectNotFound: {
    code: 'not-found',
    rule: 'DEL-11',
    sentence: 'There is nothing in a project {project}.',
  },
  notRestorable: {
    code: 'not-restorable',
    rule: 'DEL-15',
    sentence: '{version} is {state} and cannot be restored: garbage collection has released its files.',
  },
  neverCommitted: {
    code: 'not-restorable',
    rule: 'DEL-15',
    sentence: '{version} cannot be restored: its upload never came to an end.',
  },
  nameTaken: {
    code: 'not-restorable',
    rule: 'DEL-15',
    sentence: '{version} cannot be restored: {collection} is a portfolio now.',
  },
  objectsMissing: {
    code: 'objects-missing',
    rule: 'BKT-5',
    sentence: '{version} cannot be restored: the bucket does not have {paths} as it is.',
  },
  objectsLost: {
    code: 'objects-missing',
    rule: 'BKT-5',
    sentence: '{version} cannot be recovered: the bucket no longer has {paths}, not even as a copy.',
  },
  copyGone: {
    code: 'objects-missing',
    rule: 'BKT-5',
    sentence: 'The bucket has kept no copy of {file}.',
  },
  pathNotFound: {
    code: 'not-found',
    rule: 'BKT-6',
    sentence: '{version} has no path "{path}".',
  },
  pathIsReference: {
    code: 'not-found',
    rule: 'GC-5',
    sentence: '"{path}" of {version} is a reference: the bucket has nothing of it.',
  },
  pathNotInBase: {
    code: 'not-found',
    rule: 'LOG-10',
    sentence: '{version} has no path "{path}" to remove.',
  },
  stillUploading: {
    code: 'not-restorable',
    rule: 'DEL-15',
    sentence: '{version} is PENDING: it was never deleted.',
  },
  notPending: {
    code: 'not-pending',
    rule: 'LOG-5',
    sentence: '{version} is {state}, not PENDING: its upload is over.',
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
    sentence: '{version} is not a link: it was born in {collection}.',
  },
  registryTakesLinks: {
    code: 'not-a-sequence',
    rule: 'ACL-4',
    sentence: '{registry} is a registry: {name} can hold links only, and no version is born in it.',
  },
  protectingNoLink: {
    code: 'not-a-link',
    rule: 'ALI-7',
    sentence: '{version} is not a link: only the aliases of links can be protected.',
  },
  aliasProtected: {
    code: 'forbidden',
    rule: 'ALI-7',
    sentence:
      '{alias} is protected in {collection}: only an admin of the registry can put it on, take it off or protect it, and {person} is none.',
  },
  protectedAlias: {
    code: 'protected-alias',
    rule: 'ALI-7',
    sentence: '{deleted} cannot be deleted by anybody: the alias {alias} of {link} is protected.',
  },
  badTtl: {
    code: 'bad-ttl',
    rule: 'TTL-1',
    sentence: '"{given}" is no TTL: one is inherit, none, or a duration of whole seconds longer than none.',
  },
  badTeamTtl: {
    code: 'bad-ttl',
    rule: 'TTL-3',
    sentence: 'The team has nobody to inherit a TTL from.',
  },
  ttlOfGenerated: {
    code: 'bad-ttl',
    rule: 'DEL-17',
    sentence: 'Artifacts of the type "{type}" are made by the service, and take no TTL.',
  },
  ttlOnLink: {
    code: 'is-a-link',
    rule: 'TTL-5',
    sentence: '{link} is a link, and takes no TTL: its source {source} does.',
  },
  teamViewer: {
    code: 'forbidden',
    rule: 'ACL-1',
    sentence: '{person} is a viewer in the team, and can change nothing.',
  },
  noTeamRole: {
    code: 'forbidden',
    rule: 'ACL-1',
    sentence: '{person} is not in the team, and can change nothing of it.',
  },
  notOwnRun: {
    code: 'forbidden',
    rule: 'ACL-2',
    sentence: '{person} can delete only their own runs, and {run} belongs to {owner}.',
  },
  onlyTeamAdmin: {
    code: 'forbidden',
    rule: 'ACL-3',
    sentence: '{person} is no admin of the team, and cannot {action}.',
  },
  noRegistryRole: {
    code: 'forbidden',
    rule: 'ACL-4',
    sentence: '{person} has no role in the registry {registry}; one in the team does not help there.',
  },
  registryViewer: {
    code: 'forbidden',
    rule: 'ACL-4',
    sentence: '{person} is a viewer in the registry {registry}, and can change nothing there.',
  },
  onlyRegistryAdmin: {
    code: 'forbidden',
    rule: 'ACL-4',
    sentence: '{person} is no admin of the registry {registry}, and cannot {action}.',
  },
  gcNotEnabled: {
    code: 'gc-not-enabled',
    rule: 'GC-6',
    sentence: 'Garbage collection is not enabled: {variable} is {has}, and must be "true".',
  },
  versioningOff: {
    code: 'bucket-not-protected',
    rule: 'GC-7',
    sentence: 'Garbage collection does not run: versioning is off on this {provider} bucket.',
  },
  softDeleteOff: {
    code: 'bucket-not-protected',
    rule: 'GC-7',
    sentence: 'Garbage collection does not run: soft delete is off on this Azure container.',
  },
  noVersioning: {
    code: 'bad-setting',
    rule: 'BKT-2',
    sentence: 'A bucket of the provider {provider} has no versioning: AWS, GCP and MinIO have.',
  },
  noSoftDelete: {
    code: 'bad-setting',
    rule: 'BKT-4',
    sentence: 'A bucket of the provider {provider} has no soft delete: Azure has.',
  },
  noManagedBucket: {
    code: 'bad-setting',
    rule: 'GC-6',
    sentence:
      "With the deployment {deployment} the bucket is the operator's own, and not managed by the service.",
  },
  badSetting: {
    code: 'bad-setting',
    rule: 'GC-6',
    sentence: '{setting} is to be {expected}, and not {given}.',
  },
  noSuchSetting: {
    code: 'bad-setting',
    rule: 'GC-6',
    sentence: 'There is no setting "{setting}": one is {known}.',
  },
  filesUnreadable: {
    code: 'objects-missing',
    rule: 'BKT-6',
    sentence: '{version} cannot be read: the bucket does not have {paths}.',
  },
  otherTypeAsked: {
    code: 'type-mismatch',
    rule: 'LOG-1',
    sentence: '{name} is of the type "{stands}", and not "{asked}".',
  },
  noSuchType: {
    code: 'not-found',
    rule: 'LOG-1',
    sentence: 'There is no artifact type "{type}" in the project {project}.',
  },
  kindChanged: {
    code: 'not-found',
    rule: 'DEL-3',
    sentence: '{collection} is a {stands} now, and not the {fetched} that was fetched.',
  },
  versionUndone: {
    code: 'not-found',
    rule: 'DEL-3',
    sentence: '{version} is not there any more: the call that made it was undone.',
  },
} as const satisfies Readonly<Record<string, RefusalText>>;

/** A situation into which only a script can come: what it asks for cannot be said in a story. */
export type ScriptSituation =
  | 'badSetting'
  | 'noSuchSetting'
  | 'filesUnreadable'
  | 'otherTypeAsked'
  | 'noSuchType'
  | 'kindChanged'
  | 'versionUndone';
/** A situation in which a command of a story is refused. */
export type RefusalSituation = Exclude<keyof typeof REFUSALS, ScriptSituation>;
/** The code of a refusal, as stories and scripts assert it. */
export type RefusalCode = (typeof REFUSALS)[keyof typeof REFUSALS]['code'];

/** Every code, once, in alphabetical order. */
export const REFUSAL_CODES: readonly RefusalCode[] = [
  ...new Set(Object.values(REFUSALS).map((refusal) => refusal.code)),
].sort();
