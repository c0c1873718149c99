import { ArtifactTTL } from '../../../src/sdk/index.ts';
import { existingCollection } from '../../../src/store/look-up.ts';
import type { Store } from '../../../src/store/store.ts';
import type { RequestedTtl } from '../../../src/store/time-to-live.ts';
import {
  type CollectionName,
  formatSelector,
  fullCollectionName,
  parseCollectionName,
  parseVersionName,
  type VersionName,
} from '../../../src/values/names.ts';
import type { Parsed } from '../../../src/values/result.ts';
import { parseDuration, type Seconds } from '../../../src/values/units.ts';
import { canonical } from '../stores/canonical-summary.ts';

/** The name of a version or a link as a script writes it; null where no script can. */
export function versionText(name: VersionName): string | null {
  const text = `${fullCollectionName(name.collection)}:${formatSelector(name.selector)}`;
  return expressible(text, name, parseVersionName);
}

/** The name of an artifact collection as a script writes it; null where no script can. */
export function collectionText(name: CollectionName): string | null {
  return expressible(fullCollectionName(name), name, parseCollectionName);
}

/** The text of a name, or null where the text would mean another. */
export function expressible<Name>(
  text: string,
  name: Name,
  parse: (text: string) => Parsed<Name>,
): string | null {
  const read = parse(text);
  return read.ok && canonical(read.value) === canonical(name) ? text : null;
}

/** The type of an artifact collection that exists, and otherwise the one that a new one would have. */
export function typeOf(store: Store, name: CollectionName): string {
  return existingCollection(store, name)?.artifactType ?? 'dataset';
}

/** A TTL as a script gives it; undefined where a script cannot. */
export function ttlOf(ttl: RequestedTtl): Seconds | ArtifactTTL | null | undefined {
  if (ttl.kind === 'none') return null;
  if (ttl.kind === 'inherit') return ArtifactTTL.INHERIT;
  if (ttl.kind === 'lasting') return ttl.seconds;
  const duration = parseDuration(ttl.given);
  return duration.ok ? duration.value : undefined;
}
