import { SOURCES, type Source, type SourceKind } from './sources.ts';

/**
 * Where a rule comes from: a public text of that kind; our choice where nobody says, with a setting if another choice is
 * as good (`chosen`). `ours` is a promise of the simulator that says nothing about the service.
 */
export type Basis = SourceKind | 'chosen' | 'ours';

/** The part of the lifecycle that a rule is about. Each has its own prefix of the identifiers, such as `LOG`. */
export type Chapter =
  | 'Logging'
  | 'Aliases'
  | 'Deleting'
  | 'Collections'
  | 'Runs'
  | 'Time to live'
  | 'Garbage collection'
  | 'Bucket'
  | 'People';

/** One rule of the simulated store. */
export interface Rule {
  /** Never changes, because scenarios and tests cite it. In `RULES` its type is the literal. */
  readonly id: string;
  /** The part of the lifecycle that it belongs to. */
  readonly chapter: Chapter;
  /** What happens, in one to three sentences for a terminal; names and values from the code are in backticks. */
  readonly sentence: string;
  /** Where the rule comes from; never empty. */
  readonly basis: readonly Basis[];
  /** Which part has which basis if there are several; null if there is only one. */
  readonly basisNote: string | null;
  /** The public texts that state it: at least one of each kind that the basis names, and of no other kind. */
  readonly sources: readonly Source[];
}

