import { faultTexts, settingTexts } from '../../narration/events/settings.ts';
import { formatTtl } from '../../store/time-to-live.ts';
import {
  printable,
  shortCollectionName,
  shortFileName,
  shortProjectName,
  shortRunName,
  shortVersionName,
} from '../../values/names.ts';
import { unreachable } from '../../values/result.ts';
import { formatDuration } from '../../values/units.ts';
import type { Step, StepOf } from './schema-steps.ts';
import { faultsOf, type ServerInput, settingsOf } from './settings-of.ts';

/** Formats a step as one printable line, for narration and reports: `delete animals:v0`. */
export function stepText(step: Step): string {
  const who = 'as' in step.body && step.body.as !== undefined ? ` as ${quotedIfEmpty(step.body.as)}` : '';
  return printable(`${wholeText(step)}${who}`, MOST_CHARACTERS);
}

const MOST_CHARACTERS = 400;

function wholeText(step: Step): string {
  switch (step.kind) {
    case 'log':
      return `log ${shortCollectionName(step.body.log)}`;
    case 'begin':
      return `begin ${shortCollectionName(step.body.begin)}`;
    case 'commit':
      return `commit ${step.body.commit}`;
    case 'abandon':
      return `abandon ${step.body.abandon}`;
    case 'draft':
      return `draft ${shortVersionName(step.body.draft)}`;
    case 'use':
      return `use ${shortVersionName(step.body.use)} in run ${shortRunName(step.body.run)}`;
    case 'alias':
      return [
        `alias ${shortVersionName(step.body.alias)}`,
        ...listed('add', step.body.add),
        ...listed('remove', step.body.remove),
        ...listed('protect', step.body.protect),
      ].join(' ');
    case 'link':
      return `link ${shortVersionName(step.body.link)} to ${shortCollectionName(step.body.to)}`;
    case 'unlink':
      return `unlink ${shortVersionName(step.body.unlink)}`;
    case 'delete': {
      const { delete: target, deleteAliases = false } = step.body;
      const name = target.by === 'id' ? target.id : shortVersionName(target.name);
      return `delete ${name}${deleteAliases ? ' with its aliases' : ''}`;
    }
    case 'delete collection':
      return `delete collection ${shortCollectionName(step.body['delete collection'])}`;
    case 'delete run': {
      const { 'delete run': run, artifacts = false } = step.body;
      return `delete run ${shortRunName(run)}${artifacts ? ' with its artifacts' : ''}`;
    }
    case 'delete project':
      return `delete project ${shortProjectName(step.body['delete project'])}`;
    case 'delete all':
      return deleteAllText(step);
    case 'restore':
      return `restore ${shortVersionName(step.body.restore)}`;
    case 'recover':
      return `recover ${shortVersionName(step.body.recover)}`;
    case 'ttl':
      return `ttl ${shortVersionName(step.body.ttl)} is ${quotedIfEmpty(formatTtl(step.body.is))}`;
    case 'team ttl':
      return `team ttl ${quotedIfEmpty(formatTtl(step.body['team ttl']))}${permission(step.body.membersMaySetTtl)}`;
    case 'bucket delete':
      return `bucket delete ${shortFileName(step.body['bucket delete'])}`;
    case 'bucket undelete':
      return `bucket undelete ${shortFileName(step.body['bucket undelete'])}`;
    case 'wait':
      return `wait ${formatDuration(step.body.wait)}`;
    case 'collect':
      return step.body.collect === 'step' ? 'collect, one step' : 'collect';
    case 'expire':
      return 'expire';
    case 'crash':
      return step.body.crash === 'now' ? 'crash' : `crash after ${step.body.crash}`;
    case 'server':
      return `server ${serverTexts(step.body.server).join(', ')}`.trim();
    case 'verify':
      return 'verify';
    case 'expect':
      return 'expect';
    case 'show':
      return `show ${step.body.show}`;
    default:
      return unreachable(step);
  }
}

function serverTexts(input: ServerInput): readonly string[] {
  const faults = faultTexts(faultsOf(input) ?? []).map((text) => `bucket fault: ${text}`);
  return [...settingTexts(settingsOf(input)), ...faults];
}

function permission(membersMaySetTtl: boolean | undefined): string {
  if (membersMaySetTtl === undefined) return '';
  return membersMaySetTtl ? ', and members may set one' : ', and members may not set one';
}

function deleteAllText(step: StepOf<'delete all'>): string {
  const { where = {}, deleteAliases = false } = step.body;
  const conditions = [
    ...(where.without === undefined ? [] : ['without aliases']),
    ...(where.with === undefined ? [] : [`with ${quotedIfEmpty(where.with)}`]),
    ...(where['older than'] === undefined ? [] : [`older than ${formatDuration(where['older than'])}`]),
    ...(where['keep last'] === undefined ? [] : [`keep last ${where['keep last']}`]),
    ...(deleteAliases ? ['with their aliases'] : []),
  ];
  return `delete all ${shortCollectionName(step.body['delete all'])} ${conditions.join(', ')}`.trim();
}

function listed(verb: string, aliases: readonly string[] | undefined): readonly string[] {
  return aliases === undefined || aliases.length === 0 ? [] : [verb, aliases.map(quotedIfEmpty).join(', ')];
}

function quotedIfEmpty(text: string): string {
  return text === '' ? '""' : text;
}
