import type { ServerBlock } from '../histories/story-step.ts';
import { DAY } from './format.ts';

/** Bytes that lie in the bucket under one key: current, or a copy of what was deleted. */
export interface Copy {
  readonly scope: string;
  readonly content: string;
  /** In bytes. */
  readonly size: number;
  kind: 'stored' | 'noncurrent' | 'soft-deleted';
  /** When it was deleted, in seconds; meaningless while it is stored. */
  since: number;
  /** When a soft-deleted copy is dropped, in seconds, as the setting stood when it was deleted. */
  until: number;
  /** Whether versioning was on when the bytes were written. */
  readonly versioned: boolean;
}

/** The naive bucket (BKT-1 to BKT-4, BKT-8): one list of everything that costs storage. */
export class NaiveBucket {
  copies: Copy[] = [];

  /** What the bucket has of an object, the oldest first. */
  of(scope: string, content: string): readonly Copy[] {
    return this.copies.filter((one) => one.scope === scope && one.content === content);
  }

  /** What it keeps of deleted bytes, the oldest first. */
  kept(scope: string, content: string): readonly string[] {
    const copies = this.of(scope, content).filter(({ kind }) => kind !== 'stored');
    return copies.map(({ kind, since }) => `${kind} since ${since}`);
  }

  /** What the bucket says of an object. */
  status(scope: string, content: string): string {
    const copies = this.of(scope, content);
    if (copies.some(({ kind }) => kind === 'stored')) return 'stored';
    return copies.at(-1)?.kind ?? 'gone';
  }

  /** Puts bytes where none are current. */
  put(scope: string, content: string, size: number, server: ServerBlock): void {
    if (this.status(scope, content) === 'stored') return;
    const versioned = server.bucket?.versioning === true;
    this.copies.push({ scope, content, size, kind: 'stored', since: 0, until: 0, versioned });
  }

  /** Deletes what is current, and keeps of it what the server's bucket keeps. */
  remove(scope: string, content: string, server: ServerBlock, now: number): void {
    const current = this.of(scope, content).find((one) => one.kind === 'stored');
    if (current === undefined) return;
    const { provider = 'managed', versioning = false, softDelete = false } = server.bucket ?? {};
    const suspended = current.versioned && (provider === 'aws' || provider === 'minio');
    this.copies = this.copies.filter((one) => one !== current);
    if (provider !== 'managed' && (versioning || suspended)) {
      this.copies.push({ ...current, kind: 'noncurrent', since: now });
    } else if (softDelete) {
      this.copies.push({
        ...current,
        kind: 'soft-deleted',
        since: now,
        until: softDeletedUntil(server, now),
      });
    }
    this.drop(server, now);
  }

  /** Makes the newest copy current where nothing is. */
  reinstate(scope: string, content: string): void {
    const newest = this.of(scope, content).at(-1);
    if (newest !== undefined && this.status(scope, content) !== 'stored') newest.kind = 'stored';
  }

  /** When the next copies are dropped. */
  nextDrop(server: ServerBlock): number {
    return Math.min(...this.copies.map((copy) => this.#dropTime(copy, server)));
  }

  /** Drops the copies whose time is over; on GCP a noncurrent one is then soft-deleted. */
  drop(server: ServerBlock, now: number): void {
    const due = this.copies.filter((copy) => this.#dropTime(copy, server) <= now);
    const { provider, softDelete = false } = server.bucket ?? {};
    for (const copy of due) {
      if (copy.kind === 'noncurrent' && provider === 'gcp' && softDelete) {
        Object.assign(copy, { kind: 'soft-deleted', since: now, until: softDeletedUntil(server, now) });
      } else this.copies = this.copies.filter((one) => one !== copy);
    }
  }

  #dropTime(copy: Copy, server: ServerBlock): number {
    if (copy.kind === 'stored') return Number.POSITIVE_INFINITY;
    if (copy.kind === 'soft-deleted') return copy.until;
    const newer = this.of(copy.scope, copy.content).filter(
      (one) => one.kind === 'noncurrent' && this.copies.indexOf(one) > this.copies.indexOf(copy),
    );
    const { lifecycle = [{ noncurrentDays: 30 }] } = server.bucket ?? {};
    const times = lifecycle
      .filter(({ newerCopies }) => newerCopies === undefined || newer.length >= newerCopies)
      .map(({ noncurrentDays = 0 }) => copy.since + noncurrentDays * DAY);
    return Math.min(...times);
  }
}

function softDeletedUntil(server: ServerBlock, now: number): number {
  return now + (server.bucket?.softDeleteDays ?? 7) * DAY;
}
