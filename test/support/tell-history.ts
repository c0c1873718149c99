import type { Command } from '../../src/decider/command.ts';
import { type Outcome, Simulator } from '../../src/simulator/simulator.ts';
import type { ManifestEntry } from '../../src/store/manifest.ts';
import type { Settings } from '../../src/store/settings.ts';
import { digestOfName } from '../../src/values/digest.ts';
import { shortCollectionName, shortRunName, shortVersionName } from '../../src/values/names.ts';
import { formatSize } from '../../src/values/units.ts';
import { CONTENTS } from './arbitrary-parts.ts';
import type { Details, History } from './history.ts';
import { type Call, playHistory } from './play-history.ts';

type Commanded<Type extends Command['type']> = Extract<Command, { readonly type: Type }>;

const CONTENT_NAMES = new Map([...CONTENTS.keys()].map((name) => [digestOfName(name) as string, name]));

/**
 * Writes a history as the steps of a scenario, one on each line, so that a counterexample can be read aloud and
 * nearly be pasted into a file. What no scenario can say stands in a comment; a step that throws is the last.
 */
export function tellHistory(history: History): string {
  const lines = [`server: ${flow(switchesOf(history.settings))}`, 'steps:'];
  const ids = new Map<string, string>();
  try {
    for (const { call, outcome } of playHistory(history, new Simulator(history.settings))) {
      const id = `s${lines.length - 1}`;
      for (const event of outcome.ok ? outcome.events : []) {
        if (event.type === 'versionBegun' || event.type === 'versionReused') ids.set(event.versionId, id);
      }
      lines.push(lineOf(call, outcome, id, ids));
    }
  } catch (error) {
    lines.push(`  # and the next step throws: ${error instanceof Error ? error.message : String(error)}`);
  }
  return `\n${lines.join('\n')}\n`;
}

function lineOf(call: Call, outcome: Outcome, id: string, ids: ReadonlyMap<string, string>): string {
  const told = tellCall(call, id, ids);
  if (typeof told === 'string') return `  # ${told}`;
  return `  - ${flow([...told, ['refused', outcome.ok ? undefined : outcome.refusal.code]])}`;
}

// A key with a value that is YAML already, or with none, which leaves the key out.
type Field = readonly [string, string | undefined];

function tellCall(call: Call, id: string, ids: ReadonlyMap<string, string>): readonly Field[] | string {
  if (call.kind === 'wait') return [['wait', durationText(call.duration)]];
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
    case 'changeSettings':
      return [['server', flow(switchesOf(command.changes))]];
    case 'planCrash':
      return [['crash', `after ${command.afterSteps}`]];
    case 'moveClock':
      return `the clock moves by ${durationText(command.bySeconds)}, without its jobs`;
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
    ['older than', where.olderThanSeconds === null ? undefined : durationText(where.olderThanSeconds)],
    ['keep last', where.keepLast === null ? undefined : String(where.keepLast)],
  ]);
}

function switchesOf(settings: Partial<Settings>): readonly Field[] {
  const { retentionSeconds, gcEverySeconds, sharing, latestAfterDelete } = settings;
  return [
    ['retention', retentionSeconds === undefined ? undefined : durationText(retentionSeconds)],
    ['gcEvery', gcEverySeconds === undefined ? undefined : durationText(gcEverySeconds)],
    ['sharing', sharing],
    ['latestAfterDelete', latestAfterDelete],
  ];
}

function durationText(duration: number): string {
  if (duration % 86_400 === 0) return `${duration / 86_400}d`;
  return duration % 3_600 === 0 ? `${duration / 3_600}h` : `${duration}s`;
}

// A flow mapping of YAML, on one line.
function flow(fields: readonly Field[]): string {
  const parts = fields.flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

function list(texts: readonly string[]): string | undefined {
  return texts.length === 0 ? undefined : `[${texts.map(quoted).join(', ')}]`;
}

function quoted(text: string): string {
  if (/^[A-Za-z]([\w./:-]*\w)?$/.test(text) && !/^(true|false|null)$/.test(text)) return text;
  return JSON.stringify(text.length <= 80 ? text : `${text.slice(0, 60)}… (${text.length} characters)`);
}
