import { type Members, NOBODY, type People, type Role } from '../../../src/store/people.ts';
import { projectIdOf } from '../../../src/store/project.ts';
import type { ProjectId } from '../../../src/values/names.ts';
import { emptySortedTable } from '../../../src/values/sorted-table.ts';
import { projectNamed } from './names.ts';

type Roles = Readonly<Record<string, Role>> | readonly (readonly [string, Role])[];

/** A team and registries as tests write them: `{ team: { bob: 'member' }, registries: { models: { ann: 'admin' } } }`. */
export function peopleOf({
  team = {},
  registries = {},
  ...rest
}: {
  readonly team?: Roles;
  readonly registries?: Readonly<Record<string, Roles>>;
} & Partial<Pick<People, 'membersMaySetTtl' | 'ttlDefaultSeconds'>>): People {
  return {
    ...NOBODY,
    ...rest,
    team: membersOf(team),
    registries: Object.entries(registries).reduce(
      (table, [name, roles]) => table.insert(projectIdOf(projectNamed(name)), membersOf(roles)),
      emptySortedTable<ProjectId, Members>(),
    ),
  };
}

function membersOf(roles: Roles): Members {
  const rows: readonly (readonly [string, Role])[] = isRows(roles) ? roles : Object.entries(roles);
  return rows.reduce((table, [name, role]) => table.insert(name, role), emptySortedTable<string, Role>());
}

function isRows(roles: Roles): roles is readonly (readonly [string, Role])[] {
  return Array.isArray(roles);
}
