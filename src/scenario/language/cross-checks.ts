import type { ManifestEntry } from '../../store/manifest.ts';
import type { Store } from '../../store/store.ts';
import type { ContentDigest } from '../../values/digest.ts';
import { printable } from '../../values/names.ts';
import { formatDay, formatSize, type Instant, later } from '../../values/units.ts';
import { idUsedBy } from '../play/commands-of.ts';
import type { Diagnostic } from '../yaml/diagnostic.ts';
import { unknownWord } from '../yaml/nearest-word.ts';
import { encodeKey } from '../yaml/yaml-keys.ts';
import type { PathPart } from '../yaml/yaml-tree.ts';
import type { Folders, PlacedStep } from './scenario.ts';

/** Finds ids that two steps give, and ids that no step gives. */
export function wrongIds(
  steps: readonly PlacedStep[],
  lost: ReadonlySet<string> = new Set(),
): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  const given = new Map<string, number>();
  for (const { step, path, tree } of steps) {
    if (!('id' in step.body) || step.body.id === undefined) continue;
    const line = given.get(step.body.id);
    if (line === undefined) given.set(step.body.id, step.line);
    else {
      const message = `expected another id; the step in line ${line} has given this one`;
      problems.push({ ...tree.position([...path, 'id']), message });
    }
  }
  for (const { step, path, tree } of steps) {
    const id = idUsedBy(step);
    if (id === null || given.has(id) || lost.has(id)) continue;
    const known = [...given.keys()];
    const message = known.length > 0 ? unknownWord('id', id, known) : `expected an id that a step gives`;
    const hint =
      step.kind === 'delete' && id !== ''
        ? `${message.endsWith('?') ? ' A' : '; a'} version is written ${printable(id, 40)}:v0, and "delete collection" deletes all of them`
        : '';
    problems.push({ ...tree.position([...path, step.kind]), message: `${message}${hint}` });
  }
  return problems;
}

/**
 * Finds waits until a date in a story without a beginning, and until one that has passed by then: only waits move the
 * clock, which the first step finds at `now`.
 */
export function wrongWaits(
  steps: readonly PlacedStep[],
  { begins, now }: Pick<Store, 'begins' | 'now'>,
): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  let clock = now;
  for (const { step, path, tree } of steps) {
    if (step.kind !== 'wait') continue;
    const { wait } = step.body;
    if (typeof wait === 'number') clock = later(clock, wait);
    else if (begins !== null && wait.until >= begins + clock) clock = (wait.until - begins) as Instant;
    else {
      const message =
        begins === null
          ? 'expected a duration such as 8d; a story waits until a date if it says "begins: 2026-01-31T08:00:00Z"'
          : `expected a later date: this step begins on ${formatDay(clock, begins)}`;
      problems.push({ ...tree.position([...path, 'wait', 'until']), message });
    }
  }
  return problems;
}

/** Finds steps `by` people who are in neither the team nor a registry. */
export function unknownPeople(steps: readonly PlacedStep[], known: readonly string[]): readonly Diagnostic[] {
  return steps.flatMap(({ step, path, tree }) => {
    const who = 'as' in step.body ? step.body.as : undefined;
    if (who === undefined || known.includes(who)) return [];
    const message =
      known.length > 0
        ? unknownWord('person', who, known)
        : `unknown person "${printable(who, 60)}"; expected one whom the story names: team: { members: { name: member } }`;
    return [{ ...tree.position([...path, 'as']), message }];
  });
}

/** Finds content with two sizes: one name, or one digest, means the same bytes. */
export function contentConflicts(steps: readonly PlacedStep[], folders?: Folders): readonly Diagnostic[] {
  const first = new Map<ContentDigest, PlacedEntry>();
  const problems: Diagnostic[] = [];
  for (const placed of steps) {
    for (const given of entriesIn(placed, folders)) {
      const { entry, path } = given;
      if (entry.kind !== 'file') continue;
      const known = first.get(entry.digest);
      if (known === undefined) first.set(entry.digest, given);
      else if (known.entry.sizeBytes !== entry.sizeBytes) {
        const { line } = placed.tree.position(known.path);
        const expected = `expected ${formatSize(known.entry.sizeBytes)}, the size of this content in line ${line}`;
        const renamed = `${formatSize(entry.sizeBytes)} of something-else`;
        const message = given.real
          ? `${expected}; the real file ${printable(entry.path, 100)} has ${formatSize(entry.sizeBytes)}`
          : `${expected}; other content needs another name: "${renamed}"`;
        problems.push({ ...placed.tree.position(path), message });
      }
    }
  }
  return problems;
}

interface PlacedEntry {
  readonly entry: ManifestEntry;
  readonly path: readonly PathPart[];
  /** Whether it is a file of a real folder, whose content has no other name. */
  readonly real: boolean;
}

function entriesIn({ step, path }: PlacedStep, folders: Folders | undefined): readonly PlacedEntry[] {
  if (step.kind === 'draft') return placedAt(step.body.add ?? [], [...path, 'add']);
  if (step.kind !== 'log' && step.kind !== 'begin') return [];
  const { files = [] } = step.body;
  if (!('from' in files)) return placedAt(files, [...path, 'files']);
  const inFolder = folders?.get(files.from) ?? [];
  return inFolder.map((entry) => ({ entry, path: [...path, 'files', 'from'], real: true }));
}

function placedAt(entries: readonly ManifestEntry[], base: readonly PathPart[]): readonly PlacedEntry[] {
  return entries.map((entry) => ({ entry, path: [...base, encodeKey(entry.path)], real: false }));
}
