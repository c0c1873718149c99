import type { Command } from '../../../src/decider/command.ts';
import { decide } from '../../../src/decider/decide.ts';
import type { StoreEvent } from '../../../src/decider/event.ts';
import type { EditAliases } from '../../../src/lifecycle/aliasing.ts';
import type { Decision } from '../../../src/lifecycle/decision.ts';
import type { DeleteMatching } from '../../../src/lifecycle/deletion/deleting.ts';
import type { LogDraft, LogVersion } from '../../../src/lifecycle/logging/logging.ts';
import type { StartRun } from '../../../src/lifecycle/logging/runs.ts';
import { FOUND_LOCALLY } from '../../../src/sdk/errors.ts';
import {
  type Api,
  ApiError,
  Artifact,
  type Perspective,
  type Simulator,
  ValueError,
} from '../../../src/sdk/index.ts';
import { type Action, isCommand } from '../../../src/simulator/action.ts';
import { collectionById, existingCollection, find } from '../../../src/store/look-up.ts';
import type { ManifestEntry } from '../../../src/store/manifest.ts';
import type { Who } from '../../../src/store/people.ts';
import type { Store } from '../../../src/store/store.ts';
import { jsonObjectOf, jsonValue } from '../../../src/values/json.ts';
import {
  fullRunName,
  type ProjectName,
  parseRunName,
  type RunName,
  type VersionId,
  type VersionName,
} from '../../../src/values/names.ts';
import { collectionText, expressible, ttlOf, typeOf, versionText } from './names.ts';

/** How a call ended that was made through the SDK client. */
export interface Answer {
  /** Whether the SDK client has a call for it; otherwise the command was dispatched. */
  readonly expressed: boolean;
  readonly error: ApiError | null;
}

/** Plays a call with the names that a script would use, wherever there is such a call, and dispatches it elsewhere. */
export async function playThroughClient(simulator: Simulator, call: Action): Promise<Answer> {
  let expressed = true;
  try {
    if (call.type === 'wait') await simulator.advance(call.duration);
    else if (call.type === 'collectGarbage') await simulator.collect();
    else {
      expressed = isCommand(call) && (await express(simulator, call));
      if (!expressed) await simulator.dispatch(call);
    }
    return { expressed, error: null };
  } catch (error) {
    if (error instanceof ApiError) return { expressed, error };
    throw error;
  }
}

/** Whether a call ended through the SDK client as it ends in the model. */
export function agrees(call: Action, outcome: Decision<StoreEvent>, { expressed, error }: Answer): boolean {
  const code = outcome.ok ? null : outcome.refusal.code;
  if ((error?.refusal?.code ?? null) === code && (error === null) === outcome.ok) return true;
  if (!expressed || outcome.ok) return false;
  // What is wrong with a call by itself is found before anybody asks the server, so that it may be another thing.
  if (error instanceof ValueError) return error.refusal === null || FOUND_LOCALLY.has(error.refusal.code);
  if (code !== 'forbidden') return false;
  // Everybody may look, and finds nothing; and a loop is not refused as a whole.
  return error === null ? isLoop(call) : error.refusal?.code === 'not-found';
}

function isLoop(call: Action): boolean {
  return isCommand(call) && call.type === 'deleteMatching';
}

