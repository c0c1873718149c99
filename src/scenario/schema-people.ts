import { z } from 'zod';
import { type Members, type People, ROLES, type Role } from '../store/people.ts';
import { projectIdOf } from '../store/project.ts';
import { type ProjectId, parseProjectName } from '../values/names.ts';
import { type Parsed, parsed } from '../values/result.ts';
import { emptySortedTable } from '../values/sorted-table.ts';
import { parseDuration, type Seconds } from '../values/units.ts';
import { entriesOf, keyedEntries, oneOf, textOf } from './schema-values.ts';

const members = entriesOf(oneOf(ROLES, 'a role: '), 'a mapping of people to roles');

const ttlDefault = textOf((given): Parsed<Seconds | null> => {
  if (given === 'none') return parsed(null);
  const duration = parseDuration(given);
  return duration.ok && duration.value === 0
    ? { ok: false, expected: 'a duration longer than 0s, or none' }
    : duration;
}, 'a duration such as 30d, or none');

/** The team: who is in it, and what its admins have settled about the time to live. */
export const team = z.strictObject({
  members: members.optional().meta({ description: 'People and their roles: viewer, member or admin' }),
  ttlDefault: ttlDefault.optional().meta({ description: 'The default TTL of the team (none)' }),
  membersMaySetTtl: z.boolean().optional().meta({ description: 'Whether members may set a TTL (true)' }),
});

/** The registries: projects whose artifact collections are portfolios, each with people and roles of its own. */
export const registries = keyedEntries(
  parseProjectName,
  members,
  'a mapping of registries to people and their roles',
);

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

/** Everybody that a story names, once, in the order of their names. */
export function namesOf(people: People): readonly string[] {
  const names = [people.team, ...Array.from(people.registries.entries(), ([, own]) => own)].flatMap((own) => [
    ...own.keys(),
  ]);
  return [...new Set(names)].sort();
}

function membersOf(entries: readonly (readonly [string, Role])[]): Members {
  return entries.reduce((all, [name, role]) => all.insert(name, role), emptySortedTable<string, Role>());
}
