import { describe, expect, test } from 'vitest';
import { Artifact, CommError, Simulator, ValueError } from '../../../src/sdk/index.ts';
import { failure, logged, refusal } from '../scene.ts';

const PROTO = new Map<string, unknown>([['__proto__', { deep: new Map([['__proto__', 1]]) }]]);
const PROTO_TEXT = '{"__proto__":{"deep":{"__proto__":1}}}';

/** An artifact with a description and metadata that was logged, and another object of it. */
async function twoOf(simulator: Simulator) {
  const draft = new Artifact('animals', 'dataset', 'of the farm', { cats: 1, tags: ['a'] });
  await simulator.init().logArtifact(draft);
  await draft.wait();
  return [draft, await simulator.api().artifact('animals:v0')] as const;
}

const factsOf = ({ description, metadata }: Artifact) => ({ description, metadata });
const FACTS = { description: 'of the farm', metadata: { cats: 1, tags: ['a'] } };
const NONE = { description: null, metadata: {} };

describe('the description and metadata of an artifact', () => {
  test('are given to a draft, and are those of what is logged', async () => {
    const [draft, fetched] = await twoOf(new Simulator());
    expect([factsOf(draft), factsOf(fetched)]).toEqual([FACTS, FACTS]);
    expect(factsOf(new Artifact('animals', 'dataset'))).toEqual(NONE);
    expect(factsOf(new Artifact('animals', 'dataset', null, null))).toEqual(NONE);
    expect(factsOf(await logged(new Simulator(), 'plants'))).toEqual(NONE);
  });

  test('are read from a copy, and keep any key', async () => {
    const simulator = new Simulator();
    const given = { list: [1] };
    const draft = new Artifact('animals', 'dataset', '', given);
    given.list.push(2);
    expect(factsOf(draft)).toEqual({ description: '', metadata: { list: [1] } });
    draft.metadata = PROTO;
    expect(JSON.stringify(draft.metadata)).toBe(PROTO_TEXT);
    await simulator.init().logArtifact(draft);
    await draft.wait();
    const fetched = await simulator.api().artifact('animals:v0');
    expect(JSON.stringify(fetched.metadata)).toBe(PROTO_TEXT);
    expect(Object.hasOwn(fetched.metadata, '__proto__')).toBe(true);
    fetched.metadata['own'] = true;
    expect((await simulator.api().artifact('animals:v0')).metadata).not.toHaveProperty('own');
  });

  test('can be edited, also in place, and count once they are saved; the content stays (LOG-9)', async () => {
    const simulator = new Simulator();
    const [artifact] = await twoOf(simulator);
    const { digest, metadata } = artifact;
    artifact.description = null;
    metadata['cats'] = 2;
    expect(factsOf(await simulator.api().artifact('animals:v0'))).toEqual(FACTS);
    await artifact.save();
    const saved = await simulator.api().artifact('animals:v0');
    expect(factsOf(saved)).toEqual({ description: null, metadata: { cats: 2, tags: ['a'] } });
    expect(artifact.metadata).toBe(metadata);
    expect([saved.digest, saved.version, saved.aliases]).toEqual([digest, 'v0', ['latest']]);
    expect(simulator.history.at(-1)?.events.map(({ type }) => type)).toEqual(['factsSet']);
    const { length } = simulator.history;
    await artifact.save();
    expect(simulator.history.length).toBe(length);
  });

  test('replace what others saved meanwhile, even if only aliases were edited', async () => {
    const simulator = new Simulator();
    const [first, second] = await twoOf(simulator);
    second.description = 'newer';
    await second.save();
    first.aliases.push('best');
    await first.save();
    expect(factsOf(await simulator.api().artifact('animals:v0'))).toEqual(FACTS);
  });

  test('of a link are those of its source, which a member of the team may edit', async () => {
    const simulator = new Simulator({
      team: { members: { ann: 'member' } },
      registries: { models: { ann: 'member', rob: 'member' } },
    });
    const [source] = await twoOf(simulator);
    await source.link('models/prod');
    const byAnn = await simulator.api({ as: 'ann' }).artifact('models/prod:v0');
    expect(factsOf(byAnn)).toEqual(FACTS);
    byAnn.description = 'by ann';
    await byAnn.save();
    expect((await simulator.api().artifact('animals:v0')).description).toBe('by ann');
    const byRob = await simulator.api({ as: 'rob' }).artifact('models/prod:v0');
    byRob.description = 'by rob';
    byRob.aliases.push('live');
    await byRob.save();
    expect(byRob.description).toBe('by ann');
    expect((await simulator.api().artifact('models/prod:live')).description).toBe('by ann');
  });

  test('cannot be saved by a viewer, nor after the version was deleted', async () => {
    const simulator = new Simulator({ team: { members: { vera: 'viewer' } } });
    const [artifact] = await twoOf(simulator);
    const seen = await simulator.api({ as: 'vera' }).artifact('animals:v0');
    seen.description = 'mine';
    await refusal(seen.save(), CommError, 'forbidden');
    await artifact.delete({ deleteAliases: true });
    await artifact.save();
    artifact.description = 'too late';
    await refusal(artifact.save(), CommError, 'not-found');
  });

  test('are copied to a draft, with edits that are not saved', async () => {
    const simulator = new Simulator();
    const [artifact] = await twoOf(simulator);
    artifact.description = 'edited';
    const draft = artifact.newDraft();
    draft.metadata['cats'] = 3;
    expect(factsOf(draft)).toEqual({ description: 'edited', metadata: { cats: 3, tags: ['a'] } });
    expect(artifact.metadata).toEqual(FACTS.metadata);
    draft.addFile('dog', '1MB');
    await simulator.init().logArtifact(draft);
    await draft.wait();
    expect(factsOf(await simulator.api().artifact('animals:v1'))).toEqual(factsOf(draft));
    expect(factsOf(await simulator.api().artifact('animals:v0'))).toEqual(FACTS);
  });

  test('are sent when the artifact is logged; what is edited later waits to be saved', async () => {
    const simulator = new Simulator();
    const draft = new Artifact('animals', 'dataset', 'sent', { n: 1 });
    const begun = simulator.init().logArtifact(draft);
    draft.description = 'edited';
    await begun;
    await draft.wait();
    expect(factsOf(draft)).toEqual({ description: 'edited', metadata: { n: 1 } });
    expect((await simulator.api().artifact('animals:v0')).description).toBe('sent');
    await draft.save();
    expect((await simulator.api().artifact('animals:v0')).description).toBe('edited');
  });

  test('make no new version, and a version that is logged again keeps its own (LOG-3, LOG-9)', async () => {
    const simulator = new Simulator();
    await twoOf(simulator);
    const again = new Artifact('animals', 'dataset', 'other', { other: true });
    await simulator.init().logArtifact(again);
    await again.wait();
    expect([again.version, factsOf(again)]).toEqual(['v0', FACTS]);
  });

  test.each([
    [{ a: undefined }],
    [{ a: Number.NaN }],
    [{ a: new Date(0) }],
    [[1]],
    [new Map([[1, 2]])],
    ['text' as unknown as object],
    [Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`${at}`, at]))],
  ])('are refused as %j, also where it was edited in place', async (metadata) => {
    await failure(() => new Artifact('animals', 'dataset', null, metadata), ValueError);
    const [artifact] = await twoOf(new Simulator());
    await failure(() => Object.assign(artifact, { metadata }), ValueError);
    artifact.metadata['wrong'] = () => metadata;
    await failure(artifact.save(), ValueError);
    await artifact.link('models');
    expect(artifact.metadata).toHaveProperty('wrong');
    await failure(() => artifact.newDraft(), ValueError);
  });

  test('are a text or null, and an object or null', async () => {
    const draft = new Artifact('animals', 'dataset', 'one', { n: 1 });
    await failure(() => Object.assign(draft, { description: 5 }), TypeError);
    Object.assign(draft, { description: null, metadata: null });
    expect(factsOf(draft)).toEqual(NONE);
  });
});
