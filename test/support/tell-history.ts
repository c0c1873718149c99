import type { Command } from '../../src/decider/command.ts';
import type { Outcome } from '../../src/simulator/simulator.ts';
import type { ManifestEntry } from '../../src/store/manifest.ts';
import type { People } from '../../src/store/people.ts';
import { formatTtl } from '../../src/store/time-to-live.ts';
import { digestOfName } from '../../src/values/digest.ts';
import {
  shortCollectionName,
  shortFileName,
  shortProjectName,
  shortRunName,
  shortVersionName,
} from '../../src/values/names.ts';
import { formatSize } from '../../src/values/units.ts';
import { CONTENTS } from './arbitrary-parts.ts';
import type { Details, History } from './history.ts';
import { type Call, playHistory } from './play-history.ts';
import { isSayable } from './sayable.ts';
import {
  duration,
  type Field,
  faultsField,
  flow,
  headLines,
  list,
  quoted,
  switchesOf,
} from './tell-beginning.ts';

type Commanded<Type extends Command['type']> = Extract<Command, { readonly type: Type }>;

const CONTENT_NAMES = new Map([...CONTENTS.keys()].map((name) => [digestOfName(name) as string, name]));

/**
 * Writes a history as a scenario without its title, a step on each line, so that a counterexample can be read aloud
 * and pasted into a file. What no scenario can say stands in a comment; a step that throws is the last.
 */
export function tellHistory(history: History): string {
  const lines = [...headLines(history.beginning), 'steps:'];
  const ids = new Map<string, string>();
  let described = 0;
  try {
    for (const { call, outcome } of playHistory(history)) {
      described += 1;
      const id = `s${described}`;
      for (const event of outcome.ok ? outcome.events : []) {
        if (event.type === 'versionBegun' || event.type === 'versionReused') ids.set(event.versionId, id);
      }
      lines.push(lineOf(call, outcome, id, ids, history.beginning.people));
    }
  } catch (error) {
    lines.push(`  # and the next step throws: ${error instanceof Error ? error.message : String(error)}`);
  }
  return `\n${lines.join('\n')}\n`;
}

function lineOf(
  call: Call,
  outcome: Outcome,
  id: string,
  ids: ReadonlyMap<string, string>,
  people: People,
): string {
  const described = tellCall(call, id, ids);
  if (typeof described === 'string') return `  # ${described}`;
  const by = (call.kind === 'command' ? call.command.by : null) ?? null;
  const line = flow([
    ...described,
    ['as', by === null ? undefined : quoted(by)],
    ['refused', outcome.ok ? undefined : outcome.refusal.code],
  ]);
  if (call.kind === 'command' && !isSayable(call.command)) return `  # with a name that divides: ${line}`;
  return by === null || isNamed(people, by) ? `  - ${line}` : `  # by somebody unheard of: ${line}`;
}

function isNamed({ team, registries }: People, person: string): boolean {
  return team.has(person) || [...registries.entries()].some(([, members]) => members.has(person));
}

