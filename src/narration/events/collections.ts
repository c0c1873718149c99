import { collectionById } from '../../store/look-up.ts';
import { type CollectionName, shortCollectionName } from '../../values/names.ts';
import { sentence } from '../sentence.ts';
import { type Describers, word } from './description.ts';

/** Describes changes of artifact collections. */
export const DESCRIBE_COLLECTIONS = {
  collectionDescribed: ({ collectionId }, context) => ({
    sentence: sentence`the description or tags of ${context.collection(collectionId)} change, and its versions do not`,
    rule: 'COL-3',
  }),
  collectionRenamed: ({ collectionId, from, to }, context) => {
    const { exists } = collectionById(context.after, collectionId);
    return {
      sentence: exists
        ? sentence`${nameOf(from)} is called ${context.collection(collectionId)} now, with all its versions`
        : sentence`${nameOf(from)}, which is deleted, loses its name and is called ${nameOf(to)} now`,
      rule: 'COL-1',
    };
  },
  collectionTypeChanged: ({ collectionId, from, to }, context) => ({
    sentence: sentence`${context.collection(collectionId)} and its versions have type ${word(to)}, no longer ${word(from)}`,
    rule: 'COL-2',
  }),
} as const satisfies Partial<Describers>;

function nameOf(name: CollectionName): string {
  return word(shortCollectionName(name), 400);
}
