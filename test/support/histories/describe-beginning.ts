import type { BucketFault } from '../../../src/bucket/faults.ts';
import type { SettingsChanges } from '../../../src/lifecycle/operating.ts';
import type { Members, People } from '../../../src/store/people.ts';
import { projectIdOf } from '../../../src/store/project.ts';
import { REGISTRY } from '../arbitraries/beginnings.ts';
import { projectNamed } from '../stores/names.ts';
import type { Beginning } from './history.ts';

/** A key with a value that is YAML already, or with none, which leaves the key out. */
export type Field = readonly [string, string | undefined];

/** The lines of a scenario above its steps, one for each block that says anything. */
export function headLines({ settings, people, bucketFaults }: Beginning): readonly string[] {
  const faults = bucketFaults.length === 0 ? [] : [faultsField(bucketFaults)];
  const team = teamFields(people);
  const registry = people.registries.get(projectIdOf(projectNamed(REGISTRY)));
  return [
    `server: ${flow([...switchesOf(settings).filter(([, text]) => text !== '{}'), ...faults])}`,
    ...(team.length === 0 ? [] : [`team: ${flow(team)}`]),
    ...(registry === undefined ? [] : [`registries: ${flow([[REGISTRY, membersText(registry)]])}`]),
  ];
}

/** The switches that are named, as a `server` block or step writes them. */
export function switchesOf(settings: SettingsChanges): readonly Field[] {
  const { deployment, env, bucket, sharing, latestAfterDelete, collector } = settings;
  const { retentionSeconds, gcEverySeconds, abandonAfterSeconds } = settings;
  return [
    ['deployment', deployment],
    ['env', env && flow(env.map(({ name, value }) => [quoted(name), quoted(value)]))],
    ['bucket', bucket && flow(Object.entries(bucket).map(([key, value]) => [key, String(value)]))],
    ['retention', retentionSeconds === undefined ? undefined : duration(retentionSeconds)],
    ['gcEvery', gcEverySeconds === undefined ? undefined : duration(gcEverySeconds)],
    ['abandonAfter', abandonAfterSeconds === undefined ? undefined : duration(abandonAfterSeconds)],
    ['sharing', sharing],
    ['latestAfterDelete', latestAfterDelete],
    ['collector', collector],
  ];
}

/** What goes wrong with the bucket, as a `server` block or step writes it. */
export function faultsField(faults: readonly BucketFault[]): Field {
  const texts = faults.map(({ call, fault, times }) =>
    flow([
      ['call', call],
      ['fault', fault],
      ['times', times === 1 ? undefined : String(times)],
    ]),
  );
  return ['bucket faults', `[${texts.join(', ')}]`];
}

function teamFields({ team, ttlDefaultSeconds, membersMaySetTtl }: People): readonly Field[] {
  const fields: readonly Field[] = [
    ['members', team.size === 0 ? undefined : membersText(team)],
    ['ttlDefault', ttlDefaultSeconds === null ? undefined : duration(ttlDefaultSeconds)],
    ['membersMaySetTtl', membersMaySetTtl ? undefined : 'false'],
  ];
  return fields.filter(([, value]) => value !== undefined);
}

function membersText(members: Members): string {
  return flow([...members.entries()].map(([name, role]) => [quoted(name), role]));
}

/** A duration in the largest unit that writes it whole. */
export function duration(length: number): string {
  if (length % 86_400 === 0) return `${length / 86_400}d`;
  return length % 3_600 === 0 ? `${length / 3_600}h` : `${length}s`;
}

/** A flow mapping of YAML, on one line. */
export function flow(fields: readonly Field[]): string {
  const parts = fields.flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

/** A flow list of texts, none where there are none. */
export function list(texts: readonly string[]): string | undefined {
  return texts.length === 0 ? undefined : `[${texts.map(quoted).join(', ')}]`;
}

/** A text as YAML reads it back; what is very long is cut. */
export function quoted(text: string): string {
  if (/^[A-Za-z]([\w./:-]*\w)?$/.test(text) && !/^(true|false|null)$/i.test(text)) return text;
  return JSON.stringify(text.length <= 80 ? text : `${text.slice(0, 60)}… (${text.length} characters)`);
}
