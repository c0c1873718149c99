import type { BucketFault } from '../../bucket/faults.ts';
import { decide } from '../../decider/decide.ts';
import { missingRequirements } from '../../gc/requirements.ts';
import { nextStep } from '../../gc/steps.ts';
import { versionLogged } from '../../lifecycle/logging/logging.ts';
import type { Action } from '../../simulator/action.ts';
import { Simulator } from '../../simulator/simulator.ts';
import { indexedName, versionAt } from '../../store/look-up.ts';
import type { ManifestEntry } from '../../store/manifest.ts';
import type { Members, People } from '../../store/people.ts';
import { projectIdOf } from '../../store/project.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../store/settings.ts';
import { emptyStore, type Store } from '../../store/store.ts';
import { formatUnixTime, type UnixTime } from '../../values/dates.ts';
import type { ContentDigest } from '../../values/digest.ts';
import { type ProjectName, shortProjectName, shortVersionName, type VersionId } from '../../values/names.ts';
import { present } from '../../values/present.ts';
import type { Bytes } from '../../values/units.ts';
import {
  durationText,
  faultsIn,
  type Ids,
  keyed,
  type Mapping,
  settingsIn,
  stepOf,
} from '../language/step-of.ts';
import { blockLines, itemLines } from '../yaml/flow-text.ts';

/** The start of a simulation. */
export interface Start {
  readonly settings: Settings;
  readonly people: People;
  readonly bucketFaults: readonly BucketFault[];
  /** The names of the registries, of which the store knows only the keys. */
  readonly registries: readonly ProjectName[];
  /** The real time of day 0, or null. */
  readonly begins: UnixTime | null;
}

/** A scenario's text, or the first action that no step can express. */
export type Written =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly unsaid: Action };

const COLUMNS = 100;

/**
 * Writes accepted actions on a new store as a scenario, which replays to the same store. No step can express a single
 * scheduled job while the other has work, a garbage collection step out of turn, or one digest with two sizes.
 */
export function scenarioOf(title: string, start: Start, actions: readonly Action[]): Written {
  const { settings, people, bucketFaults, begins } = start;
  return written({ title, ...headOf(start) }, emptyStore(settings, people, bucketFaults, begins), actions);
}

/** Writes accepted actions on this store as a scenario, which replays to the same store if it starts from it. */
export function continuationOf(title: string, from: Store, actions: readonly Action[]): Written {
  return written({ title }, from, actions);
}

function written(head: Mapping, start: Store, actions: readonly Action[]): Written {
  const ids = new Map<VersionId, string>();
  const sizes = new Map<ContentDigest, Bytes>();
  const named = namedById(actions);
  const simulator = new Simulator(start, { remember: false });
  const steps: Mapping[] = [];
  for (const action of actions) {
    const known = withNameOf(idIn(action), simulator.store, ids);
    const step = agree(sizes, entriesIn(action)) ? stepFor(action, simulator.store, known) : null;
    if (step === null) return { ok: false, unsaid: action };
    const decision = simulator.apply(action);
    const events = decision.ok ? decision.events : [];
    const made = versionLogged(events);
    const needsId = made !== undefined && named.has(made.versionId);
    const id = needsId && !ids.has(made.versionId) ? `version-${ids.size + 1}` : undefined;
    if (needsId && id !== undefined) ids.set(made.versionId, id);
    steps.push(id === undefined ? step : { ...step, id });
  }
  const lines = [
    ...blockLines(head, COLUMNS),
    ...(steps.length === 0 ? ['steps: [verify]'] : ['steps:']),
    ...steps.flatMap((step) => itemLines(step, COLUMNS - 2).map((line) => (line === '' ? '' : `  ${line}`))),
  ];
  return { ok: true, text: `${lines.join('\n')}\n` };
}

