import { statusOf } from '../../bucket/blob.ts';
import type { StoreEvent } from '../../decider/event.ts';
import type { Names } from '../../explore/exploration.ts';
import { mayExpire } from '../../store/expiry.ts';
import { holdersOf } from '../../store/holders.ts';
import { aliasIndex, existingCollection, find, nameOfVersion, versionAt } from '../../store/look-up.ts';
import { entryAt } from '../../store/manifest.ts';
import type { Store } from '../../store/store.ts';
import { objectIdOf } from '../../store/stored-object.ts';
import { expiryOf, type TimeToLive } from '../../store/time-to-live.ts';
import type { Version } from '../../store/version.ts';
import {
  type LinkId,
  type ObjectId,
  printable,
  shortCollectionName,
  shortVersionName,
} from '../../values/names.ts';
import { byCodePoint } from '../../values/order.ts';
import { formatDuration, formatSize } from '../../values/units.ts';
import type { ExpectationKey, Expectations } from '../language/schema-expect.ts';
import type { VersionOrId } from '../language/schema-values.ts';
import { existingIds } from './show.ts';
import { nameIn } from './step-targets.ts';

/** The facts that claims are compared with. */
export interface Facts {
  readonly store: Store;
  /** The versions that steps named with an `id`. */
  readonly names: Names;
  /** The events since the last `expect`. */
  readonly events: readonly StoreEvent[];
  /** The bytes that the last garbage collection with something to do freed. */
  readonly freedBytes: number;
}

/** A claim with the expected and the actual value. */
export interface Compared {
  readonly key: ExpectationKey;
  readonly claim: string;
  readonly expected: string;
  readonly actual: string;
  /** Whether they are equal. */
  readonly holds: boolean;
}

/** A claim in a few words: `stored 6MB`, `state of animals:v0: DELETED`. */
export function claimText({ key, claim, expected }: Compared): string {
  return claim === key ? `${claim} ${expected}` : `${claim}: ${expected}`;
}

const MOST_CHARACTERS = 2_000;
const NO_SUCH_VERSION = 'never existed, or cannot be found by alias';

/** Compares every claim of an `expect` with the facts. */
export function compare(expectations: Expectations, facts: Facts): readonly Compared[] {
  const { store } = facts;
  const versionOf = (target: VersionOrId) => {
    const name = nameIn(target, facts.names, store);
    return name === null ? undefined : versionAt(store, name);
  };
  const nameOf = (target: VersionOrId) => canonicalName(store, target, versionOf(target));
  const compared: Compared[] = [];
  const claim = (key: ExpectationKey, what: string, expected: string, actual: string) =>
    compared.push({
      key,
      claim: printable(what, MOST_CHARACTERS),
      expected: printable(expected, MOST_CHARACTERS),
      actual: printable(actual, MOST_CHARACTERS),
      holds: expected === actual,
    });
  for (const { key, text, value } of expectations.state ?? []) {
    claim('state', `state of ${text}`, value, versionOf(key)?.state.kind ?? NO_SUCH_VERSION);
  }
  for (const { key, text, value } of expectations.aliases ?? []) {
    for (const [alias, index] of value) {
      const collection = existingCollection(store, key);
      const actual = collection === undefined ? undefined : aliasIndex(collection, alias);
      claim('aliases', `alias ${alias} of ${text}`, indexText(index ?? undefined), indexText(actual));
    }
  }
  for (const target of expectations['not found'] ?? []) {
    const name = nameIn(target, facts.names, store);
    const found = name === null ? undefined : find(store, name);
    const actual = found === undefined ? 'not found' : `found, as ${nameOfVersion(store, found.version.id)}`;
    claim('not found', targetText(target), 'not found', actual);
  }
  for (const { key, text, value } of expectations.versions ?? []) {
    const listed = [...(existingCollection(store, key)?.listed.keys() ?? [])];
    const sorted = [...value].sort((left, right) => left - right);
    claim('versions', `versions of ${text}`, list(sorted.map(indexText)), list(listed.map(indexText)));
  }
  for (const { key, text, value } of expectations.holders ?? []) {
    const expected = value.map(nameOf).sort(byCodePoint);
    claim(
      'holders',
      `holders of ${text}`,
      list(expected),
      holdersText(store, versionOf(key.version), key.path),
    );
  }
  for (const { key, text, value } of expectations.object ?? []) {
    claim('object', `object ${text}`, value, objectText(store, versionOf(key.version), key.path));
  }
  for (const { key, text, value } of expectations.ttl ?? []) {
    claim('ttl', `ttl of ${text}`, ttlText(value), ttlText(versionOf(key)?.ttl));
  }
  for (const { key, text, value } of expectations['expires in'] ?? []) {
    const expected = value === null ? 'never' : formatDuration(value);
    claim('expires in', `${text} expires in`, expected, expiresIn(store, versionOf(key)));
  }
  for (const { key, text, value } of expectations.links ?? []) {
    const links = versionOf(key)?.links.map((linkId) => linkName(store, linkId)) ?? [];
    const expected = value.map(targetText).sort(byCodePoint);
    claim('links', `links to ${text}`, list(expected), list([...links].sort(byCodePoint)));
  }
  if (expectations.collections !== undefined) {
    const expected = expectations.collections.map(shortCollectionName).sort(byCodePoint);
    const actual = existingIds(store).flatMap((id) => {
      const collection = store.collections.get(id);
      return collection === undefined ? [] : [shortCollectionName(collection.name)];
    });
    claim('collections', 'collections', list(expected), list(actual));
  }
  const figures = [
    ['logical', store.logicalBytes],
    ['stored', store.bucket.storedBytes],
    ['billed', store.bucket.billedBytes],
    ['freed', facts.freedBytes],
  ] as const;
  for (const [key, actual] of figures) {
    const expected = expectations[key];
    if (expected !== undefined) claim(key, key, formatSize(expected), formatSize(actual));
  }
  if (expectations.events !== undefined) {
    claim('events', 'events', list(expectations.events), list(facts.events.map((event) => event.type)));
  }
  return compared;
}