/** Makes the calls of the SDK client for a command; false where there are none, and then nothing changes. */
async function express(simulator: Simulator, command: Command): Promise<boolean> {
  const { by = null } = command;
  const api = simulator.api(by === null ? {} : { as: by });
  switch (command.type) {
    case 'logVersion':
      return expressLog(simulator, command);
    case 'logDraft':
      return expressDraft(simulator, api, command);
    case 'useVersion': {
      const name = versionText(command.version);
      if (name === null) return false;
      await runOf(simulator, command.run, command).useArtifact(name);
      return true;
    }
    case 'startRun':
      return expressStart(simulator, command);
    case 'finishRun': {
      const path = expressible(fullRunName(command.run), command.run, parseRunName);
      if (path === null || command.state === 'crashed') return false;
      await (await api.run(path)).finish({ exitCode: command.state === 'finished' ? 0 : 1 });
      return true;
    }
    case 'editAliases':
      return onArtifact(api, command.version, (artifact) => expressAliases(artifact, command));
    case 'linkVersion': {
      const to = collectionText(command.to);
      if (to === null) return false;
      return onArtifact(api, command.version, async (artifact) => {
        await artifact.link(to, command.aliases);
      });
    }
    case 'unlinkVersion':
      return onArtifact(api, command.link, (artifact) => artifact.unlink());
    case 'deleteVersion': {
      const { target, deleteAliases } = command;
      const name = target.by === 'name' ? target.name : nameOfCommitted(simulator.store, target.versionId);
      return name !== null && onArtifact(api, name, (artifact) => artifact.delete({ deleteAliases }));
    }
    case 'deleteCollection': {
      const name = collectionText(command.collection);
      if (name === null) return false;
      const collection = await api.artifactCollection(typeOf(simulator.store, command.collection), name);
      await collection.delete();
      return true;
    }
    case 'deleteMatching':
      return expressLoop(simulator, api, command);
    case 'deleteRun': {
      const path = expressible(fullRunName(command.run), command.run, parseRunName);
      if (path === null) return false;
      await (await api.run(path)).delete({ deleteArtifacts: command.artifacts });
      return true;
    }
    case 'setTtl': {
      const ttl = ttlOf(command.ttl);
      if (ttl === undefined) return false;
      return onArtifact(api, command.version, async (artifact) => {
        artifact.ttl = ttl;
        await artifact.save();
      });
    }
    case 'setFacts': {
      const { description, metadata } = command.facts;
      if (command.tags !== undefined) return false;
      return onArtifact(api, command.version, async (artifact) => {
        // What is the same already is not sent, so that nobody can refuse it.
        const saysNothing =
          (description === undefined || description === artifact.description) &&
          (metadata === undefined || metadata === jsonObjectOf(artifact.metadata));
        if (saysNothing) return false;
        // A link is saved also where its source may not be edited, and then the edit is lost.
        if (artifact.isLink && !decide(command, simulator.store).ok) return false;
        if (description !== undefined) artifact.description = description;
        if (metadata !== undefined) artifact.metadata = Object(jsonValue(metadata));
        await artifact.save();
        return true;
      });
    }
    default:
      return false;
  }
}

// The start of a run is a turn that nobody waits for; if it was refused, the end of the run says why.
async function expressStart(simulator: Simulator, command: StartRun): Promise<boolean> {
  const { displayName: name, tags, config, summary } = command.facts;
  const { run: id, ...place } = command.run;
  if (summary !== undefined) return false;
  const isRefused = !decide(command, simulator.store).ok;
  const run = simulator.init({
    ...perspectiveOf(place, command),
    id,
    ...(name === undefined ? {} : { name }),
    ...(tags === undefined ? {} : { tags }),
    ...(config === undefined ? {} : { config: Object(jsonValue(config)) }),
  });
  await (isRefused ? run.finish() : simulator.api().artifactExists('nothing:v0'));
  return true;
}

/** What a body does with the artifact of a name; it answers false where it has nothing to do it with. */
async function onArtifact(
  api: Api,
  name: VersionName,
  body: (artifact: Artifact) => Promise<unknown>,
): Promise<boolean> {
  const text = versionText(name);
  if (text === null) return false;
  return (await body(await api.artifact(text))) !== false;
}

async function expressLog(simulator: Simulator, command: LogVersion): Promise<boolean> {
  const { run, collection, manifest } = command;
  const type = command.artifactType ?? typeOf(simulator.store, collection);
  if (run === null || !isSamePlace(run, collection) || isReserved(type)) return false;
  if (!manifest.entries.every(canBeAdded)) return false;
  const draft = new Artifact(collection.collection, type);
  return expressUpload(simulator, draft, manifest.entries, { ...command, run });
}

async function expressDraft(simulator: Simulator, api: Api, command: LogDraft): Promise<boolean> {
  const { run, add, remove } = command;
  const base = find(simulator.store, command.base);
  if (run === null || !add.every(canBeAdded) || remove.includes('')) return false;
  if (base !== undefined) {
    const home = collectionById(simulator.store, base.version.collectionId);
    if (!isSamePlace(run, home.name)) return false;
  }
  return onArtifact(api, command.base, async (artifact) => {
    const draft = artifact.newDraft();
    for (const path of new Set(remove)) draft.remove(path);
    return expressUpload(simulator, draft, add, { ...command, run });
  });
}

