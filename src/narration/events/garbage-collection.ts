import { formatSize } from '../../values/units.ts';
import { counted, sentence, sentenceOf } from '../sentence.ts';
import { ruleOfDeleting } from './bucket.ts';
import { type Describers, MOST_NAMED } from './description.ts';

/** Describes garbage collection. */
export const DESCRIBE_GARBAGE_COLLECTION = {
  versionsReviewed: ({ versionIds }, context) => {
    const names = versionIds.slice(0, MOST_NAMED).map((id) => context.version(id));
    const rest = versionIds.length - names.length;
    const more = rest > 0 ? ` and ${counted(rest, 'more version')}` : '';
    return { sentence: sentence`garbage collection reviews ${sentenceOf(names, ', ')}${more}`, rule: 'GC-1' };
  },
  holdsReleased: ({ versionId, stillHeld }, context) => {
    const kept =
      stillHeld.length === 0 ? '' : sentence`; others still hold ${context.objects.short(stillHeld)}`;
    return { sentence: sentence`${context.version(versionId)} releases its files${kept}`, rule: 'GC-2' };
  },
  objectSwept: ({ objectId, freedBytes }, { after, objects }) => {
    const rule = ruleOfDeleting(after, objectId);
    const object = objects.long([objectId]);
    return freedBytes === 0
      ? { sentence: sentence`${object} is no longer in the bucket: nothing to free`, rule }
      : {
          sentence: sentence`${object} is deleted from the bucket: ${formatSize(freedBytes)} freed${LEFT_BEHIND[rule]}`,
          rule,
        };
  },
  objectRetained: ({ objectId, holders }, { objects }) => {
    const held = holders === 1 ? 'a version holds' : `${holders} versions hold`;
    return { sentence: sentence`kept: ${held} ${objects.long([objectId])} again`, rule: 'GC-3' };
  },
  versionClosed: ({ versionId }, context) => ({
    sentence: sentence`${context.version(versionId)} is DELETED`,
    rule: 'GC-2',
  }),
  garbageCollectionSkipped: ({ runs, refusal }) => {
    const skipped =
      runs === 1 ? 'a scheduled garbage collection is' : `${runs} scheduled garbage collections are`;
    return { sentence: [`${skipped} skipped. ${refusal.sentence}`], rule: refusal.rule };
  },
  crashPlanned: ({ afterSteps }) => ({
    sentence: [`the next garbage collection will crash after ${counted(afterSteps, 'step')}`],
    rule: null,
  }),
  garbageCollectionCrashed: ({ afterSteps }) => {
    const after = afterSteps === null ? '' : ` after ${counted(afterSteps, 'step')}`;
    return {
      sentence: [`garbage collection crashes${after}; the next run continues from here`],
      rule: 'GC-8',
    };
  },
  crashForgotten: ({ afterSteps }) => ({
    sentence: [
      `garbage collection finished before the crash that was planned after ${counted(afterSteps, 'step')}`,
    ],
    rule: 'GC-8',
  }),
} as const satisfies Partial<Describers>;

const LEFT_BEHIND = {
  'BKT-1': '',
  'BKT-2': '; a noncurrent copy stays, and is billed',
  'BKT-3': '',
  'BKT-4': '; a soft-deleted copy stays, and is billed',
  'BKT-8': '; a noncurrent copy stays, and is billed',
} as const;