function ttlText(ttl: TimeToLive | undefined): string {
  if (ttl === undefined) return NO_SUCH_VERSION;
  return ttl.kind === 'lasting' ? formatDuration(ttl.seconds) : ttl.kind;
}

// An expired version waits for the next scheduled run, which is not now.
function expiresIn(store: Store, version: Version | undefined): string {
  if (version === undefined) return NO_SUCH_VERSION;
  const expiry = mayExpire(store, version) ? expiryOf(version, store.people.ttlDefaultSeconds) : null;
  return expiry === null ? 'never' : formatDuration(Math.max(0, expiry - store.now));
}

function holdersText(store: Store, version: Version | undefined, path: string): string {
  return ofObject(version, path, (objectId) => {
    const holders = holdersOf(store, objectId);
    return list(holders.map((holder) => nameOfVersion(store, holder.id)).sort(byCodePoint));
  });
}

function objectText(store: Store, version: Version | undefined, path: string): string {
  return ofObject(version, path, (objectId) => statusOf(store.bucket.blobs.get(objectId)));
}

function ofObject(
  version: Version | undefined,
  path: string,
  answer: (objectId: ObjectId) => string,
): string {
  const entry = version === undefined ? undefined : entryAt(version.manifest, path);
  if (version === undefined || entry === undefined) return 'no such path';
  if (entry.kind === 'reference') return 'a reference, which is no object';
  return answer(objectIdOf(version.scope, entry.digest));
}

function canonicalName(store: Store, target: VersionOrId, version: Version | undefined): string {
  return version === undefined ? targetText(target) : nameOfVersion(store, version.id);
}

function targetText(target: VersionOrId): string {
  return target.by === 'id' ? target.id : shortVersionName(target.name);
}

function linkName(store: Store, linkId: LinkId): string {
  const link = store.links.get(linkId);
  const portfolio = link === undefined ? undefined : store.collections.get(link.portfolioId);
  return portfolio === undefined || link === undefined
    ? linkId
    : shortVersionName({ collection: portfolio.name, selector: { kind: 'index', index: link.index } });
}

function indexText(index: number | undefined): string {
  return index === undefined ? 'absent' : `v${index}`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? 'none' : items.join(', ');
}