async function expressUpload(
  simulator: Simulator,
  draft: Artifact,
  add: readonly ManifestEntry[],
  details: (LogVersion | LogDraft) & { readonly run: RunName },
): Promise<boolean> {
  const ttl = ttlOf(details.ttl);
  if (ttl === undefined || (details.facts?.historyStep ?? null) !== null) return false;
  for (const entry of add) {
    if (draft.manifest.entries.has(entry.path)) draft.remove(entry.path);
    if (entry.kind === 'file') draft.addFile(entry.path, { size: entry.sizeBytes, digest: entry.digest });
    else {
      const { path: name, sizeBytes: size, checksum } = entry;
      draft.addReference(entry.address, { name, size, checksum });
    }
  }
  if (details.ttl.kind !== 'inherit') draft.ttl = ttl;
  if (details.facts !== null && details.facts !== undefined) {
    draft.description = details.facts.description;
    draft.metadata = Object(jsonValue(details.facts.metadata));
  }
  const { aliases, tags } = details;
  await runOf(simulator, details.run, details).logArtifact(draft, { aliases, tags });
  await draft.wait();
  return true;
}

// A list says what is to be different, and nothing else.
async function expressAliases(artifact: Artifact, { add, remove, protect }: EditAliases): Promise<boolean> {
  const { aliases } = artifact;
  const isThere = (alias: string) => aliases.includes(alias);
  if (protect.length > 0 || add.some(isThere) || !remove.every(isThere)) return false;
  if (add.length + remove.length === 0) return false;
  artifact.aliases = [...aliases.filter((alias) => !remove.includes(alias)), ...add];
  await artifact.save();
  return true;
}

async function expressLoop(simulator: Simulator, api: Api, command: DeleteMatching): Promise<boolean> {
  const { where, deleteAliases } = command;
  const name = collectionText(command.collection);
  const known = existingCollection(simulator.store, command.collection);
  // A link does not express when it was made.
  if (name === null || (known?.kind === 'portfolio' && where.olderThanSeconds !== null)) return false;
  const artifacts = await api.artifacts(typeOf(simulator.store, command.collection), name).all();
  const { now } = simulator;
  for (const artifact of artifacts.slice(where.keepLast ?? 0).toReversed()) {
    if (where.withoutAliases && artifact.aliases.length > 0) continue;
    if (where.withAlias !== null && !artifact.aliases.includes(where.withAlias)) continue;
    if (where.olderThanSeconds !== null && now - artifact.createdAt <= where.olderThanSeconds) continue;
    try {
      await artifact.delete({ deleteAliases });
    } catch (error) {
      // One refusal does not undo the others (DEL-14).
      if (!(error instanceof ApiError)) throw error;
    }
  }
  return true;
}

function runOf(simulator: Simulator, { run: name, ...place }: RunName, { by = null }: { readonly by?: Who }) {
  return simulator.init({ ...perspectiveOf(place, { by }), id: name });
}

function perspectiveOf(place: ProjectName, { by = null }: { readonly by?: Who }): Perspective {
  return { ...place, ...(by === null ? {} : { as: by }) };
}

function nameOfCommitted(store: Store, versionId: VersionId): VersionName | null {
  const version = store.versions.get(versionId);
  if (version?.state.kind !== 'COMMITTED') return null;
  const { name: collection } = collectionById(store, version.collectionId);
  return version.index === null ? null : { collection, selector: { kind: 'index', index: version.index } };
}

function isSamePlace(one: ProjectName, other: ProjectName): boolean {
  return one.entity === other.entity && one.project === other.project;
}

// Types that a script cannot give, and paths and addresses that it cannot add: the SDK knows these by itself.
function isReserved(type: string): boolean {
  return type === '' || type === 'job' || type.startsWith('wandb-');
}

function canBeAdded(entry: ManifestEntry): boolean {
  return entry.path !== '' && (entry.kind === 'file' || /^[a-z][a-z0-9+.-]*:\/\//i.test(entry.address));
}
