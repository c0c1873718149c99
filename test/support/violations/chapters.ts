import type { Command } from '../../../src/decider/command.ts';
import type { StoreEvent } from '../../../src/decider/event.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Version } from '../../../src/store/version.ts';
import type { CollectionId, ProjectName } from '../../../src/values/names.ts';
import { isManaged } from '../naive/format.ts';
import { maySetTtlNaively } from '../naive/permission.ts';
import { canonical } from '../stores/canonical-summary.ts';
import { claims, exists } from './claims.ts';

/** What is wrong with a wider deletion: exactly what belongs to what is deleted goes with it (DEL-7, DEL-10, DEL-11). */
export function cascadingViolations(
  command: Command,
  before: Store,
  events: readonly StoreEvent[],
  after: Store,
): readonly string[] {
  const gone = events.flatMap((event) => (event.type === 'versionDeleted' ? [event.versionId] : []));
  const whole = (belongs: (version: Version) => boolean) => {
    const members = [...before.versions.unorderedRows()]
      .filter((version) => version.state.kind === 'COMMITTED' || version.state.kind === 'PENDING')
      .filter(belongs);
    const same = canonical(members.map(({ id }) => id).sort()) === canonical([...gone].sort());
    return claims([['DEL-7, DEL-10, DEL-11: just what belongs to it goes', same]]);
  };
  switch (command.type) {
    case 'deleteCollection': {
      const id = exists(before, command.collection)?.id;
      return whole((version) => version.collectionId === id);
    }
    case 'deleteRun': {
      const run = [...before.runs.unorderedRows()].find(
        ({ name }) => canonical(name) === canonical(command.run),
      );
      return [
        ...whole(({ loggedBy, collectionId }) => {
          const type = before.collections.get(collectionId)?.artifactType ?? '';
          return command.artifacts && loggedBy === run?.id && !isManaged(type);
        }),
        ...claims([
          ['DEL-10: the run is gone', run !== undefined && after.runs.get(run.id)?.exists === false],
        ]),
      ];
    }
    case 'deleteProject': {
      const { entity, project } = command.project;
      const isIn = ({ name }: { readonly name: ProjectName }) =>
        name.entity === entity && name.project === project;
      const left = [...after.collections.unorderedRows(), ...after.runs.unorderedRows()].filter(
        (thing) => thing.exists && isIn(thing),
      );
      return [
        ...whole(({ collectionId }) => {
          const home = before.collections.get(collectionId);
          return home !== undefined && isIn(home);
        }),
        ...claims([['DEL-11: nothing is left in the project', left.length === 0]]),
      ];
    }
    default:
      return [];
  }
}

/**
 * What is wrong with TTLs and owners: a version has the TTL that somebody gave it who may, and a run belongs to who
 * began it (TTL-1, TTL-4, TTL-7, ACL-2).
 */
export function ttlViolations(
  command: Command,
  before: Store,
  events: readonly StoreEvent[],
  after: Store,
): readonly string[] {
  const by = command.by ?? null;
  const may = maySetTtlNaively(before, by);
  return events.flatMap((event) => {
    switch (event.type) {
      case 'versionBegun': {
        const given = 'ttl' in command ? command.ttl.kind : 'inherit';
        const { ttl } = after.versions.get(event.versionId) ?? {};
        const kind = given === 'inherit' || !may ? 'inherit' : given;
        return claims([['TTL-1, TTL-7: it has the TTL that somebody gave it who may', ttl?.kind === kind]]);
      }
      case 'versionLinked': {
        const [was, is] = [before, after].map(({ versions }) => versions.get(event.versionId)?.ttl);
        return claims([
          [
            'TTL-4: what is linked to a registry has no TTL; elsewhere a link changes nothing',
            isInRegistryNaively(before, after, event.portfolioId)
              ? is?.kind === 'none'
              : canonical(is) === canonical(was),
          ],
        ]);
      }
      case 'ttlKept':
        return claims([
          ['TTL-7: only who may not set a TTL is ignored', !may && event.by === by],
          [
            'TTL-7: it stays as it was',
            command.type !== 'setTtl' ||
              canonical(after.versions.get(event.versionId)?.ttl) ===
                canonical(before.versions.get(event.versionId)?.ttl),
          ],
        ]);
      case 'ttlSet':
        return claims([['TTL-7: who sets a TTL may', event.cause === 'linked' || may]]);
      case 'runStarted':
      case 'lineageRecorded': {
        const { owner } = before.runs.get(event.runId) ?? { owner: by };
        return claims([
          ['ACL-2: a run belongs to who began it', after.runs.get(event.runId)?.owner === owner],
        ]);
      }
      default:
        return [];
    }
  });
}

// Histories know of one registry.
function isInRegistryNaively({ people }: Store, { collections }: Store, portfolioId: CollectionId): boolean {
  const { entity, project } = collections.get(portfolioId)?.name ?? {};
  return people.registries.size > 0 && entity === 'team' && project === 'models';
}