function stepFor(action: Action, store: Store, ids: ReadonlyMap<VersionId, string>): Mapping | null {
  switch (action.type) {
    case 'expireVersions':
      return isIdle(store, 'abandonStaleUploads') ? { expire: 'now' } : null;
    case 'abandonStaleUploads':
      return isIdle(store, 'expireVersions') ? { expire: 'now' } : null;
    case 'reviewVersions':
    case 'releaseHolds':
    case 'sweepObject':
    case 'closeVersion':
      return JSON.stringify(nextStep(store)) === JSON.stringify(action) ? { collect: 'step' } : null;
    case 'forgetCrash':
      // A run that finds nothing to do uses up its planned crash.
      return nextStep(store) === null &&
        store.garbageCollection.crashAfterSteps !== 0 &&
        missingRequirements(store.settings).length === 0
        ? { collect: 'now' }
        : null;
    case 'crashGarbageCollection':
      // The number of steps is in the event, but not in the store.
      return { crash: 'now' };
    default:
      return stepOf(action, ids);
  }
}

// The step runs both jobs, so it can express one of them only if the other is idle.
function isIdle(store: Store, job: 'expireVersions' | 'abandonStaleUploads'): boolean {
  const decision = decide({ type: job }, store);
  return decision.ok && decision.events.length === 0;
}

function entriesIn(action: Action): readonly ManifestEntry[] {
  if (action.type === 'logDraft') return action.add;
  if (action.type === 'addFiles') return action.files;
  return 'manifest' in action ? action.manifest.entries : [];
}

// In a scenario equal digests mean equal bytes everywhere; the store compares them only where it shares them.
function agree(sizes: Map<ContentDigest, Bytes>, entries: readonly ManifestEntry[]): boolean {
  return entries.every((entry) => {
    if (entry.kind !== 'file') return true;
    const known = sizes.get(entry.digest);
    sizes.set(entry.digest, known ?? entry.sizeBytes);
    return known === undefined || known === entry.sizeBytes;
  });
}

function namedById(actions: readonly Action[]): ReadonlySet<VersionId> {
  return new Set(actions.map(idIn).filter((id) => id !== null));
}

function idIn(action: Action): VersionId | null {
  switch (action.type) {
    case 'addFiles':
    case 'commitVersion':
    case 'abandonVersion':
      return action.versionId;
    case 'deleteVersion':
      return action.target.by === 'id' ? action.target.versionId : null;
    default:
      return null;
  }
}

// A version of the store at the start has no id, but its name can say the same.
function withNameOf(id: VersionId | null, store: Store, ids: Ids): Ids {
  const version = id === null || ids.has(id) ? undefined : store.versions.get(id);
  if (version === undefined) return ids;
  const name = indexedName(store, version);
  return versionAt(store, name)?.id === id ? new Map([[version.id, shortVersionName(name)]]) : ids;
}

function headOf({ settings, people, bucketFaults, registries, begins }: Start): Mapping {
  const server = present<Mapping>({
    ...settingsIn(changed(settings)),
    'bucket faults': bucketFaults.length === 0 ? undefined : faultsIn(bucketFaults),
  });
  const team = present<Mapping>({
    members: people.team.size === 0 ? undefined : membersOf(people.team),
    ttlDefault: durationText(people.ttlDefaultSeconds ?? undefined),
    membersMaySetTtl: people.membersMaySetTtl ? undefined : false,
  });
  const own = registries.flatMap((name) => {
    const members = people.registries.get(projectIdOf(name));
    return members === undefined ? [] : [[shortProjectName(name), membersOf(members)] as const];
  });
  return present<Mapping>({
    begins: begins === null ? undefined : formatUnixTime(begins),
    server: Object.keys(server).length === 0 ? undefined : server,
    team: Object.keys(team).length === 0 ? undefined : team,
    registries: own.length === 0 ? undefined : keyed(own),
  });
}

// The whole bucket is written, since its defaults depend on the deployment.
function changed(settings: Settings): Partial<Settings> {
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(DEFAULT_SETTINGS[key as keyof Settings]),
    ),
  );
}

function membersOf(members: Members): Mapping {
  return keyed([...members.entries()]);
}
