import type { Command } from '../../src/decider/command.ts';
import type { RefusalSituation } from '../../src/rules/refusals.ts';
import {
  abandon,
  addFiles,
  alias,
  begin,
  bucketDelete,
  bucketUndelete,
  changeType,
  clock,
  commit,
  draft,
  link,
  log,
  recover,
  reference,
  release,
  remove,
  removeById,
  removeCollection,
  removeProject,
  removeRun,
  removeWithAliases,
  rename,
  restore,
  review,
  server,
  setTeamTtl,
  setTtl,
  unlink,
  use,
} from '../support/stores/builders.ts';
import { collected, type History } from '../support/stores/given.ts';
import { versionId } from '../support/stores/names.ts';
import { peopleOf } from '../support/stores/people.ts';

/** The people of the situations: a team, and a registry with its own roles. */
export const PEOPLE = peopleOf({
  team: { bob: 'member', vera: 'viewer' },
  registries: { models: { mel: 'member', vic: 'viewer' } },
});

const v0 = versionId('animals:v0');
export const animals = log('animals', { cat: '2MB', dog: '1MB' });
const prod = [animals, link('animals:v0', 'prod')];
const net = log('net', {}, { type: 'model' });
const due = [animals, removeWithAliases('animals:v0'), clock('7d')];
const guarded = [animals, link('animals:v0', 'models/prod'), alias('models/prod:v0', { protect: ['live'] })];
const index = log('index', [reference('cat', 'wandb-artifact://animals:v0/cat')]);
const LONG = 'x'.repeat(128);

/** At least one case per situation: the refused call and its history. The type ensures that none is missing. */
export const SITUATIONS: Readonly<
  Record<RefusalSituation, readonly (readonly [Command, readonly History[]])[]>
