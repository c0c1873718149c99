import { type Answer, answered, following } from '../../../service/answer.ts';
import type { Turn } from '../../../service/turns.ts';
import type { CollectionKind } from '../../../store/artifact-collection.ts';
import { existingCollection } from '../../../store/look-up.ts';
import { type CollectionName, printable } from '../../../values/names.ts';
import type { Context } from '../context.ts';
import { requestError } from '../errors.ts';
import { collectionNode } from '../nodes/nodes.ts';
import { tagNode } from '../nodes/tag.ts';
import { collectionOf, type Input, type Optional, type TagInput, tagNames } from './inputs.ts';

interface Description {
  readonly name?: Optional<string>;
  readonly description?: Optional<string>;
}

interface TagsInput {
  readonly entityName: string;
  readonly projectName: string;
  readonly artifactCollectionName: string;
  readonly tags: readonly TagInput[];
}

interface SequenceInput {
  readonly artifactSequenceID: string;
}

interface PortfolioInput {
  readonly artifactPortfolioID: string;
}

/** The mutations of artifact collections. */
export const COLLECTION_MUTATIONS = {
  deleteArtifactSequence: ({ input }: Input<SequenceInput>, context: Context) =>
    change(context, input.artifactSequenceID, 'sequence', remove),

  deleteArtifactPortfolio: ({ input }: Input<PortfolioInput>, context: Context) =>
    change(context, input.artifactPortfolioID, 'portfolio', remove),

  updateArtifactSequence: ({ input }: Input<SequenceInput & Description>, context: Context) =>
    change(context, input.artifactSequenceID, 'sequence', (turn, name) => update(turn, name, input)),

  updateArtifactPortfolio: ({ input }: Input<PortfolioInput & Description>, context: Context) =>
    change(context, input.artifactPortfolioID, 'portfolio', (turn, name) => update(turn, name, input)),

  moveArtifactSequence: (
    { input }: Input<SequenceInput & { readonly destinationArtifactTypeName: string }>,
    context: Context,
  ) =>
    change(context, input.artifactSequenceID, 'sequence', (turn, collection) =>
      turn.apply({
        type: 'changeCollectionType',
        collection,
        artifactType: input.destinationArtifactTypeName,
      }),
    ),

  createArtifactCollectionTagAssignments: async ({ input }: Input<TagsInput>, context: Context) => {
    const tags = await changeTags(context, input, (before, given) => [...before, ...given]);
    return { tags: tags.map(tagNode) };
  },

  deleteArtifactCollectionTagAssignments: async ({ input }: Input<TagsInput>, context: Context) => {
    await changeTags(context, input, (before, given) => before.filter((name) => !given.includes(name)));
    return { success: true };
  },
};

async function change(
  context: Context,
  wireId: string,
  kind: CollectionKind,
  body: (turn: Turn, name: CollectionName) => Answer<unknown>,
) {
  const collection = collectionOf(context.store, wireId);
  const { name } = collection;
  if (collection.kind !== kind) throw requestError(`Expected the id of a ${kind}.`);
  await context.act(`change ${printable(name.collection)}`, name.entity, (turn) => body(turn, name));
  return { artifactCollection: collectionNode(collection) };
}

function remove(turn: Turn, collection: CollectionName): Answer<unknown> {
  return turn.apply({ type: 'deleteCollection', collection });
}

function update(turn: Turn, collection: CollectionName, { name, description }: Description): Answer<unknown> {
  const described =
    typeof description === 'string'
      ? turn.apply({ type: 'describeCollection', collection, facts: { description } })
      : answered(null);
  return following(described, () =>
    typeof name === 'string'
      ? turn.apply({ type: 'renameCollection', collection, to: name })
      : answered(null),
  );
}

async function changeTags(
  context: Context,
  input: TagsInput,
  changed: (before: readonly string[], given: readonly string[]) => readonly string[],
): Promise<readonly string[]> {
  const { entityName: entity, projectName: project, artifactCollectionName } = input;
  const collection = { entity, project, collection: artifactCollectionName };
  const given = tagNames(input.tags);
  await context.act(`change the tags of ${printable(artifactCollectionName)}`, entity, (turn) => {
    const before = existingCollection(turn.store, collection)?.facts?.tags ?? [];
    return turn.apply({ type: 'describeCollection', collection, facts: { tags: changed(before, given) } });
  });
  return given;
}
