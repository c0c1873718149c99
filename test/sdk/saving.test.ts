import { describe, expect, test } from 'vitest';
import {
  ArtifactNotLoggedError,
  ArtifactTTL,
  CommError,
  Simulator,
  type Timedelta,
  timedelta,
  ValueError,
} from '../../src/sdk/index.ts';
import { draftOf, failure, logged, refusal } from './scene.ts';

const month = timedelta({ days: 30 });

describe('aliases', () => {
  test('are a list that is edited, and count once it is saved', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals', { cat: '1MB' }, { aliases: ['old'] });
    const { aliases } = artifact;
    aliases.push('best');
    aliases.splice(aliases.indexOf('old'), 1);
    expect((await simulator.api().artifact('animals:v0')).aliases).toEqual(['latest', 'old']);
    await artifact.save();
    expect((await simulator.api().artifact('animals:best')).aliases).toEqual(['best', 'latest']);
    expect(artifact.aliases).toBe(aliases);
  });

  test('may be replaced as a whole, latest too (ALI-5)', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    artifact.aliases = ['best', 'best'];
    await artifact.save();
    expect(artifact.aliases).toEqual(['best']);
    expect(await simulator.api().artifactExists('animals')).toBe(false);
  });

  test('move from one version to the other (ALI-2), which the other object does not see', async () => {
    const simulator = new Simulator();
    const first = await logged(simulator, 'animals', { cat: '1MB' }, { aliases: ['best'] });
    const second = await logged(simulator, 'animals', { dog: '1MB' });
    second.aliases.push('best');
    await second.save();
    expect(first.aliases).toEqual(['best', 'latest']);
    expect((await simulator.api().artifact('animals:v0')).aliases).toEqual([]);
  });

  test('that cannot be aliases are thrown when they are set, and refused when they are saved (ALI-4)', async () => {
    const artifact = await logged(new Simulator(), 'animals');
    await refusal(() => Object.assign(artifact, { aliases: ['a/b'] }), ValueError, 'bad-alias');
    await failure(() => Object.assign(artifact, { aliases: 'best' }), TypeError);
    artifact.aliases.push('v3');
    await refusal(artifact.save(), ValueError, 'bad-alias');
  });

  test('may be __proto__, an emoji or a line feed', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    artifact.aliases.push('__proto__', '🐈', 'a\nb');
    await artifact.save();
    expect((await simulator.api().artifact('animals:__proto__')).version).toBe('v0');
    expect((await simulator.api().artifact('animals:🐈')).aliases).toHaveLength(4);
  });

  test('of a link are those of its portfolio', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    const link = await artifact.link('models/best');
    link.aliases.push('prod');
    await link.save();
    expect(link.aliases).toEqual(['latest', 'prod']);
    expect((await simulator.api().artifact('animals:v0')).aliases).toEqual(['latest']);
    expect((await simulator.api().artifact('models/best:prod')).isLink).toBe(true);
  });
});

