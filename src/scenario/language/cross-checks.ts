import type { ManifestEntry } from '../../store/manifest.ts';
import type { Store } from '../../store/store.ts';
import type { ContentDigest } from '../../values/digest.ts';
import { printable } from '../../values/names.ts';
import { formatDay, formatSize, type Instant, later } from '../../values/units.ts';
import { idUsedBy } from '../play/step-targets.ts';
import type { Diagnostic, Position } from '../yaml/diagnostic.ts';
import { unknownWord } from '../yaml/nearest-word.ts';
import { encodeKey } from '../yaml/yaml-keys.ts';
import type { PathPart, YamlTree } from '../yaml/yaml-tree.ts';
import type { Folders, PlacedStep } from './scenario.ts';
import type { Expectations } from './schema-expect.ts';
import type { VersionOrId } from './schema-values.ts';

/** Finds ids that two steps give, and ids that no step gives. */
export function wrongIds(
  steps: readonly PlacedStep[],
  lost: ReadonlySet<string> = new Set(),
  claims: readonly UsedId[] = [],
): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  const isFirstAt = oncePerPlace();
  const given = new Map<string, number>();
  for (const { step, path, tree } of steps) {
    if (!('id' in step.body) || step.body.id === undefined) continue;
    const line = given.get(step.body.id);
    const place = tree.position([...path, 'id']);
    if (line === undefined) given.set(step.body.id, step.line);
    else if (isFirstAt(place)) {
      const message =
        isRepeated(path) && line === step.line
          ? `expected an id with {n}, since this step is repeated: "${printable(step.body.id, 40)}-{n}"`
          : `expected another id; the step in line ${line} has given this one`;
      problems.push({ ...place, message });
    }
  }
  for (const { id, at, by } of [...steps.flatMap(idsUsedBy), ...claims]) {
    if (given.has(id) || lost.has(id) || !isFirstAt(at)) continue;
    const known = [...given.keys()];
    const message = known.length > 0 ? unknownWord('id', id, known) : `expected an id that a step gives`;
    const written = `${message.endsWith('?') ? ' A' : '; a'} version is written ${printable(id, 40)}:v0`;
    const isUpload = ['upload', 'commit', 'abandon'].includes(by);
    const all = by === 'delete' ? ', and "delete collection" deletes all of them' : '';
    const hint = id === '' || isUpload ? '' : `${written}${all}`;
    problems.push({ ...at, message: `${message}${hint}` });
  }
  return problems;
}

/** An id that a step or a claim uses, with its place. */
interface UsedId {
  readonly id: string;
  readonly at: Position;
  /** The kind of the step, or of the claim. */
  readonly by: string;
}

/** The ids that a claim about a version uses; `path` leads to the claim. */
export function idsInClaim(by: string, expected: Expectations, path: readonly PathPart[], tree: YamlTree) {
  return versionsIn(expected).flatMap(({ version, at }): readonly UsedId[] =>
    version.by === 'id' ? [{ id: version.id, at: tree.keyPosition([...path, ...at]), by }] : [],
  );
}

function idsUsedBy({ step, path, tree }: PlacedStep): readonly UsedId[] {
  if (step.kind === 'expect') return idsInClaim(step.kind, step.body.expect, [...path, 'expect'], tree);
  const id = idUsedBy(step);
  return id === null ? [] : [{ id, at: tree.position([...path, step.kind]), by: step.kind }];
}

function versionsIn({
  state = [],
  ttl = [],
  'expires in': expiries = [],
  links = [],
  holders = [],
  object = [],
  'not found': missing = [],
}: Expectations): readonly { readonly version: VersionOrId; readonly at: readonly PathPart[] }[] {
  const keyed = { state, ttl, 'expires in': expiries, links, holders, object };
  const keys = Object.entries(keyed).flatMap(([claim, entries]) =>
    entries.map(({ key, text }) => ({
      version: 'version' in key ? key.version : key,
      at: [claim, encodeKey(text)],
    })),
  );
  const lists = [
    { listed: missing, at: ['not found'] },
    ...Object.entries({ links, holders }).flatMap(([claim, entries]) =>
      entries.map(({ text, value: listed }) => ({ listed, at: [claim, encodeKey(text)] })),
    ),
  ];
  const items = lists.flatMap(({ listed, at }) =>
    listed.map((version, index) => ({ version, at: [...at, index] })),
  );
  return [...keys, ...items];
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
  const isFirstAt = oncePerPlace();
  let clock = now;
  for (const { step, path, tree } of steps) {
    if (step.kind !== 'wait') continue;
    const { wait } = step.body;
    if (typeof wait === 'number') clock = later(clock, wait);
    else if (begins !== null && wait.until >= begins + clock) clock = (wait.until - begins) as Instant;
    else {
      const message =
        begins === null
          ? 'expected a duration such as 8d; to wait until a date, the story needs "begins: 2026-01-31T08:00:00Z"'
          : `expected a later date: this step begins on ${formatDay(clock, begins)}`;
      const place = tree.position([...path, 'wait', 'until']);
      if (isFirstAt(place)) problems.push({ ...place, message });
    }
  }
  return problems;
}

