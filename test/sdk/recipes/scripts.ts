import { CommError, type Simulator, type SimulatorOptions } from '../../../src/sdk/index.ts';
import { restore } from '../../support/stores/builders.ts';
import { refusal } from '../scene.ts';
import { deleteACollection } from './delete-a-collection.ts';
import { deleteAtVersions } from './delete-at-versions.ts';
import { deleteWhatARunLogged } from './delete-what-a-run-logged.ts';
import { deleteWithAliases } from './delete-with-aliases.ts';
import { deleteWithAnAlias } from './delete-with-an-alias.ts';
import { deleteWithoutAliases } from './delete-without-aliases.ts';
import { expireAllButTheBest } from './expire-all-but-the-best.ts';
import { keepTheLast } from './keep-the-last.ts';
import { deleteAnotherName, deleteTheSameName } from './mistake-another-name.ts';
import { deleteWhatWasCounted, deleteWhileCounting } from './mistake-counted-pages.ts';
import { deleteWhatHasNoAlias, deleteWhatNobodyNamed } from './mistake-latest-keeps-all.ts';
import { deleteTheirSources, deleteThroughLinks } from './mistake-through-a-link.ts';
import { builds, checkpoints, registry, sweep } from './stages.ts';

/** A script, and what happens around it, just as a story tells it. */
export interface Script {
  /** The file in the chapter of the cleanup scripts. */
  readonly story: string;
  readonly options?: SimulatorOptions;
  readonly given: (simulator: Simulator) => Promise<unknown>;
  readonly when: (simulator: Simulator) => Promise<unknown>;
}

const quietly = () => {};

/** Every recipe, and every mistake with what mends it. */
export const SCRIPTS: readonly Script[] = [
  {
    story: '01-what-a-run-logged.yaml',
    given: checkpoints,
    when: async (simulator) => {
      await refusal(deleteWhatARunLogged(simulator.api(), 'train-1'), CommError, 'has-aliases');
      await simulator.advance('8d');
    },
  },
  {
    story: '02-what-a-run-logged-with-aliases.yaml',
    given: checkpoints,
    when: async (simulator) => {
      await deleteWithAliases(simulator.api(), 'train-1');
      await simulator.advance('8d');
    },
  },
  {
    story: '03-only-certain-versions.yaml',
    given: checkpoints,
    when: async (simulator) => {
      await deleteAtVersions(simulator.api(), 'train-1', ['v1', 'v2']);
      await simulator.advance('8d');
    },
  },
  {
    story: '04-only-what-an-alias-points-to.yaml',
    given: checkpoints,
    when: async (simulator) => {
      await deleteWithAnAlias(simulator.api(), 'train-1', 'diverged');
      await simulator.advance('8d');
    },
  },
  {
    story: '05-only-versions-without-aliases.yaml',
    given: checkpoints,
    when: async (simulator) => {
      await deleteWithoutAliases(simulator.api(), 'model', 'checkpoints');
      await simulator.advance('8d');
    },
  },
  {
    story: '06-a-whole-collection.yaml',
    given: checkpoints,
    when: async (simulator) => {
      await deleteACollection(simulator.api(), 'model', 'checkpoints');
      await simulator.advance('8d');
    },
  },
  {
    story: '07-all-but-the-last-two.yaml',
    given: checkpoints,
    when: async (simulator) => {
      await keepTheLast(simulator.api(), 'model', 'checkpoints', 2);
      await simulator.advance('8d');
    },
  },
  {
    story: '08-a-ttl-for-all-but-the-best.yaml',
    given: checkpoints,
    when: async (simulator) => {
      await expireAllButTheBest(simulator.api(), 'model', 'checkpoints', 30);
      await simulator.advance('30d');
      await simulator.advance('7d');
    },
  },
  {
    story: '09-checking-one-and-deleting-another.yaml',
    given: checkpoints,
    when: async (simulator) => {
      const api = simulator.api();
      await refusal(deleteAnotherName(api, 'train-1', ['v0', 'v1'], quietly), CommError, 'not-committed');
      await simulator.dispatch(restore('checkpoints:v4'));
      await deleteTheSameName(api, 'train-1', ['v0', 'v1'], quietly);
      await simulator.advance('8d');
    },
  },
  {
    story: '10-deleting-while-paging.yaml',
    options: { paging: 'offset' },
    given: builds,
    when: async (simulator) => {
      await deleteWhileCounting(simulator.api(), 'dataset', 'builds', 2);
      await simulator.advance('8d');
      await deleteWhatWasCounted(simulator.api(), 'dataset', 'builds', 1);
      await simulator.advance('8d');
    },
  },
  {
    story: '11-latest-keeps-everything.yaml',
    given: sweep,
    when: async (simulator) => {
      await deleteWhatHasNoAlias(simulator.api(), 'model');
      await simulator.advance('8d');
      await deleteWhatNobodyNamed(simulator.api(), 'model');
      await simulator.advance('8d');
    },
  },
  {
    story: '12-deleting-through-a-link.yaml',
    options: { registries: { models: {} } },
    given: registry,
    when: async (simulator) => {
      const api = simulator.api();
      await deleteThroughLinks(api, 'model', 'models/old-rankers');
      await simulator.advance('8d');
      await (await api.artifact('ranker:v0')).link('models/old-rankers', ['retired']);
      await deleteTheirSources(api, 'model', 'models/old-rankers');
      await simulator.advance('8d');
    },
  },
];
