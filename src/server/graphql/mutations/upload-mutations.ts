import { answered, following } from '../../../service/answer.ts';
import { logAgain, newestWith } from '../../../service/logging-again.ts';
import { beginUpload } from '../../../service/uploading.ts';
import { versionOfClientId } from '../../../store/look-up.ts';
import { manifestOf } from '../../../store/manifest.ts';
import type { Store } from '../../../store/store.ts';
import { INHERITED } from '../../../store/time-to-live.ts';
import { versionFacts } from '../../../store/version.ts';
import type { ManifestDigest } from '../../../values/digest.ts';
import { EMPTY_OBJECT } from '../../../values/json.ts';
import {
  type CollectionName,
  fullCollectionName,
  printable,
  shortCollectionName,
} from '../../../values/names.ts';
import { STORAGE_REGION } from '../../files/manifest-json.ts';
import type { Context } from '../context.ts';
import { requestError } from '../errors.ts';
import {
  type Input,
  metadataOf,
  type Optional,
  runOf,
  sequenceOf,
  type TagInput,
  tagNames,
  ttlOf,
  versionOf,
  wholeNumber,
} from './inputs.ts';

interface CreateArtifactInput {
  readonly entityName: string;
  readonly projectName: string;
  readonly runName?: Optional<string>;
  readonly artifactTypeName: string;
  readonly artifactCollectionName?: Optional<string>;
  readonly artifactCollectionNames?: Optional<readonly string[]>;
  readonly digest: string;
  readonly aliases?: Optional<readonly { readonly alias: string }[]>;
  readonly tags?: Optional<readonly TagInput[]>;
  readonly metadata?: unknown;
  readonly description?: Optional<string>;
  readonly ttlDurationSeconds?: unknown;
  readonly historyStep?: unknown;
  readonly clientID?: Optional<string>;
  readonly distributedID?: Optional<string>;
  readonly enableDigestDeduplication?: Optional<boolean>;
  readonly storageRegion?: Optional<string>;
}

/** The mutations that begin and commit an upload. */
export const UPLOAD_MUTATIONS = {
  createArtifact: async ({ input }: Input<CreateArtifactInput>, context: Context) => {
    const sequence = sequenceIn(input);
    checkRegion(input.storageRegion ?? null);
    const details = detailsIn(input);
    const digest = digestIn(input);
    const versionId = await context.act(`log ${shortCollectionName(sequence)}`, sequence.entity, (turn) => {
      // An API run logs what exists: it sends no files.
      const existing = input.artifactCollectionNames ? newestWith(turn.store, sequence, digest) : undefined;
      if (existing !== undefined) return logAgain(turn, existing, { ...details, facts: null });
      const { artifactTypeName: artifactType, distributedID } = input;
      const isCompared = input.enableDigestDeduplication !== false && !distributedID;
      const begun = beginUpload(turn, {
        ...details,
        collection: sequence,
        artifactType,
        manifest: manifestOf([]),
        announced: isCompared ? digest : null,
        clientIds: clientIdsIn(input, sequence, turn.store),
      });
      return following(begun, ({ version }) => answered(version.id));
    });
    return { artifact: { versionId } };
  },

  commitArtifact: async ({ input }: Input<{ readonly artifactID: string }>, context: Context) => {
    const version = versionOf(context.store, input.artifactID);
    const { entity, collection } = sequenceOf(context.store, version);
    await context.act(`commit ${printable(collection)}`, entity, (turn) =>
      turn.apply({ type: 'commitVersion', versionId: version.id }),
    );
    return { artifact: { versionId: version.id } };
  },
};

function sequenceIn(input: CreateArtifactInput): CollectionName {
  const { entityName: entity, projectName: project } = input;
  const collection = input.artifactCollectionName ?? input.artifactCollectionNames?.[0];
  if (collection !== undefined) return { entity, project, collection };
  throw requestError('Expected "artifactCollectionName".');
}

function checkRegion(region: string | null): void {
  if (region === null || region === STORAGE_REGION) return;
  throw requestError(
    `Nothing can be stored in "${printable(region)}": the only region is ${STORAGE_REGION}.`,
  );
}

function digestIn({ digest }: CreateArtifactInput): ManifestDigest {
  if (/^[0-9a-f]{32}$/.test(digest)) return digest as ManifestDigest;
  throw requestError('Expected "digest" to be 32 hexadecimal digits.');
}

function detailsIn(input: CreateArtifactInput) {
  const { aliases, tags, description = null, runName } = input;
  const metadata = metadataOf(input.metadata) ?? EMPTY_OBJECT;
  const historyStep = wholeNumber(input.historyStep, 'historyStep');
  return {
    aliases: (aliases ?? []).map(({ alias }) => alias),
    tags: tagNames(tags),
    facts: versionFacts(description, metadata, historyStep),
    run: typeof runName === 'string' ? runOf({ ...input, runName }) : null,
    ttl: ttlOf(input.ttlDurationSeconds) ?? INHERITED,
  };
}

// The writers of a distributed artifact have one id in common. When they are done, it can be used again.
function clientIdsIn(
  { clientID, distributedID }: CreateArtifactInput,
  sequence: CollectionName,
  store: Store,
): readonly string[] {
  const own = clientID ? [clientID] : [];
  if (!distributedID) return own;
  for (let number = 1; ; number += 1) {
    const shared = `${distributedID} of ${fullCollectionName(sequence)} (${number})`;
    const state = versionOfClientId(store, shared)?.state.kind ?? 'PENDING';
    if (state === 'PENDING') return [...own, shared];
  }
}