> = {
  badCollectionName: [
    [log('no spaces'), []],
    [link('animals:v0', '😀'), [animals]],
    [rename('animals', 'animals~1'), [animals]],
  ],
  collectionNameTaken: [[rename('animals', 'net'), [animals, net]]],
  reservedType: [
    [changeType('animals', 'job'), [animals]],
    [changeType('table', 'dataset'), [log('table', {}, { type: 'run_table' })]],
  ],
  badOwnerName: [
    [log('a#/animals'), []],
    [log('animals', {}, { run: '' }), []],
  ],
  typeMismatch: [
    [log('animals', {}, { type: 'model' }), [animals]],
    [link('net:v0', 'prod'), [...prod, net]],
  ],
  badPath: [[log('animals', { 'half a \ud83d': '1MB' }), []]],
  notASequence: [
    [log('prod'), prod],
    [changeType('prod', 'model'), prod],
  ],
  notAPortfolio: [
    [link('animals:v0', 'net'), [animals, net]],
    [link('animals:v0', 'animals'), [animals]],
  ],
  badClientId: [
    [begin('animals', {}, { clientIds: [''] }), []],
    [begin('animals', {}, { clientIds: ['mine', '\ud83d'] }), []],
  ],
  clientIdDigest: [
    [
      begin('animals', { cat: '2MB' }, { clientIds: ['mine'] }),
      [begin('animals', {}, { clientIds: ['mine'] })],
    ],
  ],
  clientIdsOfTwo: [
    [
      begin('animals', {}, { clientIds: ['mine', 'yours'], announced: null }),
      [begin('animals', {}, { clientIds: ['mine'] }), begin('animals', {}, { clientIds: ['yours'] })],
    ],
  ],
  pathTaken: [[addFiles(v0, { cat: '2MB dog' }), [begin('animals', { cat: '2MB' })]]],
  contentConflict: [[log('animals', { cat: '3MB' }), [animals]]],
  tooLarge: [[log('animals', { whale: '9PB', krill: '8TB' }), []]],
  tooLate: [[clock('1s'), [clock('9007199254740991s')]]],
  badAlias: [
    [alias('animals:v0', { add: ['v1'] }), [animals]],
    [link('animals:v0', 'prod', ['']), [animals]],
  ],
  indexIsNoAlias: [[alias('animals:v0', { remove: ['v0'] }), [animals]]],
  versionNotFound: [
    [remove('animals:v1'), [animals]],
    [remove('plants:latest'), []],
  ],
  latestAbsent: [[remove('animals:latest'), [animals, removeWithAliases('animals:v0')]]],
  versionUploading: [[remove('animals#0'), [begin('animals')]]],
  versionDeletedAlready: [[remove('animals:v0'), [animals, removeWithAliases('animals:v0')]]],
  collectionNotFound: [[removeCollection('animals'), []]],
  pathNotInBase: [[draft('animals:v0', { remove: ['owl'] }), [animals]]],
  notPending: [
    [abandon(v0), [animals]],
    [commit(v0), [begin('animals'), abandon(v0)]],
  ],
  notCommitted: [
    [removeById(v0), [animals, removeWithAliases('animals:v0')]],
    [removeById(v0), [begin('animals')]],
  ],
  badReference: [
    [index, []],
    [index, [log('animals', { dog: '1MB' })]],
    [index, [animals, removeWithAliases('animals:v0')]],
    [
      draft('index:v0', { add: [reference('again', 'wandb-artifact://index:v0/cat')] }),
      [animals, index, removeWithAliases('animals:v0')],
    ],
    [log('index', [reference('cat', 'wandb-artifact://animals')]), [animals]],
  ],
  referredTo: [
    [removeWithAliases('animals:v0'), [server({ artifactReferences: 'hold' }), animals, index]],
    [removeCollection('animals'), [server({ artifactReferences: 'hold' }), animals, index]],
  ],
  hasAliases: [
    [remove('animals:v0'), [animals]],
    [remove(`${LONG}:v0`), [log(LONG)]],
    [remove('wild/zoo/animals:latest'), [log('wild/zoo/animals', {}, { aliases: ['best'] })]],
  ],
  notALink: [
    [unlink('animals:v0'), [animals]],
    [unlink('animals:v0'), [animals, log('animals')]],
  ],
  runNotFound: [
    [removeRun('run-1'), [animals]],
    [removeRun('run-1'), [log('animals', {}, { run: 'run-1' }), removeRun('run-1')]],
  ],
  runDeleted: [
    [log('plants', {}, { run: 'run-1' }), [log('animals', {}, { run: 'run-1' }), removeRun('run-1')]],
    [use('animals:v0', 'run-1'), [log('animals', {}, { run: 'run-1' }), removeRun('run-1')]],
  ],
  projectNotFound: [
    [removeProject('zoo'), [animals]],
    [removeProject('demo'), [animals, removeProject('demo')]],
  ],
  notRestorable: [
    [restore('animals:v0'), [...due, review, release(v0)]],
    [restore('animals:v0'), [...due, collected]],
  ],
  neverCommitted: [
    [restore('animals#0'), [begin('animals'), abandon(v0)]],
    [recover('animals#0'), [begin('animals'), abandon(v0), clock('7d'), collected]],
  ],
  nameTaken: [
    [
      restore('animals:v0'),
      [animals, removeCollection('animals'), log('plants'), link('plants:v0', 'animals')],
    ],
  ],
  objectsMissing: [
    [restore('animals:v0'), [animals, removeWithAliases('animals:v0'), bucketDelete('animals:v0/cat')]],
  ],
  objectsLost: [
    [recover('animals:v0'), [animals, bucketDelete('animals:v0/cat')]],
    [recover('animals:v0'), [...due, collected]],
  ],
  copyGone: [[bucketUndelete('animals:v0/cat'), [animals, bucketDelete('animals:v0/cat')]]],
  pathNotFound: [[bucketDelete('animals:v0/owl'), [animals]]],
  pathIsReference: [[bucketDelete('animals:v0/cat'), [log('animals', [reference('cat', 's3://kennel')])]]],
  stillUploading: [
    [restore('animals#0'), [begin('animals')]],
    [recover('animals#0'), [begin('animals')]],
  ],
  registryTakesLinks: [
    [log('models/prod'), []],
    [begin('models/prod'), [...guarded]],
  ],
  protectingNoLink: [[alias('animals:v0', { protect: ['live'] }), [animals]]],
  aliasProtected: [
    [alias('models/prod:v0', { remove: ['live'] }, 'mel'), guarded],
    [alias('models/prod:v0', { protect: ['best'] }, 'mel'), guarded],
    [link('animals:v1', 'models/prod', ['live'], 'mel'), [...guarded, log('animals')]],
  ],
  protectedAlias: [
    [removeWithAliases('animals:v0'), guarded],
    [removeCollection('animals'), guarded],
    [removeProject('demo'), guarded],
  ],
  systemManaged: [
    [remove('past:v0'), [log('past', {}, { type: 'wandb-history' })]],
    [removeCollection('past'), [log('past', {}, { type: 'wandb-events' })]],
  ],
  protectedLink: [
    [{ ...unlink('models/prod:v0'), by: 'mel' }, guarded],
    [{ ...removeCollection('models/prod'), by: 'mel' }, guarded],
  ],
  protectingOutside: [[alias('prod:v0', { protect: ['live'] }), prod]],
  badTtl: [
    [setTtl('animals:v0', 'soon'), [animals]],
    [log('animals', {}, { ttl: '0s' }), []],
  ],
  badTeamTtl: [[setTeamTtl('inherit'), []]],
  ttlOfGenerated: [[log('jobs', {}, { type: 'job', ttl: '1d' }), []]],
  ttlOnLink: [
    [setTtl('models/prod:v0', '1d'), guarded],
    [setTtl('models/prod:live', 'none'), guarded],
  ],
  teamViewer: [[log('animals', {}, { by: 'vera' }), []]],
  noTeamRole: [[log('animals', {}, { by: 'a stranger' }), []]],
  notOwnRun: [[{ ...removeRun('run-1'), by: 'bob' }, [log('animals', {}, { run: 'run-1' })]]],
  onlyTeamAdmin: [
    [{ ...setTeamTtl('1d'), by: 'bob' }, []],
    [{ ...removeProject('demo'), by: 'bob' }, [animals]],
  ],
  noRegistryRole: [[link('animals:v0', 'models/prod', [], 'bob'), [animals]]],
  registryViewer: [[link('animals:v0', 'models/prod', [], 'vic'), [animals]]],
  onlyRegistryAdmin: [[{ ...removeProject('models'), by: 'mel' }, guarded]],
  gcNotEnabled: [
    [review, [...due, server({ deployment: 'self-managed', bucket: { provider: 'aws', versioning: true } })]],
  ],
  versioningOff: [
    [review, [...due, server({ deployment: 'bring-your-own-bucket', bucket: { provider: 'gcp' } })]],
  ],
  softDeleteOff: [
    [review, [...due, server({ deployment: 'bring-your-own-bucket', bucket: { provider: 'azure' } })]],
  ],
  noVersioning: [
    [server({ bucket: { versioning: true } }), []],
    [server({ bucket: { provider: 'azure', versioning: true } }), []],
  ],
  noSoftDelete: [
    [server({ bucket: { softDelete: true } }), []],
    [server({ bucket: { provider: 'minio', softDelete: true } }), []],
  ],
  softDeleteDaysOnGcp: [
    [server({ bucket: { provider: 'gcp', softDeleteDays: 6 } }), []],
    [server({ bucket: { softDeleteDays: 91 } }), [server({ bucket: { provider: 'gcp' } })]],
  ],
  noManagedBucket: [
    [server({ deployment: 'self-managed' }), []],
    [server({ deployment: 'bring-your-own-bucket' }), []],
  ],
};
