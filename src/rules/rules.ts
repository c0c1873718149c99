/**
 * How sure we are that the real service behaves so. Its documentation says it (`doc`); the source of its public
 * Python SDK says or enforces it (`sdk`); a maintainer said it, or users reported it, where everybody can read
 * it (`said`); nobody says, so we picked a reading, with a setting where a second one is as good (`chosen`).
 * `ours` claims nothing about the service: the simulator promises it of itself.
 */
export type Basis = 'doc' | 'sdk' | 'said' | 'chosen' | 'ours';

/** The part of the lifecycle that a rule is about; the letters that an identifier begins with stand for it. */
export type Chapter =
  | 'Logging'
  | 'Aliases'
  | 'Deleting'
  | 'Time to live'
  | 'Garbage collection'
  | 'Bucket'
  | 'People';

/** One rule of the simulated store. */
export interface Rule {
  /** Never changed once given, because scenarios and tests cite it; in `RULES` its type is the literal. */
  readonly id: string;
  /** The part of the lifecycle that it belongs to. */
  readonly chapter: Chapter;
  /** What happens, in one to three sentences for a terminal; names and values of the code stand in backticks. */
  readonly sentence: string;
  /** Everything that the rule rests on; never empty. */
  readonly basis: readonly Basis[];
  /** What exactly rests on which basis, where a rule mixes them; null where one basis covers it all. */
  readonly basisNote: string | null;
}