/** Finds steps `by` people who are in neither the team nor a registry. */
export function unknownPeople(steps: readonly PlacedStep[], known: readonly string[]): readonly Diagnostic[] {
  const isFirstAt = oncePerPlace();
  return steps.flatMap(({ step, path, tree }) => {
    const who = 'as' in step.body ? step.body.as : undefined;
    if (who === undefined || known.includes(who)) return [];
    const place = tree.position([...path, 'as']);
    if (!isFirstAt(place)) return [];
    const message =
      known.length > 0
        ? unknownWord('person', who, known)
        : `unknown person "${printable(who, 60)}"; expected one whom the story names: team: { members: { name: member } }`;
    return [{ ...place, message }];
  });
}

/** Finds content with two sizes: one name, or one digest, means the same bytes. */
export function contentConflicts(steps: readonly PlacedStep[], folders?: Folders): readonly Diagnostic[] {
  const isFirstAt = oncePerPlace();
  const first = new Map<ContentDigest, PlacedEntry>();
  const problems: Diagnostic[] = [];
  for (const given of steps.flatMap((placed) => entriesIn(placed, folders))) {
    const { entry, place } = given;
    if (entry.kind !== 'file') continue;
    const known = first.get(entry.digest);
    if (known === undefined) first.set(entry.digest, given);
    else if (known.entry.sizeBytes !== entry.sizeBytes && isFirstAt(place(), given.real ? entry.path : '')) {
      const other = known.place();
      const expected = `expected ${formatSize(known.entry.sizeBytes)}, the size of this content in line ${other.line}`;
      const name = given.repeated && place().line === other.line ? 'something-{n}' : 'something-else';
      const message = given.real
        ? `${expected}; the real file ${printable(entry.path, 100)} has ${formatSize(entry.sizeBytes)}`
        : `${expected}; other content needs another name: "${formatSize(entry.sizeBytes)} of ${name}"`;
      problems.push({ ...place(), message });
    }
  }
  return problems;
}

interface PlacedEntry {
  readonly entry: ManifestEntry;
  readonly place: () => Position;
  readonly repeated: boolean;
  /** Whether it is a file of a real folder, whose content has no other name. */
  readonly real: boolean;
}

function entriesIn({ step, path, tree }: PlacedStep, folders: Folders | undefined): readonly PlacedEntry[] {
  const repeated = isRepeated(path);
  const placedAt = (entries: readonly ManifestEntry[], key: string) =>
    entries.map((entry) => ({
      entry,
      place: () => tree.position([...path, key, encodeKey(entry.path)]),
      repeated,
      real: false,
    }));
  if (step.kind === 'draft') return placedAt(step.body.add ?? [], 'add');
  if (step.kind === 'upload') return placedAt(step.body.files, 'files');
  if (step.kind !== 'log' && step.kind !== 'begin') return [];
  const { files = [] } = step.body;
  if (!('from' in files)) return placedAt(files, 'files');
  const place = () => tree.position([...path, 'files', 'from']);
  return (folders?.get(files.from) ?? []).map((entry) => ({ entry, place, repeated, real: true }));
}

// A repeated step is many steps at one place, where a mistake is reported once.
function oncePerPlace(): (at: Position, what?: string) => boolean {
  const seen = new Set<string>();
  return ({ line, column }, what = '') => {
    const key = `${line}:${column}:${what}`;
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  };
}

// The path of a repeated step leads through the steps of its repeat.
function isRepeated(path: readonly PathPart[]): boolean {
  return path.length > 3;
}
