import type { ManifestEntry } from '../../store/manifest.ts';
import type { ContentDigest } from '../../values/digest.ts';
import { printable } from '../../values/names.ts';
import { formatSize } from '../../values/units.ts';
import { idUsedBy } from '../play/commands-of.ts';
import type { Diagnostic } from '../yaml/diagnostic.ts';
import { unknownWord } from '../yaml/nearest-word.ts';
import { encodeKey } from '../yaml/yaml-keys.ts';
import type { PathPart } from '../yaml/yaml-tree.ts';
import type { Folders, PlacedStep } from './scenario.ts';
import type { Step } from './schema-steps.ts';

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
    for (const { id, at } of idsUsedBy(step)) {
      if (given.has(id) || lost.has(id)) continue;
      const known = [...given.keys()];
      const message = known.length > 0 ? unknownWord('id', id, known) : `expected an id that a step gives`;
      const written = `${message.endsWith('?') ? ' A' : '; a'} version is written ${printable(id, 40)}:v0`;
      const isUpload = ['upload', 'commit', 'abandon'].includes(step.kind);
      const all = step.kind === 'delete' ? ', and "delete collection" deletes all of them' : '';
      const hint = id === '' || isUpload ? '' : `${written}${all}`;
      problems.push({ ...tree.position([...path, ...at]), message: `${message}${hint}` });
    }
  }
  return problems;
}

// Each id that a step, or a claim of an `expect`, uses, with its place in the step.
function idsUsedBy(step: Step): readonly { readonly id: string; readonly at: readonly PathPart[] }[] {
  if (step.kind !== 'expect') {
    const id = idUsedBy(step);
    return id === null ? [] : [{ id, at: [step.kind] }];
  }
  const { state = [], ttl = [], links = [], holders = [], object = [], ...claims } = step.body.expect;
  const { 'expires in': expiries = [], 'not found': missing = [] } = claims;
  const used = {
    state: state.map(({ key }) => key),
    ttl: ttl.map(({ key }) => key),
    'expires in': expiries.map(({ key }) => key),
    links: links.flatMap(({ key, value }) => [key, ...value]),
    'not found': missing,
    holders: holders.flatMap(({ key, value }) => [key.version, ...value]),
    object: object.map(({ key }) => key.version),
  };
  return Object.entries(used).flatMap(([claim, targets]) =>
    targets.flatMap((target) => (target.by === 'id' ? [{ id: target.id, at: ['expect', claim] }] : [])),
  );
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
  if (step.kind === 'upload') return placedAt(step.body.files, [...path, 'files']);
  if (step.kind !== 'log' && step.kind !== 'begin') return [];
  const { files = [] } = step.body;
  if (!('from' in files)) return placedAt(files, [...path, 'files']);
  const inFolder = folders?.get(files.from) ?? [];
  return inFolder.map((entry) => ({ entry, path: [...path, 'files', 'from'], real: true }));
}

function placedAt(entries: readonly ManifestEntry[], base: readonly PathPart[]): readonly PlacedEntry[] {
  return entries.map((entry) => ({ entry, path: [...base, encodeKey(entry.path)], real: false }));
}
