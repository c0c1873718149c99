import { refused } from '../lifecycle/decision.ts';
import { lookUpCollection } from '../lifecycle/targeting.ts';
import { nameOfVersion } from '../store/look-up.ts';
import type { Store } from '../store/store.ts';
import type { Version } from '../store/version.ts';
import { type CollectionName, shortCollectionName } from '../values/names.ts';
import { type Answer, answered, following } from './answer.ts';
import type { Address } from './fetched.ts';
import { linksTo } from './lineage.ts';

/** Where a version is in an artifact collection: in its sequence, or as a link in a portfolio. Refuses with `not-found`. */
export function addressIn(store: Store, version: Version, name: CollectionName): Answer<Address> {
  return following(lookUpCollection(store, name), ({ id }) => {
    if (id === version.collectionId) return answered({ versionId: version.id, link: null });
    const address = linksTo(store, version.id).find(({ link }) => link?.portfolioId === id);
    if (address !== undefined) return answered(address);
    return refused('notInCollection', {
      version: nameOfVersion(store, version.id),
      collection: shortCollectionName(name),
    });
  });
}