function tellCall(call: Call, id: string, ids: ReadonlyMap<string, string>): readonly Field[] | string {
  if (call.kind === 'wait') return [['wait', duration(call.duration)]];
  if (call.kind === 'collect') return [['collect', 'now']];
  const { command } = call;
  const idOf = (versionId: string) => ids.get(versionId) ?? versionId;
  switch (command.type) {
    case 'logVersion':
    case 'beginVersion':
      return [
        [command.type === 'logVersion' ? 'log' : 'begin', quoted(shortCollectionName(command.collection))],
        ['files', filesText(command.manifest.entries)],
        ['type', command.artifactType === null ? undefined : quoted(command.artifactType)],
        ...detailsOf(command),
        ['id', id],
      ];
    case 'logDraft':
      return [
        ['draft', quoted(shortVersionName(command.base))],
        ['add', filesText(command.add)],
        ['remove', list(command.remove)],
        ...detailsOf(command),
        ['id', id],
      ];
    case 'commitVersion':
      return [['commit', idOf(command.versionId)]];
    case 'abandonVersion':
      return [['abandon', idOf(command.versionId)]];
    case 'editAliases':
      return [
        ['alias', quoted(shortVersionName(command.version))],
        ['add', list(command.add)],
        ['remove', list(command.remove)],
        ['protect', list(command.protect)],
      ];
    case 'linkVersion':
      return [
        ['link', quoted(shortVersionName(command.version))],
        ['to', quoted(shortCollectionName(command.to))],
        ['aliases', list(command.aliases)],
      ];
    case 'unlinkVersion':
      return [['unlink', quoted(shortVersionName(command.link))]];
    case 'useVersion':
      return [
        ['use', quoted(shortVersionName(command.version))],
        ['run', quoted(shortRunName(command.run))],
      ];
    case 'deleteVersion': {
      const { target, deleteAliases } = command;
      const named = target.by === 'id' ? idOf(target.versionId) : quoted(shortVersionName(target.name));
      return [
        ['delete', named],
        ['deleteAliases', deleteAliases ? 'true' : undefined],
      ];
    }
    case 'deleteCollection':
      return [['delete collection', quoted(shortCollectionName(command.collection))]];
    case 'deleteMatching':
      return [
        ['delete all', quoted(shortCollectionName(command.collection))],
        ['where', whereText(command)],
        ['deleteAliases', command.deleteAliases ? 'true' : undefined],
      ];
    case 'deleteRun':
      return [
        ['delete run', quoted(shortRunName(command.run))],
        ['artifacts', command.artifacts ? 'true' : undefined],
      ];
    case 'deleteProject':
      return [['delete project', quoted(shortProjectName(command.project))]];
    case 'restoreVersion':
      return [['restore', quoted(shortVersionName(command.version))]];
    case 'recoverVersion':
      return [['recover', quoted(shortVersionName(command.version))]];
    case 'setTtl':
      return [
        ['ttl', quoted(shortVersionName(command.version))],
        ['is', quoted(formatTtl(command.ttl))],
      ];
    case 'setTeamTtl':
      return [
        ['team ttl', quoted(formatTtl(command.ttl))],
        ['membersMaySetTtl', command.membersMaySetTtl === null ? undefined : `${command.membersMaySetTtl}`],
      ];
    case 'deleteOutOfBand':
      return [['bucket delete', quoted(shortFileName(command.file))]];
    case 'undeleteOutOfBand':
      return [['bucket undelete', quoted(shortFileName(command.file))]];
    case 'planBucketFaults':
      return [['server', flow([faultsField(command.faults)])]];
    case 'changeSettings':
      return [['server', flow(switchesOf(command.changes))]];
    case 'planCrash':
      return [['crash', `after ${command.afterSteps}`]];
    case 'moveClock':
      return `the clock moves by ${duration(command.bySeconds)}, without its jobs`;
    case 'releaseHolds':
    case 'closeVersion':
      return `${command.type} comes astray, at ${idOf(command.versionId)}`;
    case 'sweepObject':
      return `${command.type} comes astray, at ${command.objectId}`;
    default:
      return `${command.type} comes astray`;
  }
}

function detailsOf(details: Details): readonly Field[] {
  return [
    ['aliases', list(details.aliases)],
    ['tags', list(details.tags)],
    ['run', details.run === null ? undefined : quoted(shortRunName(details.run))],
    ['ttl', details.ttl.kind === 'inherit' ? undefined : quoted(formatTtl(details.ttl))],
  ];
}

function filesText(entries: readonly ManifestEntry[]): string | undefined {
  // Of two entries of one path the later one counts, and YAML would refuse both.
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const fields = [...byPath.values()].map((entry): Field => {
    const size = formatSize(entry.sizeBytes);
    if (entry.kind === 'reference')
      return [
        quoted(entry.path),
        flow([
          ['ref', quoted(entry.address)],
          ['size', size],
        ]),
      ];
    return [quoted(entry.path), `${size} of ${CONTENT_NAMES.get(entry.digest) ?? entry.digest}`];
  });
  return entries.length === 0 ? undefined : flow(fields);
}

function whereText({ where }: Commanded<'deleteMatching'>): string {
  return flow([
    ['without', where.withoutAliases ? 'aliases' : undefined],
    ['with', where.withAlias === null ? undefined : quoted(where.withAlias)],
    ['older than', where.olderThanSeconds === null ? undefined : duration(where.olderThanSeconds)],
    ['keep last', where.keepLast === null ? undefined : String(where.keepLast)],
  ]);
}
