import type { DeletionCommand } from '../../insight/plan-deletions.ts';
import type { Filter } from '../../lifecycle/filter.ts';
import type { Step, StepOf } from '../language/schema-steps.ts';

/** A step that deletes more than one version. */
export type CascadingDeletionStep = StepOf<
  'delete collection' | 'delete run' | 'delete project' | 'delete all'
>;

/** The command of a cascading deletion. */
export function cascadingDeletion(step: CascadingDeletionStep): DeletionCommand {
  const by = step.body.as ?? null;
  switch (step.kind) {
    case 'delete collection':
      return { type: 'deleteCollection', collection: step.body['delete collection'], by };
    case 'delete run': {
      const { 'delete run': run, artifacts = false } = step.body;
      return { type: 'deleteRun', run, artifacts, by };
    }
    case 'delete project':
      return { type: 'deleteProject', project: step.body['delete project'], by };
    case 'delete all': {
      const { 'delete all': collection, deleteAliases = false } = step.body;
      return { type: 'deleteMatching', collection, where: filterOf(step.body.where), deleteAliases, by };
    }
  }
}

/** The command of a deleting step; null for other steps, and for a deletion by id. */
export function deletionOf(step: Step): DeletionCommand | null {
  switch (step.kind) {
    case 'delete': {
      const { delete: target, deleteAliases = false, as: by = null } = step.body;
      return target.by === 'name' ? { type: 'deleteVersion', target, deleteAliases, by } : null;
    }
    case 'delete collection':
    case 'delete run':
    case 'delete project':
    case 'delete all':
      return cascadingDeletion(step);
    default:
      return null;
  }
}

function filterOf(where: StepOf<'delete all'>['body']['where'] = {}): Filter {
  return {
    withoutAliases: where.without !== undefined,
    withAlias: where.with ?? null,
    olderThanSeconds: where['older than'] ?? null,
    keepLast: where['keep last'] ?? null,
  };
}
