import { type Answer, following } from '../../../service/answer.ts';
import { deleteFetched } from '../../../service/edits.ts';
import { fetchAt, nameAt } from '../../../service/fetched.ts';
import { addressIn } from '../../../service/memberships.ts';
import type { Turn } from '../../../service/turns.ts';
import { indexedName } from '../../../store/look-up.ts';
import type { Version } from '../../../store/version.ts';
import { printable } from '../../../values/names.ts';
import { present } from '../../../values/present.ts';
import type { Context } from '../context.ts';
import { requestError } from '../errors.ts';
import {
  type Input,
  metadataOf,
  type Optional,
  type RunInput,
  runOf,
  sequenceOf,
  type TagInput,
  tagNames,
  ttlOf,
  versionOf,
} from './inputs.ts';

interface UpdateArtifactInput {
  readonly artifactID: string;
  readonly description?: Optional<string>;
  readonly metadata?: unknown;
  readonly ttlDurationSeconds?: unknown;
  readonly tagsToAdd?: Optional<readonly TagInput[]>;
  readonly tagsToDelete?: Optional<readonly TagInput[]>;
  readonly aliases?: unknown;
}

interface AliasesInput {
  readonly artifactID: string;
  readonly aliases: readonly {
    readonly entityName: string;
    readonly projectName: string;
    readonly artifactCollectionName: string;
    readonly alias: string;
  }[];
}

/** The mutations of versions that were logged. */
export const VERSION_MUTATIONS = {
  useArtifact: async ({ input }: Input<RunInput & { readonly artifactID: string }>, context: Context) => {
    const run = runOf(input);
    const version = versionOf(context.store, input.artifactID);
    await context.act(`use an artifact in the run ${printable(run.run)}`, run.entity, (turn) =>
      turn.apply({ type: 'useVersion', version: indexedName(turn.store, version), run }),
    );
    return { artifact: { versionId: version.id } };
  },

  updateArtifact: async ({ input }: Input<UpdateArtifactInput>, context: Context) => {
    if (Array.isArray(input.aliases)) throw requestError('Change aliases with addAliases and deleteAliases.');
    const version = versionOf(context.store, input.artifactID);
    await change(context, 'update', version, (turn) => update(turn, version, input));
    return { artifact: { versionId: version.id } };
  },

  deleteArtifact: async (
    { input }: Input<{ readonly artifactID: string; readonly deleteAliases?: Optional<boolean> }>,
    context: Context,
  ) => {
    const version = versionOf(context.store, input.artifactID);
    await change(context, 'delete', version, (turn) => {
      const fetched = fetchAt(turn.store, { versionId: version.id, link: null });
      return deleteFetched(turn, fetched, input.deleteAliases ?? false);
    });
    return { artifact: { versionId: version.id } };
  },

  addAliases: ({ input }: Input<AliasesInput>, context: Context) => editAliases(context, input, 'add'),

  deleteAliases: ({ input }: Input<AliasesInput>, context: Context) => editAliases(context, input, 'remove'),
};

function change<Value>(
  context: Context,
  verb: string,
  version: Version,
  body: (turn: Turn) => Answer<Value>,
): Promise<Value> {
  const { entity, collection } = sequenceOf(context.store, version);
  return context.act(`${verb} a version of ${printable(collection)}`, entity, body);
}

function update(turn: Turn, version: Version, input: UpdateArtifactInput): Answer<unknown> {
  const { tags: before } = version;
  const name = indexedName(turn.store, version);
  const added = tagNames(input.tagsToAdd);
  const removed = tagNames(input.tagsToDelete);
  const tags = [...new Set([...before, ...added])].filter((tag) => !removed.includes(tag));
  const ttl = ttlOf(input.ttlDurationSeconds);
  const described = turn.apply({
    type: 'setFacts',
    version: name,
    facts: present({
      description: input.description ?? undefined,
      metadata: metadataOf(input.metadata) ?? undefined,
    }),
    tags,
  });
  return described.ok && ttl !== null ? turn.apply({ type: 'setTtl', version: name, ttl }) : described;
}

async function editAliases(context: Context, { artifactID, aliases }: AliasesInput, edit: 'add' | 'remove') {
  const [first] = aliases;
  const version = versionOf(context.store, artifactID);
  if (first === undefined) return { success: true };
  const { entityName: entity, projectName: project, artifactCollectionName: collection } = first;
  const isElsewhere = aliases.some(
    (other) =>
      other.entityName !== entity ||
      other.projectName !== project ||
      other.artifactCollectionName !== collection,
  );
  if (isElsewhere) throw requestError('Expected aliases of one artifact collection.');
  const texts = aliases.map(({ alias }) => alias);
  await context.act(`${edit} aliases in ${printable(collection)}`, entity, (turn) =>
    following(addressIn(turn.store, version, { entity, project, collection }), (address) =>
      turn.apply({
        type: 'editAliases',
        version: nameAt(turn.store, address),
        add: edit === 'add' ? texts : [],
        remove: edit === 'remove' ? texts : [],
        protect: [],
      }),
    ),
  );
  return { success: true };
}
