import { isCommand } from '../../../src/simulator/action.ts';
import { EVENT_TYPES } from '../../../src/decider/event.ts';
import type { Store } from '../../../src/store/store.ts';
import { metIn, WANTED_LATER } from './later-coverage.ts';
import type { Played } from '../histories/play-history.ts';

/** What random histories must do at least once, or the properties that they show are worth little. */
export const WANTED = [
  'two versions share an object',
  'two artifact collections share an object',
  'a version shares an object that only soft-deleted versions hold',
  'a version shares an object that nothing holds any more',
  'an object is freed',
  'an object that was freed is uploaded again',
  'one content lies at two paths of a version',
  'an empty version is logged',
  'a collection crashes half-way',
  'a collection that crashed half-way is resumed to its end',
  'a collection crashes twice before its end',
  'an object is retained',
  'a version is reused',
  'a command is refused',
  'a command is accepted and changes nothing',
  'a deleted collection is created again',
  'a deleted collection is created again as the other kind',
  'an alias moves',
  'latest moves back to an older version',
  'a linked version is deleted',
  'a link is deleted by its name, and its source stays',
  'a collection is deleted during an upload',
  'an upload is committed after one that began later',
  'a bulk deletion deletes one and refuses another',
  'the scheduled job collects while time passes',
  'a version is named __proto__, in part',
  ...WANTED_LATER,
] as const;

/** Something that histories must do at least once. */
export type Wanted = (typeof WANTED)[number];

/** Counts how often histories did what they should. */
export class Coverage {
  readonly counts = new Map<string, number>([...WANTED, ...EVENT_TYPES].map((wanted) => [wanted, 0]));
  readonly #freed = new Set<string>();
  #crashesInARow = 0;

  /** Begins another history. */
  newHistory(): void {
    this.#freed.clear();
    this.#crashesInARow = 0;
  }

  /** Looks at one call. */
  look(played: Played): void {
    const { call, outcome, before, after } = played;
    for (const met of metIn(played)) this.#meet(met);
    if (!outcome.ok) {
      this.#meet('a command is refused');
      this.#count(`refused with ${outcome.refusal.code}`);
      return;
    }
    const kinds = new Set(outcome.events.map((event) => event.type));
    if (outcome.events.length === 0 && isCommand(call)) {
      this.#meet('a command is accepted and changes nothing');
    }
    if (call.type === 'wait' && kinds.has('holdsReleased')) {
      this.#meet('the scheduled job collects while time passes');
    }
    if (kinds.has('deletionRefused') && kinds.has('versionDeleted')) {
      this.#meet('a bulk deletion deletes one and refuses another');
    }
    if (kinds.has('linkRemoved') && kinds.has('versionDeleted')) this.#meet('a linked version is deleted');
    if (kinds.has('linkRemoved') && isCommand(call) && call.type === 'deleteVersion') {
      if (!kinds.has('versionDeleted')) this.#meet('a link is deleted by its name, and its source stays');
    }
    for (const event of outcome.events) {
      this.#count(event.type);
      this.#lookAt(event, before);
    }
    if (call.type === 'collectGarbage') this.#lookAtRun(kinds, before, after);
  }

  #lookAt(event: (Played['outcome'] & { ok: true })['events'][number], before: Store): void {
    switch (event.type) {
      case 'versionBegun': {
        for (const objectId of event.alreadyStored) this.#lookAtShared(before, objectId, event.collectionId);
        if (event.uploaded.some((objectId) => this.#freed.has(objectId))) {
          this.#meet('an object that was freed is uploaded again');
        }
        const files = event.manifest.entries.flatMap((entry) => (entry.kind === 'file' ? entry.digest : []));
        if (new Set(files).size < files.length) this.#meet('one content lies at two paths of a version');
        if (event.manifest.entries.length === 0) this.#meet('an empty version is logged');
        const texts = [
          ...event.tags,
          ...event.requestedAliases,
          ...event.manifest.entries.map(({ path }) => path),
        ];
        if (texts.includes('__proto__')) this.#meet('a version is named __proto__, in part');
        return;
      }
      case 'versionReused':
        this.#meet('a version is reused');
        return;
      case 'versionCommitted': {
        const version = before.versions.get(event.versionId);
        const newest = version && before.collections.get(version.collectionId)?.listed.lastKey();
        const last = newest === undefined ? undefined : version && before.collections.get(version.collectionId)?.listed.get(newest);
        if (last !== undefined && version !== undefined && (before.versions.get(last)?.serial ?? -1) > version.serial) {
          this.#meet('an upload is committed after one that began later');
        }
        return;
      }
      case 'collectionCreated': {
        const known = before.collections.get(event.collectionId);
        if (event.again) this.#meet('a deleted collection is created again');
        if (known !== undefined && known.kind !== event.kind) {
          this.#meet('a deleted collection is created again as the other kind');
        }
        return;
      }
      case 'aliasPut':
        if (event.movedFrom === null) return;
        this.#meet('an alias moves');
        if (event.alias === 'latest' && event.index < event.movedFrom) {
          this.#meet('latest moves back to an older version');
        }
        return;
      case 'versionDeleted':
        if (before.versions.get(event.versionId)?.state.kind === 'PENDING') {
          this.#meet('a collection is deleted during an upload');
        }
        return;
      case 'objectSwept':
        this.#freed.add(event.objectId);
        if (event.freedBytes > 0) this.#meet('an object is freed');
        return;
      case 'objectRetained':
        this.#meet('an object is retained');
        return;
      default:
        return;
    }
  }

  #lookAtShared(before: Store, objectId: string, collectionId: string): void {
    const holders = [...before.versions.unorderedRows()].filter(
      ({ scope, manifest, state }) =>
        manifest.entries.some((entry) => entry.kind === 'file' && `${scope}/${entry.digest}` === objectId) &&
        state.kind !== 'DELETED' &&
        !(state.kind === 'PENDING_DELETION' && state.stage === 'released'),
    );
    if (holders.length === 0) {
      this.#meet('a version shares an object that nothing holds any more');
      return;
    }
    this.#meet('two versions share an object');
    if (holders.every((holder) => holder.collectionId !== collectionId)) {
      this.#meet('two artifact collections share an object');
    }
    if (holders.every((holder) => holder.state.kind === 'PENDING_DELETION')) {
      this.#meet('a version shares an object that only soft-deleted versions hold');
    }
  }

  #lookAtRun(kinds: ReadonlySet<string>, before: Store, after: Store): void {
    if (kinds.has('garbageCollectionCrashed')) {
      if (!unfinished(after)) return;
      this.#meet('a collection crashes half-way');
      this.#crashesInARow += 1;
      return;
    }
    if (!unfinished(before)) return;
    if (this.#crashesInARow > 0) this.#meet('a collection that crashed half-way is resumed to its end');
    if (this.#crashesInARow > 1) this.#meet('a collection crashes twice before its end');
    this.#crashesInARow = 0;
  }

  #meet(wanted: Wanted): void {
    this.#count(wanted);
  }

  #count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }
}

function unfinished(store: Store): boolean {
  const { reviewed, released, unreferenced } = store.garbageCollection;
  return reviewed.size + released.size + unreferenced.size > 0;
}