/** Every rule, by chapter and number. */
export const RULES = [
  {
    id: 'LOG-1',
    chapter: 'Logging',
    sentence:
      "The first version logged under a name is `v0` and creates the artifact collection, with the artifact's type. After that, every log with different content takes the next index.",
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.createVersion],
  },
  {
    id: 'LOG-2',
    chapter: 'Logging',
    sentence: 'No deletion makes an index available again, and the other versions keep their indexes.',
    basis: ['said'],
    basisNote: null,
    sources: [SOURCES.saidGap],
  },
  {
    id: 'LOG-3',
    chapter: 'Logging',
    sentence:
      'If the digest of the logged content equals that of the latest COMMITTED version, no version is created, and the given aliases move to that version. Only that version is compared, not older or deleted ones: logging the content of a deleted version again takes a new index.',
    basis: ['doc', 'said', 'chosen'],
    basisNote:
      'Documented and reported by users: no new version is made. Our choice: the given aliases move.',
    sources: [SOURCES.createVersion, SOURCES.saidCompared],
  },
  {
    id: 'LOG-4',
    chapter: 'Logging',
    sentence: 'Logging to an existing name with a different type is refused.',
    basis: ['sdk'],
    basisNote: null,
    sources: [SOURCES.sdkRun],
  },
  {
    id: 'LOG-5',
    chapter: 'Logging',
    sentence:
      'A version is PENDING until its commit, which gives it its index: so the newest committed version always has the highest index, and an abandoned upload leaves no gap. Until then no name finds it and `latest` does not move. Several writers can add files to it meanwhile, and it holds every object added so far.',
    basis: ['sdk', 'chosen'],
    basisNote:
      'In the SDK: a version is PENDING between its manifest and its commit, and several writers can add files. Our choice: when it gets its index, what it hides and holds until then, and that its content is compared (LOG-3) only when it begins.',
    sources: [SOURCES.sdkSaver, SOURCES.sdkRun],
  },
  {
    id: 'LOG-6',
    chapter: 'Logging',
    sentence:
      'An upload sends only the objects that the sequence does not have in store and shares the rest (`already stored`). Objects that only soft-deleted versions hold count as stored and are shared; swept objects are sent again.',
    basis: ['doc', 'chosen'],
    basisNote:
      'Documented: only new content is uploaded. Our choice: how soft-deleted and swept content counts.',
    sources: [SOURCES.artifactStorage, SOURCES.createVersion],
  },
  {
    id: 'LOG-7',
    chapter: 'Logging',
    sentence:
      'The setting `sharing` defines how widely equal bytes are stored once. With `collection`, the default, they are shared within one sequence, so a second sequence stores them again; with `entity`, objects are addressed by content across the whole entity.',
    basis: ['doc', 'sdk'],
    basisNote:
      "`collection` is documented; `entity` is an older storage layout that the SDK's source still has.",
    sources: [SOURCES.artifactStorage, SOURCES.sdkStoragePolicy],
  },
  {
    id: 'LOG-8',
    chapter: 'Logging',
    sentence:
      'An upload can be abandoned while its version is PENDING. An upload older than the setting `abandonAfter` (7 days by default) is abandoned automatically; its version then counts as soft-deleted.',
    basis: ['chosen'],
    basisNote: null,
    sources: [],
  },
  {
    id: 'LOG-9',
    chapter: 'Logging',
    sentence:
      'The digest of a version depends only on its manifest, never on metadata or aliases: it is the MD5, in hex, of the line `wandb-artifact-manifest-v1` and then a line `path:digest` for every path, sorted by code point, with a newline at the end of each line. The digest of a file is the MD5 of its bytes, in base64. To check: `64e7c61456b10382e2f3b571ac24b659` with no files, `541f289bb3c6ae786d51e7288e523543` with `a.txt` containing `hello`.',
    basis: ['sdk'],
    basisNote: null,
    sources: [SOURCES.sdkManifest, SOURCES.sdkHashes],
  },
  {
    id: 'LOG-10',
    chapter: 'Logging',
    sentence:
      'Incremental logging takes the manifest of a base version and adds, replaces or removes paths in it. Unchanged files are shared with the base.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.createVersion],
  },
  {
    id: 'LOG-11',
    chapter: 'Logging',
    sentence:
      'A client can choose ids for its upload. Another begin with one of them in the same sequence never creates a second version: it adds its files and aliases to the upload, or finds the version that is already committed, as in LOG-3. It is refused if it announces another digest than the first begin with that id. Once the version is deleted or abandoned, the id is free for a new one.',
    basis: ['sdk', 'said', 'chosen'],
    basisNote:
      'In the SDK: each artifact sends an id of its own, and the parts of a distributed artifact send the same one. Reported by users: another digest is an error. Our choice: that the tags, description, metadata, and TTL of the first begin stay, and the rest.',
    sources: [SOURCES.sdkSaver, SOURCES.saidClientId],
  },
  {
    id: 'ALI-1',
    chapter: 'Aliases',
    sentence: 'A newly logged version gets the alias `latest` and the aliases that the log names.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.createAlias],
  },
  {
    id: 'ALI-2',
    chapter: 'Aliases',
    sentence:
      'Within an artifact collection, an alias points to one version only. Adding it to another version moves it there.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.aliases],
  },
  {
    id: 'ALI-3',
    chapter: 'Aliases',
    sentence:
      '`vN` is a name that its version never loses. It is not an alias: nobody can add, move or remove it.',
    basis: ['doc', 'chosen'],
    basisNote:
      'Documented: `vN` always names the version. Our choice: it does not count as an alias and cannot be edited.',
    sources: [SOURCES.aliases, SOURCES.createVersion],
  },
  {
    id: 'ALI-4',
    chapter: 'Aliases',
    sentence:
      'An alias has at least one character and contains neither `/` nor `:`. An alias that looks like an index, `v` followed by digits, is refused too.',
    basis: ['sdk', 'chosen'],
    basisNote: 'The SDK refuses `/` and `:`; refusing the empty alias and the form of an index is chosen.',
    sources: [SOURCES.sdkValidators],
  },
  {
    id: 'ALI-5',
    chapter: 'Aliases',
    sentence: 'Every alias can be removed from a version, including `latest`.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.updateArtifact],
  },
  {
    id: 'ALI-6',
    chapter: 'Aliases',
    sentence:
      'Deleting the version that has `latest` leaves the artifact collection without `latest`; it does not move to another version. The setting `latestAfterDelete` defines what a look-up of `latest` then finds: nothing with `absent`, the default, or the newest committed version with `resolve-newest`.',
    basis: ['chosen', 'said'],
    basisNote:
      'The default is chosen; `resolve-newest` is what a maintainer said that clients do when `latest` is missing.',
    sources: [SOURCES.saidNoLatest],
  },
  {
    id: 'ALI-7',
    chapter: 'Aliases',
    sentence:
      'A *protected* alias exists only in a registry, and only an admin of that registry can add or remove it. While a link has one, only a registry admin can remove the link or delete its collection or registry, and nobody can delete the source version, nor does it expire.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.deleteArtifacts, SOURCES.aliases, SOURCES.registryAccess],
  },
  {
    id: 'ALI-8',
    chapter: 'Aliases',
    sentence:
      'A tag is not an alias: any number of versions can have the same tag, and tags never prevent a deletion.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.tags, SOURCES.deleteArtifacts],
  },
  {
    id: 'DEL-1',
    chapter: 'Deleting',
    sentence:
      'A deletion is a soft delete: the version becomes PENDING_DELETION, and its files stay in the bucket.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.deleteArtifacts],
  },
  {
    id: 'DEL-2',
    chapter: 'Deleting',
    sentence:
      'Deleting a version with aliases is refused, with a list of the aliases, unless the caller asks to delete the aliases too. `latest` counts as an alias; `vN` does not.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.deleteArtifacts],
  },
  {
    id: 'DEL-3',
    chapter: 'Deleting',
    sentence:
      'A soft-deleted version is not listed, cannot be found by name, index or alias, and cannot be downloaded. Its state can still be looked up by its id.',
    basis: ['chosen'],
    basisNote: null,
    sources: [],
  },
  {
    id: 'DEL-4',
    chapter: 'Deleting',
    sentence:
      'By its id only a COMMITTED version can be deleted; for any other, the refusal gives the state. By its name, such a version is simply not found (DEL-3).',
    basis: ['chosen'],
    basisNote: null,
    sources: [],
  },
  {
    id: 'DEL-5',
    chapter: 'Deleting',
    sentence:
      'Deleting a version through a link removes only the link. The source version stays, with its aliases, whether or not the caller asked to delete the aliases too.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.deleteManyArtifacts],
  },
  {
    id: 'DEL-6',
    chapter: 'Deleting',
    sentence: 'Only a link can be unlinked; for anything else, the refusal names the right call.',
    basis: ['sdk'],
    basisNote: null,
    sources: [SOURCES.sdkArtifact],
  },
  {
    id: 'DEL-7',
    chapter: 'Deleting',
    sentence:
      'Deleting a sequence soft-deletes all its versions in a single step, including those with aliases. All links to them are deleted as well.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.deleteArtifacts],
  },
  {
    id: 'DEL-8',
    chapter: 'Deleting',
    sentence: 'Deleting a portfolio deletes its links and nothing else.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.deleteRegistry],
  },
  {
    id: 'DEL-9',
    chapter: 'Deleting',
    sentence: 'A sequence remains, empty, after its last version is deleted.',
    basis: ['said'],
    basisNote: null,
    sources: [SOURCES.saidEmptied],
  },
  {
    id: 'DEL-10',
    chapter: 'Deleting',
    sentence:
      'The artifacts of a deleted run stay unless the caller asks to delete them too. Then the versions that the run created are soft-deleted along with their aliases; versions that it only used stay.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.deleteRuns, SOURCES.deleteArtifacts],
  },
  {
    id: 'DEL-11',
    chapter: 'Deleting',
    sentence:
      'Deleting a project soft-deletes all its artifacts and deletes every link to them from elsewhere.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.deleteArtifacts],
  },
  {
    id: 'DEL-12',
    chapter: 'Deleting',
    sentence: 'A version can be deleted although runs have used it. Its lineage then points to a tombstone.',
    basis: ['chosen'],
    basisNote: null,
    sources: [],
  },
  {
    id: 'DEL-13',
    chapter: 'Deleting',
    sentence:
      'A link does not protect its source version: it is deleted together with its source. The only exception is ALI-7.',
    basis: ['said'],
    basisNote: null,
    sources: [SOURCES.saidLinked],
  },
  {
    id: 'DEL-14',
    chapter: 'Deleting',
    sentence:
      'A bulk deletion has one outcome per version. If one version is refused, the others are still deleted.',
    basis: ['chosen'],
    basisNote: null,
    sources: [],
  },
  {
    id: 'DEL-15',
    chapter: 'Deleting',
    sentence:
      'A soft-deleted version can be restored until garbage collection has released its first file, and so at least for the time in the setting `retention` (7 days by default). It becomes COMMITTED again under the same index, without its former aliases. After that it cannot be restored.',
    basis: ['doc', 'chosen'],
    basisNote:
      'Documented: it can be restored for 7 days. Our choice: what it returns with, and how long it can be restored after that.',
    sources: [SOURCES.dataPrivacy],
  },
  {
    id: 'DEL-16',
    chapter: 'Deleting',
    sentence:
      'The name of a deleted sequence can be logged to again. The new versions continue after its last index.',
    basis: ['chosen'],
    basisNote: null,
    sources: [],
  },
  {
    id: 'DEL-17',
    chapter: 'Deleting',
    sentence:
      'Versions of the types that the service generates (`run_table`, `code`, `job`, and all that begin with `wandb-`) never have a TTL. Those that it manages for a run (`wandb-history`, `wandb-events`) cannot be deleted by anybody, not even with their run; only the deletion of the project takes them. The others can be deleted.',
    basis: ['doc', 'sdk', 'said', 'chosen'],
    basisNote:
      'Documented: no TTL; the SDK also refuses one on `wandb-history`. Reported: deleting what the service manages is refused. Our choice: the project takes everything.',
    sources: [
      SOURCES.ttl,
      SOURCES.sdkArtifact,
      SOURCES.sdkImporter,
      SOURCES.saidOrphaned,
      SOURCES.saidOutlives,
    ],
  },
  {
    id: 'DEL-18',
    chapter: 'Deleting',
    sentence:
      'A reference (`wandb-artifact://name:version/path`) to a file of another version must point to something when it is logged, and points to that version from then on, wherever an alias moves. It does not hold the file. The setting `artifactReferences` defines what happens when somebody deletes the version: with `dangle`, the default, the reference dangles; with `hold` the deletion is refused with `referred-to`, as long as a PENDING or COMMITTED version refers to it that is not deleted with it. Expiry is not held.',
    basis: ['chosen', 'said'],
    basisNote:
      'Reported in 2021: the service refused to delete an artifact before its dependent artifacts. Our choice: that references dangle by default, that an address must resolve, and that expiry is not held.',
    sources: [SOURCES.saidDependent],
  },
  {
    id: 'COL-1',
    chapter: 'Collections',
    sentence:
      'An artifact collection can be renamed within its project. It keeps its versions with their indexes, aliases and links. A new artifact collection can take its former name, and starts at `v0`. A name that is in use is refused; a deleted artifact collection gives up its name, and is called `name~1` from then on.',
    basis: ['sdk', 'chosen'],
    basisNote:
      'The SDK renames an artifact collection by its id. Our choice: which names can be taken, and what a deleted artifact collection is called then.',
    sources: [SOURCES.sdkCollections],
  },
  {
    id: 'COL-2',
    chapter: 'Collections',
    sentence:
      'The type of a sequence can be changed, and its versions change with it; the portfolios that link to them keep their type. It cannot be changed to or from a type that the service generates (DEL-17). The type of a portfolio cannot be changed.',
    basis: ['sdk', 'chosen'],
    basisNote: 'The SDK states which types can be changed. Our choice: that portfolios keep their type.',
    sources: [SOURCES.sdkCollections, SOURCES.sdkValidators],
  },
  {
    id: 'COL-3',
    chapter: 'Collections',
    sentence:
      'An artifact collection can have a description and tags, which can contain spaces and capital letters. No rule reads them, and its versions have descriptions and tags of their own. If it is deleted and created again, it starts without them.',
    basis: ['sdk', 'chosen'],
    basisNote: 'The SDK sets them. Our choice: one that is created again starts without them.',
    sources: [SOURCES.sdkCollections],
  },
  {
    id: 'RUN-1',
    chapter: 'Runs',
    sentence:
      'A run exists from its start, whether or not it logs or uses anything. Its id is unique in its project, but two runs can have the same display name.',
    basis: ['doc', 'sdk'],
    basisNote: 'Documented: the id and the display name. The SDK creates the run when it starts.',
    sources: [SOURCES.runIdentifiers, SOURCES.sdkInit],
  },
  {
    id: 'RUN-2',
    chapter: 'Runs',
    sentence: 'The id of a deleted run can never be used again: a run that would start with it is refused.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.deleteRuns],
  },
  {
    id: 'RUN-3',
    chapter: 'Runs',
    sentence:
      'A log that creates no version (LOG-3) adds the existing version to the outputs of the run. The version still belongs to the run that created it, and only the deletion of that run can delete it too (DEL-10).',
    basis: ['sdk', 'chosen'],
    basisNote:
      'The SDK lists the existing version among the outputs. Our choice: only its creator can delete it.',
    sources: [SOURCES.sdkRuns],
  },
  {
    id: 'TTL-1',
    chapter: 'Time to live',
    sentence:
      'The TTL of a version is a duration above zero in whole seconds, `none`, or `inherit`, which is the default. No other value is accepted.',
    basis: ['doc', 'sdk'],
    basisNote:
      'The three kinds are documented; that a duration is above zero and in whole seconds is in the SDK.',
    sources: [SOURCES.ttl, SOURCES.sdkArtifact],
  },
  {
    id: 'TTL-2',
    chapter: 'Time to live',
    sentence:
      'The TTL counts from the creation of the version, even if it was set later. A short TTL can therefore expire a version as soon as it is set.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.ttl],
  },
  {
    id: 'TTL-3',
    chapter: 'Time to live',
    sentence:
      "With `inherit` the team's default applies, and a new default applies to existing versions too. `none` exempts a version from it.",
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.ttl],
  },
  {
    id: 'TTL-4',
    chapter: 'Time to live',
    sentence:
      'Linking a version to a registry collection changes its TTL to `none`. Removing the link does not restore the former TTL. A link to an ordinary portfolio leaves the TTL alone.',
    basis: ['doc', 'chosen'],
    basisNote: 'Documented: links into a registry. Our choice: ordinary portfolios.',
    sources: [SOURCES.ttl],
  },
  {
    id: 'TTL-5',
    chapter: 'Time to live',
    sentence: 'A link has no TTL of its own; the refusal names the source version, which does.',
    basis: ['sdk'],
    basisNote: null,
    sources: [SOURCES.sdkArtifact],
  },
  {
    id: 'TTL-6',
    chapter: 'Time to live',
    sentence:
      'A version that expires is soft-deleted together with its ordinary aliases, including `latest`. Only a protected alias prevents that.',
    basis: ['chosen'],
    basisNote: null,
    sources: [],
  },
  {
    id: 'TTL-7',
    chapter: 'Time to live',
    sentence:
      'Setting a TTL without permission causes no error: the call succeeds, the TTL does not change, and the report says so.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.ttl],
  },
  {
    id: 'TTL-8',
    chapter: 'Time to live',
    sentence: 'A version of a type listed in DEL-17 does not expire.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.ttl],
  },
  {
    id: 'GC-1',
    chapter: 'Garbage collection',
    sentence:
      'Garbage collection is a scheduled job, by default every 6 hours of simulated time (setting `gcEvery`). It reviews each PENDING_DELETION version whose retention is over.',
    basis: ['doc', 'chosen'],
    basisNote:
      'Documented: a regular job reviews what is pending deletion. Our choice: how often, and that it goes by the retention.',
    sources: [SOURCES.deleteArtifacts],
  },
  {
    id: 'GC-2',
    chapter: 'Garbage collection',
    sentence:
      'A reviewed version releases every object in its manifest. An object is deleted once no version holds it anymore.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.deleteArtifacts, SOURCES.artifactStorage],
  },
  {
    id: 'GC-3',
    chapter: 'Garbage collection',
    sentence:
      'The holders of an object are the versions that have it in their manifest and are PENDING, COMMITTED or PENDING_DELETION.',
    basis: ['chosen'],
    basisNote: null,
    sources: [],
  },
  {
    id: 'GC-4',
    chapter: 'Garbage collection',
    sentence:
      'Each object has a count of its holders. A recount over every manifest always gives the same number.',
    basis: ['ours'],
    basisNote: null,
    sources: [],
  },
  {
    id: 'GC-5',
    chapter: 'Garbage collection',
    sentence:
      'When a version is collected, the records of its references are deleted, but never what they point to.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.externalFiles],
  },
  {
    id: 'GC-6',
    chapter: 'Garbage collection',
    sentence:
      'Garbage collection always runs on shared and dedicated cloud; with your own bucket if the bucket is protected; self-managed if the bucket is protected and `GORILLA_ARTIFACT_GC_ENABLED=true` is set. Otherwise it names the missing requirement and never frees any space.',
    basis: ['doc', 'said'],
    basisNote:
      'The requirements are documented; that nothing is freed until they are met was said by a maintainer.',
    sources: [SOURCES.deleteArtifacts, SOURCES.environment, SOURCES.saidBlocked],
  },
  {
    id: 'GC-7',
    chapter: 'Garbage collection',
    sentence:
      'A bucket on AWS, GCP or MinIO is protected if versioning is on; a bucket on Azure, if soft delete for blobs is on.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.deleteArtifacts],
  },
  {
    id: 'GC-8',
    chapter: 'Garbage collection',
    sentence:
      'Garbage collection can be interrupted at any point, by a crash or by a bucket that refuses a call or gets it twice. When it continues, it reaches the state that it would have reached without the interruption. Another run changes nothing.',
    basis: ['ours'],
    basisNote: null,
    sources: [],
  },
  {
    id: 'GC-9',
    chapter: 'Garbage collection',
    sentence:
      'However the steps of a log and of garbage collection interleave, the logged version keeps all its files.',
    basis: ['ours'],
    basisNote: null,
    sources: [],
  },
  {
    id: 'GC-10',
    chapter: 'Garbage collection',
    sentence:
      'The cost of a garbage collection run grows with what it has to review, not with the size of the store.',
    basis: ['ours'],
    basisNote: null,
    sources: [],
  },
  {
    id: 'BKT-1',
    chapter: 'Bucket',
    sentence: 'In a bucket without versioning or soft delete, deleting an object is final.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.awsLifecycle, SOURCES.gcpSoftDelete],
  },
  {
    id: 'BKT-2',
    chapter: 'Bucket',
    sentence:
      'In a bucket with versioning (AWS, GCP, MinIO), the bytes of a deleted object remain as a noncurrent copy, on AWS and MinIO behind a delete marker. The copy is billed until a lifecycle rule removes it. Removing the marker, or restoring the copy, brings the object back.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.awsDeleteMarkers, SOURCES.gcpVersioning, SOURCES.minioVersioning],
  },
  {
    id: 'BKT-3',
    chapter: 'Bucket',
    sentence:
      'A lifecycle rule removes a noncurrent copy when all its conditions hold: it has been noncurrent for `noncurrentDays`, and there are `newerCopies` newer noncurrent copies of the object. Any rule can remove a copy. By default, one rule removes copies after 30 days. A rule with both conditions never removes the newest copies; two rules with one each do.',
    basis: ['doc', 'chosen'],
    basisNote: 'The rules are documented; the default of 30 days is chosen.',
    sources: [SOURCES.awsLifecycle, SOURCES.awsExpiration, SOURCES.gcpLifecycle, SOURCES.awsTerraform],
  },
  {
    id: 'BKT-4',
    chapter: 'Bucket',
    sentence:
      'Soft delete keeps a deleted object for a number of days, in which it can be undeleted: 1 to 365 on Azure, where it is off until switched on, and 7 to 90 on GCP, where it is on. The default is 7. Changing the number affects later deletions only. With versioning on too, GCP soft-deletes a noncurrent copy when a lifecycle rule removes it.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.azureSoftDelete, SOURCES.azureSwitch, SOURCES.gcpSoftDelete, SOURCES.gcpSoftDeleteDays],
  },
  {
    id: 'BKT-5',
    chapter: 'Bucket',
    sentence:
      'Content deleted by mistake can be recovered from the bucket even after garbage collection, as long as the bucket keeps it (BKT-2 to BKT-4). The version becomes COMMITTED again if all its objects are recovered; if any is missing, the recovery is refused with a list of them.',
    basis: ['doc', 'chosen'],
    basisNote:
      'Documented: content can be brought back from the bucket. Our choice: a version returns whole or not at all.',
    sources: [SOURCES.awsDeleteMarkers, SOURCES.gcpVersioning, SOURCES.azureSoftDelete],
  },
  {
    id: 'BKT-6',
    chapter: 'Bucket',
    sentence:
      'If somebody deletes an object directly in the bucket, its version stays COMMITTED but cannot be downloaded. `verify` names the version, path and object.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.manageBucket],
  },
  {
    id: 'BKT-7',
    chapter: 'Bucket',
    sentence:
      'Bytes are counted in three ways: *logical* adds up the files of the committed versions, without references; *stored* is what the bucket has as current objects; *billed* is stored plus the noncurrent and soft-deleted copies.',
    basis: ['doc', 'chosen'],
    basisNote: 'Documented: copies kept after a deletion still cost storage. Our choice: the three figures.',
    sources: [SOURCES.manageBucket, SOURCES.artifactStorage],
  },
  {
    id: 'BKT-8',
    chapter: 'Bucket',
    sentence:
      'Switching versioning off suspends it: earlier noncurrent copies stay and follow the lifecycle rules. On AWS and MinIO, deleting an object written while versioning was on still leaves a noncurrent copy; deleting one written since is final. On GCP every delete is then final, unless soft delete keeps the object.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.awsSuspended, SOURCES.gcpVersioning, SOURCES.minioVersioning],
  },
  {
    id: 'ACL-1',
    chapter: 'People',
    sentence: 'Members with view-only access can read everything and change nothing.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.teams],
  },
  {
    id: 'ACL-2',
    chapter: 'People',
    sentence:
      'A member can log, edit aliases and delete artifacts, but can end and delete only their own runs. The admins of the team decide whether members can set a TTL.',
    basis: ['doc', 'chosen'],
    basisNote: 'Documented: the roles, and who deletes a run. Our choice: who ends one.',
    sources: [SOURCES.teams, SOURCES.ttl],
  },
  {
    id: 'ACL-3',
    chapter: 'People',
    sentence:
      "A team admin can do everything that a member can, and decides the team's default TTL and who else can set a TTL.",
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.teams, SOURCES.ttl],
  },
  {
    id: 'ACL-4',
    chapter: 'People',
    sentence:
      'A registry has its own roles: viewer, member (who can link, unlink, edit ordinary aliases and delete a registry collection) and admin (who can also edit protected aliases and do what they block). Team roles do not apply there.',
    basis: ['doc'],
    basisNote: null,
    sources: [SOURCES.registryAccess, SOURCES.aliases],
  },
] as const satisfies readonly Rule[];

/** The identifier of a rule; the literal type makes a misspelled one a compile error. */
export type RuleId = (typeof RULES)[number]['id'];

/** What each basis means, as shown to the reader of a rule. */
export const BASIS_MEANING: Readonly<Record<Basis, string>> = {
  doc: "The public documentation of the service, or of the bucket's provider, states it.",
  sdk: 'The source of the public Python SDK states or enforces it.',
  said: 'A maintainer said it, or users reported it, in a public thread.',
  chosen: 'The service does not document it, so the simulator chooses.',
  ours: 'The simulator promises it; it says nothing about the service.',
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
