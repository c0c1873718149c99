import type { BucketPolicy } from '../../../src/bucket/policy.ts';
import type { StoreEvent } from '../../../src/decider/event.ts';
import type { Store } from '../../../src/store/store.ts';
import { DAY } from '../arbitraries/parts.ts';
import { naiveObjectsOf } from './recount.ts';

interface Copy {
  readonly number: number;
  readonly kind: 'noncurrent' | 'soft-deleted';
  readonly since: number;
  readonly until: number | null;
}

/**
 * A bucket that follows the events of a history, for every key a list of copies, looked through whole each time
 * (BKT-1 to BKT-5). It also remembers who took what out behind the store's back (BKT-6), which the store cannot know.
 */
export class NaiveBucket {
  readonly #current = new Set<string>();
  readonly #copies = new Map<string, readonly Copy[]>();
  readonly #missing = new Set<string>();
  #policy: BucketPolicy;
  #made = 0;

  constructor(policy: BucketPolicy) {
    this.#policy = policy;
  }

  /** Follows one event, on the store as it is before it. */
  follow(event: StoreEvent, { now, versions, settings }: Store): void {
    switch (event.type) {
      case 'versionBegun':
        for (const key of event.uploaded) this.#put(key);
        return;
      case 'bucketCallFaulted':
        if (event.fault === 'fails') return;
        if (event.call === 'put') this.#put(event.objectId);
        else if (event.call === 'delete') this.#delete(event.objectId, now);
        else this.#undelete(event.objectId);
        return;
      case 'objectSwept':
        this.#delete(event.objectId, now);
        return;
      case 'deletedOutOfBand':
        this.#delete(event.objectId, now);
        this.#missing.add(event.objectId);
        return;
      case 'undeletedOutOfBand':
        this.#undelete(event.objectId);
        return;
      case 'versionRecovered': {
        const version = versions.get(event.versionId);
        if (version !== undefined) for (const key of naiveObjectsOf(version)) this.#undelete(key);
        return;
      }
      case 'copiesDropped':
        for (const [key, copies] of this.#copies) {
          this.#copies.set(
            key,
            copies.filter((copy) => dropTime(copy, this.#policy) > now),
          );
        }
        return;
      case 'settingsChanged':
        this.#policy = { ...settings.bucket, ...event.changes.bucket };
        for (const key of this.#copies.keys()) this.#trim(key);
        return;
      default:
        return;
    }
  }

  /** What the store's own bucket has that this one has not, or the other way round. */
  violations({ bucket, versions, now }: Store): readonly string[] {
    const violations: string[] = [];
    const keys = new Set([...this.#current, ...this.#copies.keys()]);
    for (const { key, current, copies } of bucket.blobs.unorderedRows()) {
      keys.delete(key);
      const says = textOf(current, copies);
      const is = textOf(this.#current.has(key), this.#copies.get(key) ?? []);
      if (says !== is) violations.push(`BKT-2: ${key} is ${says}, and should be ${is}`);
    }
    for (const key of keys) violations.push(`BKT-1: ${key} was put, and is not known to the bucket`);
    for (const { id, state, ...version } of versions.unorderedRows()) {
      if (state.kind !== 'COMMITTED') continue;
      for (const key of naiveObjectsOf({ id, state, ...version })) {
        if (!this.#current.has(key) && !this.#missing.has(key)) {
          violations.push(`BKT-6: ${id} lacks ${key} at ${now}, and nobody took it out`);
        }
      }
    }
    return violations;
  }

  /** The copies whose time is over, which should be dropped by now (BKT-3, BKT-4). */
  overdue(now: number): readonly string[] {
    return [...this.#copies].flatMap(([key, copies]) =>
      copies.some((copy) => dropTime(copy, this.#policy) <= now)
        ? [`BKT-3: ${key} keeps a copy too long`]
        : [],
    );
  }

  #put(key: string): void {
    this.#current.add(key);
    this.#missing.delete(key);
  }

  #undelete(key: string): void {
    const copies = this.#copies.get(key) ?? [];
    if (this.#current.has(key) || copies.length === 0) return;
    this.#copies.set(key, copies.slice(0, -1));
    this.#put(key);
  }

  #delete(key: string, now: number): void {
    if (!this.#current.delete(key)) return;
    const { provider, versioning, softDelete, softDeleteDays } = this.#policy;
    const copies = this.#copies.get(key) ?? [];
    const keeps = provider === 'azure' ? softDelete : versioning;
    const number = this.#made;
    if (keeps) this.#made += 1;
    if (provider === 'azure' && softDelete) {
      const until = now + softDeleteDays * DAY;
      this.#copies.set(key, [...copies, { kind: 'soft-deleted', number, since: now, until }]);
    } else if (provider !== 'azure' && versioning) {
      this.#copies.set(key, [...copies, { kind: 'noncurrent', number, since: now, until: null }]);
      this.#trim(key);
    }
  }

  // BKT-3: the newest noncurrent copies stay, as long as the bucket has the lifecycle rule at all.
  #trim(key: string): void {
    const copies = this.#copies.get(key) ?? [];
    if (!this.#policy.versioning) return;
    let spare = copies.filter(({ kind }) => kind === 'noncurrent').length - this.#policy.noncurrentCopies;
    this.#copies.set(
      key,
      copies.filter(({ kind }) => {
        if (kind !== 'noncurrent' || spare <= 0) return true;
        spare -= 1;
        return false;
      }),
    );
  }
}

function dropTime({ since, until }: Copy, { noncurrentDays }: BucketPolicy): number {
  return until ?? since + noncurrentDays * DAY;
}

function textOf(current: boolean, copies: readonly Copy[]): string {
  const kept = copies.map(({ kind, number, since }) => `${kind} ${number} since ${since}`);
  return [current ? 'current' : 'not current', ...kept].join(', ');
}
