import type { RuleId } from './rules.ts';

/** One way in which a call can be refused: its code, its rule, and its texts, with `{facts}` to be filled in. */
export interface RefusalText {
  /** Short and stable; several situations may share one. */
  readonly code: string;
  readonly rule: RuleId;
  /** What stands in the way. */
  readonly sentence: string;
  /** The call that would go through, as a scenario writes it; null where none would. */
  readonly instead: string | null;
}

/** Every way in which a call can be refused, by the situation. */
export const REFUSALS = {
  badCollectionName: {
    code: 'bad-name',
    rule: 'LOG-1',
    sentence:
      'An artifact collection cannot be called "{name}": it takes 1 to 128 letters, digits, dots, dashes and underscores.',
    instead: 'log: my-data',
  },
  badOwnerName: {
    code: 'bad-name',
    rule: 'LOG-1',
    sentence:
      'An entity, a project or a run cannot be called "{name}": it takes 1 to 128 characters, without control characters and / \\ # ? % :.',
    instead: 'log: demo/my-data',
  },
  typeMismatch: {
    code: 'type-mismatch',
    rule: 'LOG-4',
    sentence: '{collection} is of the type "{stands}", and takes nothing of the type "{given}".',
    instead: 'log: {collection}, type: {stands}',
  },
  linkTypeMismatch: {
    code: 'type-mismatch',
    rule: 'LOG-4',
    sentence: '{collection} is of the type "{stands}", and takes nothing of the type "{given}".',
    instead: 'link: {version}, to: another-name',
  },
  notASequence: {
    code: 'not-a-sequence',
    rule: 'LOG-1',
    sentence: '{collection} is a portfolio: it holds links, and no version is born in it.',
    instead: 'log: another-name, then link: another-name:v0, to: {collection}',
  },
  notAPortfolio: {
    code: 'not-a-portfolio',
    rule: 'DEL-8',
    sentence: '{collection} is a sequence: versions are born in it, and nothing can be linked to it.',
    instead: 'link: {version}, to: another-name',
  },
  contentConflict: {
    code: 'content-conflict',
    rule: 'LOG-9',
    sentence: 'The content {digest} of "{path}" has {stored} here already, and cannot have {given} as well.',
    instead: null,
  },
  badPath: {
    code: 'bad-name',
    rule: 'LOG-9',
    sentence: 'A path or an address cannot contain half a character, as "{path}" does: UTF-8 has none.',
    instead: null,
  },
  tooLarge: {
    code: 'too-large',
    rule: 'BKT-7',
    sentence: 'With {given} more, the figures of the store would no longer be exact numbers.',
    instead: null,
  },
  tooLate: {
    code: 'too-large',
    rule: 'GC-1',
    sentence: 'The clock cannot go on by {given}: its seconds would no longer be an exact number.',
    instead: null,
  },
  badAlias: {
    code: 'bad-alias',
    rule: 'ALI-4',
    sentence:
      '"{alias}" cannot be an alias: one is not empty, has neither / nor :, and does not look like v and digits.',
    instead: 'the same call with an alias such as best',
  },
  indexIsNoAlias: {
    code: 'bad-alias',
    rule: 'ALI-3',
    sentence: '"{alias}" is an index, not an alias: it names its version always, and cannot be removed.',
    instead: null,
  },
  versionNotFound: {
    code: 'not-found',
    rule: 'DEL-3',
    sentence: 'There is no version {version}.',
    instead: null,
  },
  latestAbsent: {
    code: 'not-found',
    rule: 'ALI-6',
    sentence: '{collection} has no latest: the version that bore it was deleted, or it was taken away.',
    instead: null,
  },
  versionUploading: {
    code: 'not-found',
    rule: 'LOG-5',
    sentence: '{version} is still being uploaded, and cannot be found by name.',
    instead: 'commit it first, by the id that its begin step gave it',
  },
  versionDeletedAlready: {
    code: 'not-found',
    rule: 'DEL-3',
    sentence: '{version} is {state}, and can no longer be found by name.',
    instead: null,
  },
  collectionNotFound: {
    code: 'not-found',
    rule: 'DEL-3',
    sentence: 'There is no artifact collection {collection}.',
    instead: null,
  },
  runNotFound: {
    code: 'not-found',
    rule: 'DEL-10',
    sentence: 'There is no run {run}.',
    instead: null,
  },
  projectNotFound: {
    code: 'not-found',
    rule: 'DEL-11',
    sentence: 'There is nothing in a project {project}.',
    instead: null,
  },
  notRestorable: {
    code: 'not-restorable',
    rule: 'DEL-15',
    sentence: '{version} is {state} and cannot be restored: garbage collection has released its files.',
    instead: null,
  },
  neverCommitted: {
    code: 'not-restorable',
    rule: 'DEL-15',
    sentence: '{version} cannot be restored: its upload never came to an end.',
    instead: 'log it again',
  },
  nameTaken: {
    code: 'not-restorable',
    rule: 'DEL-15',
    sentence: '{version} cannot be restored: {collection} is a portfolio now.',
    instead: null,
  },
  objectsMissing: {
    code: 'objects-missing',
    rule: 'BKT-5',
    sentence: '{version} cannot be brought back: the bucket no longer has {paths}.',
    instead: null,
  },
  pathNotInBase: {
    code: 'not-found',
    rule: 'LOG-10',
    sentence: '{version} has no path "{path}" to remove.',
    instead: null,
  },
  stillUploading: {
    code: 'not-restorable',
    rule: 'DEL-15',
    sentence: '{version} is PENDING: it was never deleted.',
    instead: 'commit it, by the id that its begin step gave it',
  },
  notPending: {
    code: 'not-pending',
    rule: 'LOG-5',
    sentence: '{version} is {state}, not PENDING: its upload is over.',
    instead: null,
  },
  notCommitted: {
    code: 'not-committed',
    rule: 'DEL-4',
    sentence: '{version} is {state}, not COMMITTED, and cannot be deleted.',
    instead: null,
  },
  deletingAnUpload: {
    code: 'not-committed',
    rule: 'DEL-4',
    sentence: '{version} is PENDING, not COMMITTED, and cannot be deleted.',
    instead: 'abandon: the id that its begin step gave it',
  },
  hasAliases: {
    code: 'has-aliases',
    rule: 'DEL-2',
    sentence: '{version} has {aliases}.',
    instead: 'delete: {version}, deleteAliases: true',
  },
  notALink: {
    code: 'not-a-link',
    rule: 'DEL-6',
    sentence: '{version} is not a link: it was born in {collection}.',
    instead: '{call}',
  },
} as const satisfies Readonly<Record<string, RefusalText>>;

/** A situation in which a call is refused. */
export type RefusalSituation = keyof typeof REFUSALS;
/** The code of a refusal, as stories and scripts assert it. */
export type RefusalCode = (typeof REFUSALS)[RefusalSituation]['code'];

/** Every code, once, in alphabetical order. */
export const REFUSAL_CODES: readonly RefusalCode[] = [
  ...new Set(Object.values(REFUSALS).map((refusal) => refusal.code)),
].sort();
