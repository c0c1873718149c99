import type { BucketFault } from '../../bucket/faults.ts';
import type { Command } from '../../decider/command.ts';
import { decide } from '../../decider/decide.ts';
import { nextStep } from '../../gc/steps.ts';
import { Simulator } from '../../simulator/simulator.ts';
import type { ManifestEntry } from '../../store/manifest.ts';
import type { Members, People } from '../../store/people.ts';
import { projectIdOf } from '../../store/project.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import type { ContentDigest } from '../../values/digest.ts';
import { type ProjectName, shortProjectName, type VersionId } from '../../values/names.ts';
import type { Bytes, Seconds } from '../../values/units.ts';
import {
  durationText,
  faultsIn,
  keyed,
  type Mapping,
  mapping,
  stepOf,
  switchesOf,
} from '../language/step-of.ts';
import { blockLines, itemLines } from '../yaml/flow-text.ts';

/** What was played: a command, a wait with its scheduled jobs, or a run of garbage collection. */
export type Played =
  | Command
  | { readonly type: 'wait'; readonly duration: Seconds }
  | { readonly type: 'collect' };

/** How what was played began. */
export interface Start {
  readonly settings: Settings;
  readonly people: People;
  readonly bucketFaults: readonly BucketFault[];
  /** The names of the registries; the store knows them by their keys only. */
  readonly registries: readonly ProjectName[];
}

/** A scenario's text, or the first action that no scenario says. */
export type Written =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly unsaid: Played };

const COLUMNS = 100;

/**
 * Writes what was played on a new store as a scenario, which replays to the same store. Every action must have been
 * accepted. No step says a single job of the schedule, a step of garbage collection out of its turn, or content of one
 * digest and two sizes.
 */
export function scenarioOf(title: string, start: Start, actions: readonly Played[]): Written {
  const ids = new Map<VersionId, string>();
  const sizes = new Map<ContentDigest, Bytes>();
  const named = namedById(actions);
  const simulator = new Simulator(start.settings, start.people, start.bucketFaults);
  const steps: Mapping[] = [];
  for (let at = 0; at < actions.length; at += 1) {
    const action = actions[at];
    if (action === undefined) break;
    const after = actions[at + 1];
    const both = action.type === 'expireVersions' && after?.type === 'abandonStaleUploads';
    const step = agree(sizes, entriesIn(action)) ? sayable(action, simulator, ids, both) : null;
    if (step === null) return { ok: false, unsaid: action };
    const events = playOn(simulator, action);
    if (both && after !== undefined) {
      playOn(simulator, after);
      at += 1;
    }
    const made = events.find((event) => event.type === 'versionBegun' || event.type === 'versionReused');
    const needsId = made !== undefined && 'versionId' in made && named.has(made.versionId);
    const id = needsId && !ids.has(made.versionId) ? `version-${ids.size + 1}` : undefined;
    if (needsId && id !== undefined) ids.set(made.versionId, id);
    steps.push(id === undefined ? step : { ...step, id });
  }
  const lines = [
    ...blockLines({ title, ...headOf(start) }, COLUMNS),
    ...(steps.length === 0 ? ['steps: [verify]'] : ['steps:']),
    ...steps.flatMap((step) => itemLines(step, COLUMNS - 2).map((line) => (line === '' ? '' : `  ${line}`))),
  ];
  return { ok: true, text: `${lines.join('\n')}\n` };
}

function sayable(
  action: Played,
  { store }: Simulator,
  ids: ReadonlyMap<VersionId, string>,
  both: boolean,
): Mapping | null {
  switch (action.type) {
    case 'wait':
      return { wait: durationText(action.duration) };
    case 'collect':
      return { collect: 'now' };
    case 'expireVersions':
      return both || isIdle(store, 'abandonStaleUploads') ? { expire: 'now' } : null;
    case 'abandonStaleUploads':
      return isIdle(store, 'expireVersions') ? { expire: 'now' } : null;
    case 'reviewVersions':
    case 'releaseHolds':
    case 'sweepObject':
    case 'closeVersion':
      return JSON.stringify(nextStep(store)) === JSON.stringify(action) ? { collect: 'step' } : null;
    case 'forgetCrash':
      // A run that finds nothing to do uses its planned crash up.
      return nextStep(store) === null && store.garbageCollection.crashAfterSteps !== 0
        ? { collect: 'now' }
        : null;
    case 'crashGarbageCollection':
      // How many steps the run had taken is in the event, and in no store.
      return { crash: 'now' };
    default:
      return stepOf(action, ids);
  }
}

// One step plays both jobs: it says one of them where the other finds nothing to do.
function isIdle(store: Store, job: 'expireVersions' | 'abandonStaleUploads'): boolean {
  const decision = decide({ type: job }, store);
  return decision.ok && decision.events.length === 0;
}

function entriesIn(action: Played): readonly ManifestEntry[] {
  if (action.type === 'logDraft') return action.add;
  return 'manifest' in action ? action.manifest.entries : [];
}

// A scenario takes equal digests for equal bytes, wherever they are; the store compares them where it shares them.
function agree(sizes: Map<ContentDigest, Bytes>, entries: readonly ManifestEntry[]): boolean {
  return entries.every((entry) => {
    if (entry.kind !== 'file') return true;
    const known = sizes.get(entry.digest);
    sizes.set(entry.digest, known ?? entry.sizeBytes);
    return known === undefined || known === entry.sizeBytes;
  });
}

function playOn(simulator: Simulator, action: Played) {
  const outcome =
    action.type === 'wait'
      ? simulator.wait(action.duration)
      : action.type === 'collect'
        ? simulator.collectGarbage()
        : simulator.dispatch(action);
  return outcome.ok ? outcome.events : [];
}

function namedById(actions: readonly Played[]): ReadonlySet<VersionId> {
  const used = new Set<VersionId>();
  for (const action of actions) {
    if (action.type === 'commitVersion' || action.type === 'abandonVersion') used.add(action.versionId);
    if (action.type === 'deleteVersion' && action.target.by === 'id') used.add(action.target.versionId);
  }
  return used;
}

function headOf({ settings, people, bucketFaults, registries }: Start): Mapping {
  const server = mapping({
    ...switchesOf(changed(settings)),
    'bucket faults': bucketFaults.length === 0 ? undefined : faultsIn(bucketFaults),
  });
  const team = mapping({
    members: people.team.size === 0 ? undefined : membersOf(people.team),
    ttlDefault: durationText(people.ttlDefaultSeconds ?? undefined),
    membersMaySetTtl: people.membersMaySetTtl ? undefined : false,
  });
  const own = registries.flatMap((name) => {
    const members = people.registries.get(projectIdOf(name));
    return members === undefined ? [] : [[shortProjectName(name), membersOf(members)] as const];
  });
  return mapping({
    server: Object.keys(server).length === 0 ? undefined : server,
    team: Object.keys(team).length === 0 ? undefined : team,
    registries: own.length === 0 ? undefined : keyed(own),
  });
}

// The bucket is written whole: where the operator brings it, what it is by default depends on the deployment.
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
