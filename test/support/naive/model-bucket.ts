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
  readonly since: number;
  /** For how many days a soft-deleted copy stays, as the setting stood when it was deleted. */
  readonly days: number;
}

/** The naive bucket (BKT-1 to BKT-4): one list of everything that costs storage. */
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
  put(scope: string, content: string, size: number): void {
    if (this.status(scope, content) === 'stored') return;
    this.copies.push({ scope, content, size, kind: 'stored', since: 0, days: 0 });
  }

  /** Deletes what is current, and keeps of it what the server's bucket keeps. */
  remove(scope: string, content: string, server: ServerBlock, now: number): void {
    const current = this.of(scope, content).find((one) => one.kind === 'stored');
    if (current === undefined) return;
    const kind = keptBy(server);
    this.copies = this.copies.filter((one) => one !== current);
    if (kind !== undefined) {
      this.copies.push({ ...current, kind, since: now, days: server.bucket?.softDeleteDays ?? 7 });
      if (kind === 'noncurrent') this.trim(server);
    }
  }

  /** Leaves so many noncurrent copies of each object, the newest. */
  trim(server: ServerBlock): void {
    const most = server.bucket?.noncurrentCopies ?? 1;
    this.copies = this.copies.filter((copy) => {
      const newer = this.of(copy.scope, copy.content).filter(
        (one) => one.kind === 'noncurrent' && this.copies.indexOf(one) > this.copies.indexOf(copy),
      );
      return copy.kind !== 'noncurrent' || newer.length < most;
    });
  }

  /** Makes the newest copy current where nothing is. */
  reinstate(scope: string, content: string): void {
    const newest = this.of(scope, content).at(-1);
    if (newest !== undefined && this.status(scope, content) !== 'stored') newest.kind = 'stored';
  }

  /** When the next copies are dropped, after an instant. */
  nextDrop(server: ServerBlock, now: number): number {
    return Math.min(...this.copies.map((copy) => dropTime(copy, server)).filter((time) => time > now));
  }

  /** Drops the copies whose days are over. */
  drop(server: ServerBlock, now: number): void {
    this.copies = this.copies.filter((copy) => dropTime(copy, server) > now);
  }
}

function dropTime(copy: Copy, server: ServerBlock): number {
  if (copy.kind === 'stored') return Number.POSITIVE_INFINITY;
  const days = copy.kind === 'noncurrent' ? (server.bucket?.noncurrentDays ?? 30) : copy.days;
  return copy.since + days * DAY;
}

/** What a delete leaves: undefined where the bytes are gone at once. */
export function keptBy(server: ServerBlock): 'noncurrent' | 'soft-deleted' | undefined {
  const { provider, versioning = false, softDelete = false } = server.bucket ?? {};
  if (provider === 'azure') return softDelete ? 'soft-deleted' : undefined;
  return versioning && provider !== 'managed' ? 'noncurrent' : undefined;
}
