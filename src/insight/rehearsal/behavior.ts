import { versionById } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { aliasesOf } from '../../store/version.ts';
import { LATEST, type VersionId } from '../../values/names.ts';
import { namedVersion } from '../named-version.ts';
import type { Finding } from './finding.ts';
import { type Call, changesOf, type RefusedCall, refusedOf, type Script } from './script.ts';

/** Whether a script ended at its first refusal, and what it had listed and did not try to delete. */
export function stoppedAtRefusal(script: Script): Finding | null {
  const last = changesOf(script).at(-1);
  if (script.exitStatus === 0 || last === undefined || last.refusal === null) return null;
  if (refusedOf(script).length > 1) return null;
  const attempted = attemptedVersions(script);
  const untouched = listedVersions(script)
    .filter((id) => !attempted.has(id) && isCommitted(script.final, id))
    .map((id) => namedVersion(script.final, id));
  return {
    kind: 'stopped at refusal',
    refused: { action: last.action, refusal: last.refusal },
    untouched,
  };
}

/** The refusals that neither the exit status nor the output of a script mentions. */
export function refusalsSwallowed(script: Script): Finding | null {
  const refused = refusedOf(script).filter((call) => !isNoticed(script, call));
  return refused.length === 0
    ? null
    : { kind: 'refusals swallowed', refused: refused.map(({ action, refusal }) => ({ action, refusal })) };
}

/** Whether a script says that a change was refused: it fails, or its output repeats the refusal. */
export function isNoticed({ exitStatus, output }: Script, { refusal }: RefusedCall): boolean {
  return exitStatus !== 0 || unwrapped(output).includes(unwrapped(refusal.sentence));
}

// Some programs break the lines of what they print.
function unwrapped(text: string): string {
  return text.replace(/\s+/g, '');
}

/**
 * Whether a script deleted versions of a list between two of its pages. The simulated service finds the next page after the
 * last result; a service that counts results would skip as many as were deleted.
 */
export function deletedWhilePaging({ calls, final }: Script): Finding | null {
  const seen = new Map<string, Set<VersionId>>();
  const deletedSince = new Map<string, number>();
  const skipped: VersionId[] = [];
  let deleted = 0;
  for (const call of calls) {
    if (call.kind === 'page') {
      const before = call.isFirst ? 0 : (deletedSince.get(call.list) ?? 0);
      deleted += before;
      skipped.push(...call.versions.slice(0, before));
      const known = call.isFirst ? new Set<VersionId>() : (seen.get(call.list) ?? new Set<VersionId>());
      for (const id of call.versions) known.add(id);
      seen.set(call.list, known);
      if (call.isFirst) deletedSince.set(call.list, 0);
    }
    for (const id of deletedBy(call)) {
      for (const [list, versions] of seen) {
        if (versions.has(id)) deletedSince.set(list, (deletedSince.get(list) ?? 0) + 1);
      }
    }
  }
  if (deleted === 0) return null;
  return {
    kind: 'deleted while paging',
    deleted,
    skipped: [...new Set(skipped)].map((id) => namedVersion(final, id)),
  };
}

/** The names that a script looked up and did not find before it deleted something. */
export function namesNotFound({ calls }: Script): Finding | null {
  const lastChange = calls.findLastIndex((call) => call.kind === 'change' && deletedBy(call).length > 0);
  const names = calls
    .slice(0, Math.max(lastChange, 0))
    .flatMap((call) => (call.kind === 'lookup' && !call.isFound ? [call.name] : []));
  return names.length === 0 ? null : { kind: 'not found', names: [...new Set(names)] };
}

/** Whether a script deleted nothing, while all that it listed or tried to delete has the alias `latest` and no other. */
export function latestKeptAll(script: Script): Finding | null {
  const { start, calls } = script;
  if (calls.some((call) => deletedBy(call).length > 0)) return null;
  const considered = new Set([...listedVersions(script), ...attemptedVersions(script)]);
  const versions = [...considered].filter((id) => start.versions.has(id));
  const isLatest = (id: VersionId) => aliasesOf(versionById(start, id)).join() === LATEST;
  if (versions.length === 0 || !versions.every(isLatest)) return null;
  return { kind: 'latest kept all', versions: versions.map((id) => namedVersion(start, id)) };
}

function listedVersions({ calls }: Script): readonly VersionId[] {
  return [...new Set(calls.flatMap((call) => (call.kind === 'page' ? call.versions : [])))];
}

function attemptedVersions(script: Script): ReadonlySet<VersionId> {
  const attempted = new Set<VersionId>();
  for (const call of changesOf(script)) {
    for (const id of deletedBy(call)) attempted.add(id);
    const { action } = call;
    if (action.type === 'deleteVersion' && action.target.by === 'id') attempted.add(action.target.versionId);
  }
  return attempted;
}

function deletedBy(call: Call): readonly VersionId[] {
  if (call.kind !== 'change') return [];
  return call.events.flatMap((event) =>
    event.type === 'versionDeleted' || event.type === 'linkRemoved' ? [event.versionId] : [],
  );
}

function isCommitted(store: Store, id: VersionId): boolean {
  return store.versions.get(id)?.state.kind === 'COMMITTED';
}