describe('the TTL', () => {
  test('is set, saved, and counts from the creation (TTL-2)', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    artifact.ttl = month;
    expect((await simulator.api().artifact('animals')).ttl).toBeNull();
    await artifact.save();
    expect((await simulator.api().artifact('animals')).ttl).toBe(month);
    await simulator.advance('30d');
    expect(await simulator.api().artifactExists('animals:v0')).toBe(false);
  });

  test('of a draft is that of the version', async () => {
    const simulator = new Simulator();
    const draft = draftOf('animals', { cat: '1MB' });
    draft.ttl = month;
    expect(draft.ttl).toBe(month);
    await simulator.init().logArtifact(draft);
    await draft.wait();
    expect(draft.ttl).toBe(month);
  });

  test('of a draft can change while it is being uploaded, and is saved then', async () => {
    const simulator = new Simulator();
    const draft = draftOf('animals', { cat: '1MB' });
    draft.ttl = timedelta({ days: 1 });
    const logging = simulator.init().logArtifact(draft);
    draft.ttl = month;
    await logging;
    await Promise.all([draft.wait(), draft.wait().then(() => draft.aliases.push('best'))]);
    expect(draft.ttl).toBe(month);
    await draft.save();
    const { ttl, aliases } = await simulator.api().artifact('animals');
    expect([ttl, aliases]).toEqual([month, ['best', 'latest']]);
  });

  test('that is inherited is what the team has (TTL-3), once it is known', async () => {
    const simulator = new Simulator({ team: { ttlDefault: month } });
    const artifact = await logged(simulator, 'animals');
    expect(artifact.ttl).toBe(month);
    artifact.ttl = null;
    await artifact.save();
    expect(artifact.ttl).toBeNull();
    artifact.ttl = ArtifactTTL.INHERIT;
    await failure(() => artifact.ttl, ArtifactNotLoggedError);
    await artifact.save();
    expect(artifact.ttl).toBe(month);
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('is not %d (TTL-1)', async (ttl) => {
    const artifact = await logged(new Simulator(), 'animals');
    await refusal(() => Object.assign(artifact, { ttl: ttl as Timedelta }), ValueError, 'bad-ttl');
  });

  test('cannot be text', async () => {
    const artifact = await logged(new Simulator(), 'animals');
    await failure(() => Object.assign(artifact, { ttl: '30d' }), TypeError);
  });

  test('cannot be set for types that the service generates (DEL-17)', async () => {
    await refusal(
      () => Object.assign(draftOf('table', {}, 'run_table'), { ttl: month }),
      ValueError,
      'bad-ttl',
    );
  });

  test('cannot be set on a link (TTL-5), whose source has lost its own (TTL-4)', async () => {
    const artifact = await logged(new Simulator({ registries: { models: {} } }), 'animals');
    artifact.ttl = month;
    await artifact.save();
    const link = await artifact.link('models/best');
    expect(artifact.ttl).toBeNull();
    const error = await refusal(() => Object.assign(link, { ttl: month }), ValueError, 'is-a-link');
    expect(error.message).toContain('Try: await simulator.dispatch({"type":"setTtl"');
  });

  test('does not change without permission (TTL-7)', async () => {
    const simulator = new Simulator({ team: { members: { bob: 'member' }, membersMaySetTtl: false } });
    await logged(simulator, 'animals');
    const artifact = await simulator.api({ as: 'bob' }).artifact('animals');
    artifact.ttl = month;
    await artifact.save();
    expect(artifact.ttl).toBeNull();
  });
});

describe('saving', () => {
  test('nothing changes nothing', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    const { store } = simulator;
    await artifact.save();
    expect(simulator.store).toBe(store);
  });

  test('brings what others did since, but keeps no edit of theirs', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    const other = await simulator.api().artifact('animals');
    other.aliases.push('theirs');
    await other.save();
    artifact.aliases.push('ours');
    await artifact.save();
    expect(artifact.aliases).toEqual(['latest', 'ours', 'theirs']);
  });

  test('an alias that is refused saves no other alias, and no TTL', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    const { store } = simulator;
    artifact.aliases.push('best', 'v1');
    artifact.ttl = month;
    await refusal(artifact.save(), ValueError, 'bad-alias');
    expect(simulator.store).toBe(store);
    expect(artifact.aliases).toContain('best');
  });

  test('loses nothing that is edited while it is under way', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals', { cat: '1MB' }, { aliases: ['old'] });
    artifact.aliases.push('a');
    const saving = artifact.save();
    artifact.aliases.push('b');
    artifact.aliases.splice(artifact.aliases.indexOf('old'), 1);
    artifact.ttl = month;
    await saving;
    await artifact.save();
    const { aliases, ttl } = await simulator.api().artifact('animals');
    expect([aliases, ttl]).toEqual([['a', 'b', 'latest'], month]);
  });

  test('twice at once saves what was edited last', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    artifact.aliases.push('a');
    const first = artifact.save();
    artifact.aliases.pop();
    await Promise.all([first, artifact.save()]);
    expect((await simulator.api().artifact('animals')).aliases).toEqual(['latest']);
  });

  test('comes after edits that a link made meanwhile leaves alone', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals', { cat: '1MB' }, { aliases: ['old'] });
    const { aliases } = artifact;
    aliases.push('best');
    aliases.splice(aliases.indexOf('old'), 1);
    artifact.ttl = month;
    await artifact.link('models/best');
    expect([artifact.aliases, artifact.ttl]).toEqual([['latest', 'best'], month]);
    expect(artifact.aliases).toBe(aliases);
    await artifact.save();
    expect((await simulator.api().artifact('animals')).aliases).toEqual(['best', 'latest']);
  });

  test('what is deleted is refused', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    await (await simulator.api().artifact('animals')).delete({ deleteAliases: true });
    artifact.aliases.push('best');
    await refusal(artifact.save(), CommError, 'not-found');
  });
});