/** Every rule, by chapter and number. */
export const RULES = [
  {
    id: 'LOG-1',
    chapter: 'Logging',
    sentence:
      "The first version logged under a name is `v0`, and brings the artifact collection into being with the artifact's type. After that, every log whose content is different takes the next index.",
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'LOG-2',
    chapter: 'Logging',
    sentence: 'No deletion ever frees an index for reuse, and none of the others is renumbered.',
    basis: ['said'],
    basisNote: null,
  },
  {
    id: 'LOG-3',
    chapter: 'Logging',
    sentence:
      'When the digest of what is logged is that of the latest COMMITTED version, no version is made, and the aliases given move to that one. Only that version is compared, not older or deleted ones: logging the content of a deleted version again takes a new index.',
    basis: ['doc', 'said', 'chosen'],
    basisNote:
      'That no new version is made is documented, and reported by users; that the aliases given move is chosen.',
  },
  {
    id: 'LOG-4',
    chapter: 'Logging',
    sentence: 'A name that stands already cannot be logged to under a different type: the log is refused.',
    basis: ['sdk'],
    basisNote: null,
  },
  {
    id: 'LOG-5',
    chapter: 'Logging',
    sentence:
      'From the moment its manifest is created until it is committed, a version is PENDING. Meanwhile no name finds it and `latest` stays where it was, yet its manifest holds all the objects that it lists.',
    basis: ['sdk', 'chosen'],
    basisNote:
      'That a version is PENDING between its manifest and its commit is in the SDK; what it hides and what it holds in that time is chosen.',
  },
  {
    id: 'LOG-6',
    chapter: 'Logging',
    sentence:
      'An upload sends only what the sequence does not have in store, and shares the rest (`already stored`). What only soft-deleted versions hold counts as stored, and is shared; what was swept is sent again.',
    basis: ['doc', 'chosen'],
    basisNote:
      'That only new content is uploaded is documented; how soft-deleted and swept content counts is chosen.',
  },
  {
    id: 'LOG-7',
    chapter: 'Logging',
    sentence:
      'The setting `sharing` sets how far equal bytes are stored once. With `collection`, the default, it is within one sequence, so that a second sequence stores them again; with `entity`, objects are addressed by content across the whole entity.',
    basis: ['doc', 'sdk'],
    basisNote:
      "`collection` is documented; `entity` is an older storage layout that the SDK's source still has.",
  },
  {
    id: 'LOG-8',
    chapter: 'Logging',
    sentence:
      'An upload may be given up while its version is PENDING. Once the time in the setting `abandonAfter` is over (7 days by default), that version counts as soft-deleted.',
    basis: ['chosen'],
    basisNote: null,
  },
  {
    id: 'LOG-9',
    chapter: 'Logging',
    sentence:
      'The digest of a version depends on its manifest alone, whatever its metadata and aliases: it is the MD5, in hex, of the line `wandb-artifact-manifest-v1` and then a line `path:digest` for every path, sorted by code point, with a newline at the end of each line. The digest of a file is the MD5 of its bytes, in base64. To check: `64e7c61456b10382e2f3b571ac24b659` with no files, `541f289bb3c6ae786d51e7288e523543` with `a.txt` holding `hello`.',
    basis: ['sdk'],
    basisNote: null,
  },
  {
    id: 'LOG-10',
    chapter: 'Logging',
    sentence:
      'Incremental logging takes the manifest of a base version and adds, replaces or removes paths in it. Whatever it leaves alone is shared with the base.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'ALI-1',
    chapter: 'Aliases',
    sentence: 'A newly logged version gets the alias `latest`, and with it those that the log names.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'ALI-2',
    chapter: 'Aliases',
    sentence:
      'In one artifact collection an alias stands on one version only. To add it to a second version is to move it there.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'ALI-3',
    chapter: 'Aliases',
    sentence:
      '`vN` is a name that its version never loses. It does not count as an alias: nobody can add, move or remove it.',
    basis: ['doc', 'chosen'],
    basisNote:
      'That `vN` always names the version is documented; that it counts as no alias and cannot be edited is chosen.',
  },
  {
    id: 'ALI-4',
    chapter: 'Aliases',
    sentence:
      'An alias has at least one character, and none that is `/` or `:`. One of the form of an index, `v` followed by digits, is refused too.',
    basis: ['sdk', 'chosen'],
    basisNote: 'The SDK refuses `/` and `:`; refusing the empty alias and the form of an index is chosen.',
  },
  {
    id: 'ALI-5',
    chapter: 'Aliases',
    sentence: 'A version can lose any of its aliases, and `latest` is no exception.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'ALI-6',
    chapter: 'Aliases',
    sentence:
      'Deleting the version that has `latest` leaves its artifact collection without one, for it moves to no other. The setting `latestAfterDelete` says what a look-up of `latest` then finds: nothing with `absent`, the default, or the newest committed version with `resolve-newest`.',
    basis: ['chosen', 'said'],
    basisNote:
      'The default is chosen; `resolve-newest` is what a maintainer said that clients do when `latest` is missing.',
  },
  {
    id: 'ALI-7',
    chapter: 'Aliases',
    sentence:
      'Only a registry admin can put a *protected* alias on, or take it off. While it is there, nobody at all can delete the link that bears it, or the source version of that link.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'ALI-8',
    chapter: 'Aliases',
    sentence:
      'A tag is no alias: any number of versions can have the same one, and it is never in the way of a deletion.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'DEL-1',
    chapter: 'Deleting',
    sentence:
      'A deletion is a soft delete: it makes the version PENDING_DELETION, and touches none of its files in the bucket.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'DEL-2',
    chapter: 'Deleting',
    sentence:
      'A version with aliases is not deleted; the refusal lists them. If the caller asks for the aliases to be deleted too, they go together with the version. `latest` is such an alias, and `vN` is not.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'DEL-3',
    chapter: 'Deleting',
    sentence:
      'Once soft-deleted, a version is in no listing, no name, index or alias finds it, and none of its files can be downloaded. Its id still tells its state.',
    basis: ['chosen'],
    basisNote: null,
  },
  {
    id: 'DEL-4',
    chapter: 'Deleting',
    sentence:
      'By its id only a COMMITTED version can be deleted; for any other the refusal gives the state. By its name, such a version is simply not found (DEL-3).',
    basis: ['chosen'],
    basisNote: null,
  },
  {
    id: 'DEL-5',
    chapter: 'Deleting',
    sentence:
      'To delete a version through a link is to remove that link. The source version stays, with its aliases, and it makes no difference whether the aliases were to be deleted too.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'DEL-6',
    chapter: 'Deleting',
    sentence: 'Only a link can be unlinked; for anything else the refusal tells which call is meant.',
    basis: ['sdk'],
    basisNote: null,
  },
  {
    id: 'DEL-7',
    chapter: 'Deleting',
    sentence:
      'When a sequence is deleted, all its versions are soft-deleted in a single step, those with aliases included. Whatever links to them is gone as well.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'DEL-8',
    chapter: 'Deleting',
    sentence: 'When a portfolio is deleted, its links go and nothing else does.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'DEL-9',
    chapter: 'Deleting',
    sentence: 'A sequence outlives its last version: it stays, empty.',
    basis: ['said'],
    basisNote: null,
  },
  {
    id: 'DEL-10',
    chapter: 'Deleting',
    sentence:
      'The artifacts of a deleted run stay, unless the caller asks for them to go too. In that case what it logged is soft-deleted along with its aliases, but no version that it only used.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'DEL-11',
    chapter: 'Deleting',
    sentence:
      'All the artifacts of a deleted project are soft-deleted, and every link to them from another place goes.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'DEL-12',
    chapter: 'Deleting',
    sentence:
      'A version can be deleted although runs have used it. In the lineage, the edge is left pointing at its tombstone.',
    basis: ['chosen'],
    basisNote: null,
  },
  {
    id: 'DEL-13',
    chapter: 'Deleting',
    sentence:
      'A link does not protect the version that it leads to: it goes when its source is deleted. Nothing but ALI-7 stands in the way.',
    basis: ['said'],
    basisNote: null,
  },
  {
    id: 'DEL-14',
    chapter: 'Deleting',
    sentence:
      'Deleting in bulk gives one outcome a version. What was deleted stays deleted when another version is refused.',
    basis: ['chosen'],
    basisNote: null,
  },
  {
    id: 'DEL-15',
    chapter: 'Deleting',
    sentence:
      'Until garbage collection has released the first of its files, a soft-deleted version can be restored, and for the time in the setting `retention` (7 days by default) that is certain. It returns as COMMITTED under the same index, but the aliases that it had do not return. After that there is no restoring it.',
    basis: ['doc', 'chosen'],
    basisNote:
      'That it can be restored, and for 7 days, is documented; what it returns with, and until when past those days, is chosen.',
  },
  {
    id: 'DEL-16',
    chapter: 'Deleting',
    sentence:
      'A deleted sequence leaves its name free to be logged to. The new versions go on from its last index.',
    basis: ['chosen'],
    basisNote: null,
  },
  {
    id: 'DEL-17',
    chapter: 'Deleting',
    sentence:
      'Versions of the types that the service makes for itself (`run_table`, `code`, `job`, and all that begin with `wandb-`, such as `wandb-history`) can be deleted, but never have a TTL.',
    basis: ['doc', 'sdk'],
    basisNote: 'The rule is documented; the SDK also refuses a TTL on `wandb-history`.',
  },
  {
    id: 'TTL-1',
    chapter: 'Time to live',
    sentence:
      'The TTL of a version is a duration above zero in whole seconds, or `none`, or `inherit`, which is the default. No other value is accepted.',
    basis: ['doc', 'sdk'],
    basisNote:
      'The three kinds are documented; that a duration is above zero and in whole seconds is in the SDK.',
  },
  {
    id: 'TTL-2',
    chapter: 'Time to live',
    sentence:
      'The TTL runs from the creation of the version, even where it was set afterwards. A shorter one may therefore be over the moment it is set.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'TTL-3',
    chapter: 'Time to live',
    sentence:
      'With `inherit` the default of the team applies, and a default that is set now applies to the versions that are there already. `none` keeps a version out of it.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'TTL-4',
    chapter: 'Time to live',
    sentence:
      'A version that is linked to a registry collection has its TTL changed to `none`. It does not get the old one back when the link goes.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'TTL-5',
    chapter: 'Time to live',
    sentence: 'A link takes no TTL; the refusal names the source version, which does.',
    basis: ['sdk'],
    basisNote: null,
  },
  {
    id: 'TTL-6',
    chapter: 'Time to live',
    sentence:
      'A version that expires is soft-deleted in spite of its ordinary aliases, `latest` among them, and they go too. Only a protected alias keeps it.',
    basis: ['chosen'],
    basisNote: null,
  },
  {
    id: 'TTL-7',
    chapter: 'Time to live',
    sentence:
      'Somebody who is not allowed to set a TTL gets no error: the call goes through, the TTL is what it was, and the report mentions it.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'TTL-8',
    chapter: 'Time to live',
    sentence: 'A version of a type listed in DEL-17 does not expire.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'GC-1',
    chapter: 'Garbage collection',
    sentence:
      'Garbage collection is a job that runs again and again, by default every 6 hours of simulated time (setting `gcEvery`). It reviews each PENDING_DELETION version whose retention is over.',
    basis: ['doc', 'chosen'],
    basisNote:
      'That a regular job reviews what is pending deletion is documented; how often, and that it goes by the retention, is chosen.',
  },
  {
    id: 'GC-2',
    chapter: 'Garbage collection',
    sentence:
      'A version that is reviewed lets go of every object in its manifest. An object is deleted once it has no holder left among the versions before and after.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'GC-3',
    chapter: 'Garbage collection',
    sentence:
      'The holders of an object are the versions with it in their manifest, as long as they are PENDING, COMMITTED or PENDING_DELETION.',
    basis: ['chosen'],
    basisNote: null,
  },
  {
    id: 'GC-4',
    chapter: 'Garbage collection',
    sentence:
      'Each object carries the number of its holders. Counting them anew over every manifest gives the same number at all times.',
    basis: ['ours'],
    basisNote: null,
  },
  {
    id: 'GC-5',
    chapter: 'Garbage collection',
    sentence:
      'Garbage collection drops the record of a reference, and never deletes what the reference points to.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'GC-6',
    chapter: 'Garbage collection',
    sentence:
      'Garbage collection runs on shared and dedicated cloud in any case; with your own bucket, if that is protected; self-managed, if it is protected and `GORILLA_ARTIFACT_GC_ENABLED=true` is set. Anywhere else it names the requirement that is not met, and no space is ever freed.',
    basis: ['doc', 'said'],
    basisNote:
      'The requirements are documented; that nothing is freed until they are met was said by a maintainer.',
  },
  {
    id: 'GC-7',
    chapter: 'Garbage collection',
    sentence:
      'A bucket on AWS, GCP or MinIO is protected when its versioning is on; one on Azure, when soft delete for blobs is on.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'GC-8',
    chapter: 'Garbage collection',
    sentence:
      'Garbage collection can be broken off at any point, by a crash or by a bucket that refuses a call or gets it twice. Taken up again, it arrives at the state that it would have reached undisturbed. A second run on top changes nothing.',
    basis: ['ours'],
    basisNote: null,
  },
  {
    id: 'GC-9',
    chapter: 'Garbage collection',
    sentence:
      'However the steps of a log and of garbage collection are mixed, the version that is logged keeps every one of its files.',
    basis: ['ours'],
    basisNote: null,
  },
  {
    id: 'GC-10',
    chapter: 'Garbage collection',
    sentence:
      'What a run of garbage collection costs grows with what it has to review, and not with the size of the store.',
    basis: ['ours'],
    basisNote: null,
  },
  {
    id: 'BKT-1',
    chapter: 'Bucket',
    sentence: 'In a bucket that has neither versioning nor soft delete, deleting an object is final.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'BKT-2',
    chapter: 'Bucket',
    sentence:
      'In a bucket with versioning (AWS, GCP, MinIO), a deletion puts a delete marker on top, and the bytes live on as a noncurrent copy, paid for until the lifecycle rule removes it. Take the marker away, and the object is back.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'BKT-3',
    chapter: 'Bucket',
    sentence:
      "Of an object's noncurrent copies, the lifecycle rule leaves no more than `noncurrentCopies` (1 by default), and none for longer than `noncurrentDays` (30 by default).",
    basis: ['doc', 'chosen'],
    basisNote: 'The count is documented; the default of the days is chosen.',
  },
  {
    id: 'BKT-4',
    chapter: 'Bucket',
    sentence:
      'With soft delete, Azure holds on to a deleted blob for 7 days by default, or any number of days from 1 to 365. In that time an undelete restores it.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'BKT-5',
    chapter: 'Bucket',
    sentence:
      'Content deleted by mistake can be fetched back out of the bucket even after garbage collection, for as long as BKT-2 to BKT-4 preserve it. The version becomes COMMITTED again if all its objects are back; if any is missing, that is refused with a list of them.',
    basis: ['doc', 'chosen'],
    basisNote:
      'That content can be brought back from the bucket is documented; that a version returns whole or not at all is chosen.',
  },
  {
    id: 'BKT-6',
    chapter: 'Bucket',
    sentence:
      'If somebody deletes an object in the bucket itself, the version stays committed but no longer downloads. `verify` tells which version, path and object are affected.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'BKT-7',
    chapter: 'Bucket',
    sentence:
      'Bytes are counted in three ways: *logical* adds up the files of the committed versions, without references; *stored* is what the bucket has as current objects; *billed* is that, and the noncurrent and soft-deleted copies on top.',
    basis: ['doc', 'chosen'],
    basisNote:
      'That copies kept after a deletion still cost storage is documented; the three figures are chosen.',
  },
  {
    id: 'ACL-1',
    chapter: 'People',
    sentence:
      'Members with view-only access can read everything and change nothing: whatever they try to change is refused.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'ACL-2',
    chapter: 'People',
    sentence:
      'A member can log, edit aliases and delete artifacts, but of the runs only their own. Whether a member can set a TTL is up to the admins of the team.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'ACL-3',
    chapter: 'People',
    sentence:
      'A team admin can do everything that a member can, and decides on the default TTL of the team and on who else may set a TTL.',
    basis: ['doc'],
    basisNote: null,
  },
  {
    id: 'ACL-4',
    chapter: 'People',
    sentence:
      'A registry has roles of its own: viewer, member (who can link, unlink, edit ordinary aliases and delete a registry collection) and admin (who can edit protected aliases too). A role in the team counts for nothing there.',
    basis: ['doc'],
    basisNote: null,
  },
] as const satisfies readonly Rule[];

/** The identifier of a rule; the literal type makes a misspelt one a compile error. */
export type RuleId = (typeof RULES)[number]['id'];

/** What each basis means, for whoever reads a rule. */
export const BASIS_MEANING: Readonly<Record<Basis, string>> = {
  doc: 'The public documentation of the service states it.',
  sdk: 'The source of the public Python SDK states or enforces it.',
  said: 'A maintainer said it, or users reported it, in a public thread.',
  chosen: 'It is documented nowhere: the simulator had to choose.',
  ours: 'The simulator promises it of itself, and claims nothing about the service.',
};

/** The rule with an identifier. */
export function ruleById(id: RuleId): Rule {
  const rule = RULE_BY_ID.get(id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
}

/** Whether a text is the identifier of a rule, in exactly this spelling. */
export function isRuleId(text: string): text is RuleId {
  return RULE_BY_ID.has(text);
}

// A Map, because a plain object would take `__proto__` for a rule.
const RULE_BY_ID: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.id, rule]));
