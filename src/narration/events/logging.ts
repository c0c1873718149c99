import { runById } from '../../store/look-up.ts';
import { runIdOf } from '../../store/run.ts';
import { type RunName, shortRunName } from '../../values/names.ts';
import { type Reference, sentence } from '../sentence.ts';
import { type Describers, word } from './description.ts';

/** Describes logging and naming. */
export const DESCRIBE_LOGGING = {
  collectionCreated: ({ collectionId, kind, artifactType, again }, context) => {
    const type = `${kind} of type ${word(artifactType)}`;
    const collection = context.collection(collectionId);
    return again
      ? { sentence: sentence`${collection} is a ${type} again, and its indexes continue`, rule: 'DEL-16' }
      : { sentence: sentence`${collection} is a new ${type}`, rule: 'LOG-1' };
  },
  versionBegun: (event, context) => ({
    sentence: sentence`${context.version(event.versionId)} is PENDING: ${context.files(event)}`,
    rule: 'LOG-6',
  }),
  uploadJoined: ({ versionId }, context) => ({
    sentence: sentence`no new version: the upload ${context.version(versionId)} goes on`,
    rule: 'LOG-11',
  }),
  clientIdsRecorded: ({ versionId, clientIds }, context) => ({
    sentence: sentence`${clientIds.length === 1 ? 'a client id names' : `${clientIds.length} client ids name`} ${context.version(versionId)}`,
    rule: 'LOG-11',
  }),
  filesAdded: (event, context) => ({
    sentence: sentence`${context.version(event.versionId)} gets more files: ${context.files(event)}`,
    rule: 'LOG-5',
  }),
  versionCommitted: ({ versionId }, context) => {
    const version = context.version(versionId);
    const upload = context.uploadOf(versionId);
    return {
      sentence:
        upload === null ? sentence`${version} is COMMITTED` : sentence`${upload} is COMMITTED as ${version}`,
      rule: 'LOG-5',
    };
  },
  versionReused: ({ versionId }, context) => ({
    sentence: sentence`no new version: ${context.version(versionId)} already has this content`,
    rule: 'LOG-3',
  }),
  versionAbandoned: ({ versionId }, context) => ({
    sentence: sentence`${context.version(versionId)} is PENDING_DELETION: its upload was abandoned`,
    rule: 'LOG-8',
  }),
  aliasPut: ({ alias, collectionId, index, movedFrom }, context) => {
    const target = context.member(collectionId, index);
    return movedFrom === null
      ? {
          sentence: sentence`${word(alias)} points to ${target}`,
          rule: context.justLogged ? 'ALI-1' : 'ALI-2',
        }
      : {
          sentence: sentence`${word(alias)} points to ${target}, no longer to ${context.member(collectionId, movedFrom)}`,
          rule: 'ALI-2',
        };
  },
  aliasRemoved: ({ alias, collectionId, index }, context) => ({
    sentence: sentence`${word(alias)} no longer points to ${context.member(collectionId, index)}`,
    rule: 'ALI-5',
  }),
  aliasProtected: ({ alias, collectionId }, context) => ({
    sentence: sentence`${word(alias)} is protected in ${context.collection(collectionId)}: neither its link nor the source can be deleted`,
    rule: 'ALI-7',
  }),
  factsSet: ({ versionId }, context) => ({
    sentence: sentence`the description, metadata, or tags of ${context.version(versionId)} change, and its content does not`,
    rule: 'LOG-9',
  }),
  versionLinked: ({ portfolioId, index, versionId }, context) => ({
    sentence: sentence`${context.link(portfolioId, index)} links to ${context.version(versionId)}`,
    rule: null,
  }),
  runStarted: ({ run, again, facts: { displayName } }) => ({
    sentence: sentence`run ${runReference(run)}${displayName === undefined ? '' : `, named ${word(displayName)},`} ${again ? 'resumes' : 'starts'}`,
    rule: 'RUN-1',
  }),
  runFactsSet: ({ runId }, { after }) => ({
    sentence: sentence`what is known of run ${runReference(runById(after, runId).name)} changes`,
    rule: 'RUN-1',
  }),
  runFinished: ({ runId, state }, { after }) => ({
    sentence: sentence`run ${runReference(runById(after, runId).name)} is ${state}`,
    rule: 'RUN-1',
  }),
  lineageRecorded: ({ run, edge, versionId }, context) =>
    edge === 'output'
      ? {
          sentence: sentence`${context.version(versionId)} is also an output of ${runReference(run)}, which did not create it`,
          rule: 'RUN-3',
        }
      : { sentence: sentence`${runReference(run)} ${edge} ${context.version(versionId)}`, rule: null },
} as const satisfies Partial<Describers>;

/** A run, by its shortest unambiguous name. */
export function runReference(run: RunName): Reference {
  return { kind: 'run', id: runIdOf(run), text: word(shortRunName(run), 60) };
}
