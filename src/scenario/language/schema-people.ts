import { z } from 'zod';
import { type Members, type People, ROLES, type Role } from '../../store/people.ts';
import { projectIdOf } from '../../store/project.ts';
import { type ProjectId, parseProjectName, printable } from '../../values/names.ts';
import { byCodePoint } from '../../values/order.ts';
import { type Parsed, parsed, unparsed } from '../../values/result.ts';
import { emptySortedTable } from '../../values/sorted-table.ts';
import { parseDuration, type Seconds } from '../../values/units.ts';
import { encodeKey } from '../yaml/yaml-keys.ts';
import { durationOr, entriesOf, keyedEntries, oneOf, textOf } from './schema-values.ts';

const members = entriesOf(oneOf(ROLES, 'a role: '), 'a mapping of people to roles');

const ttlDefault = textOf(
  (given): Parsed<Seconds | null> => {
    if (given === 'none') return parsed(null);
    const duration = parseDuration(given);
    if (!duration.ok) return unparsed(`none, or ${duration.expected}`);
    return duration.value === 0 ? unparsed('none, or a duration longer than 0s') : duration;
  },
  'a duration such as 30d, or none',
  durationOr('none'),
);

/** The team: its members and what its admins set for time to live. */
export const team = z.strictObject({
  members: members.optional().meta({ description: 'People and their roles: viewer, member or admin' }),
  ttlDefault: ttlDefault.optional().meta({ description: 'The default TTL of the team (none)' }),
  membersMaySetTtl: z.boolean().optional().meta({ description: 'Whether members may set a TTL (true)' }),
});

/** The registries: projects whose artifact collections are portfolios, each with its own members and roles. */
export const registries = keyedEntries(
  parseProjectName,
  members,
  'a mapping of registries to people and their roles',
).superRefine((entries, { addIssue }) => {
  const written = new Map<ProjectId, string>();
  for (const { key, text } of entries) {
    const same = written.get(projectIdOf(key));
    if (same === undefined) written.set(projectIdOf(key), text);
    else {
      const message = `expected each registry once; "${printable(same, 60)}" is the same one`;
      addIssue({ code: 'custom', message, path: [encodeKey(text)], params: { key: true } });
    }
  }
});

/** The people of a story, as the store keeps them. */
export function peopleOf(
  given: z.output<typeof team> | undefined,
  own: z.output<typeof registries> | undefined,
): People {
  return {
    team: membersOf(given?.members ?? []),
    registries: (own ?? []).reduce(
      (all, { key, value }) => all.insert(projectIdOf(key), membersOf(value)),
      emptySortedTable<ProjectId, Members>(),
    ),
    membersMaySetTtl: given?.membersMaySetTtl ?? true,
    ttlDefaultSeconds: given?.ttlDefault ?? null,
  };
}

/** Everybody that a story names, once, sorted by name. */
export function namesOf(people: People): readonly string[] {
  const names = [people.team, ...Array.from(people.registries.entries(), ([, own]) => own)].flatMap((own) => [
    ...own.keys(),
  ]);
  return [...new Set(names)].sort(byCodePoint);
}

function membersOf(entries: readonly (readonly [string, Role])[]): Members {
  return entries.reduce((all, [name, role]) => all.insert(name, role), emptySortedTable<string, Role>());
}
