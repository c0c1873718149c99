import { describe, expect, test } from 'vitest';
import {
  Artifact,
  ArtifactFinalizedError,
  ArtifactNotLoggedError,
  Simulator,
  ValueError,
} from '../../../src/sdk/index.ts';
import { draftOf, failure, logged, refusal } from '../scene.ts';

describe('an artifact that is yet to be logged', () => {
  test('takes files, and knows their manifest', () => {
    const artifact = draftOf('animals', { 'a.txt': 'hello', 'cat.jpg': '2MB' });
    artifact.addReference('s3://bucket/data/dog.jpg', { size: '1MB' });
    expect(artifact.isDraft()).toBe(true);
    expect(artifact.state).toBe('PENDING');
    expect(artifact.name).toBe('animals');
    expect(artifact.id).toBeNull();
    expect(artifact.size).toBe(3_000_005);
    expect([...artifact.manifest.entries.keys()]).toEqual(['a.txt', 'cat.jpg', 'dog.jpg']);
    expect(artifact.manifest.entries.get('dog.jpg')).toEqual({
      path: 'dog.jpg',
      digest: 's3://bucket/data/dog.jpg',
      size: 1_000_000,
      ref: 's3://bucket/data/dog.jpg',
    });
  });

  test('has the digest that the service would give it (LOG-9)', () => {
    expect(draftOf('any', {}).digest).toBe('64e7c61456b10382e2f3b571ac24b659');
    expect(draftOf('any', { 'a.txt': 'hello' }).digest).toBe('541f289bb3c6ae786d51e7288e523543');
  });

  test.each([
    'entity',
    'project',
    'qualifiedName',
    'version',
    'sourceEntity',
    'sourceProject',
    'sourceQualifiedName',
    'sourceVersion',
    'fileCount',
    'createdAt',
    'tags',
    'aliases',
    'ttl',
  ] as const)('has no %s', async (member) => {
    const error = await failure(() => draftOf('animals', {})[member], ArtifactNotLoggedError);
    expect(error.message).toContain(`Artifact.${member}`);
    expect(error.refusal).toBeNull();
  });

  test.each([
    'wait',
    'save',
    'delete',
    'unlink',
    'download',
    'verify',
    'collection',
    'sourceCollection',
    'sourceArtifact',
    'linkedArtifacts',
    'loggedBy',
    'usedBy',
  ] as const)('cannot be asked to %s', async (member) => {
    await failure(draftOf('animals', {})[member](), ArtifactNotLoggedError);
  });

  test('cannot be linked, listed or copied', async () => {
    const draft = draftOf('animals', {});
    await failure(draft.link('models/prod'), ArtifactNotLoggedError);
    await failure(() => draft.files(), ArtifactNotLoggedError);
    await failure(() => draft.newDraft(), ArtifactNotLoggedError);
  });

  test.each(['', 'a/b', 'a:b', 'x'.repeat(129), '../../etc/passwd'])(
    'cannot be called "%s"',
    async (name) => {
      await refusal(() => new Artifact(name, 'dataset'), ValueError, 'bad-name');
    },
  );

  test.each(['', 'job', 'wandb-history'])('cannot be of the type "%s"', async (type) => {
    await failure(() => new Artifact('animals', type), ValueError);
  });

  test('takes a description, as in Python, and checks its name and type all the same', async () => {
    expect(new Artifact('animals', 'dataset', 'of the farm').name).toBe('animals');
    expect(new Artifact('animals', 'dataset', null).isDraft()).toBe(true);
    await refusal(() => new Artifact('a/b', 'dataset', 'of the farm'), ValueError, 'bad-name');
    await failure(() => new Artifact('animals', 'job', 'of the farm'), ValueError);
    await failure(() => new Artifact('animals', 'dataset', {} as unknown as string), TypeError);
  });

  test('may be called __proto__, and have any path', async () => {
    const simulator = new Simulator();
    const paths = ['__proto__', 'constructor', '../../etc/passwd', 'a\nb', '🐈', ' '];
    const artifact = new Artifact('__proto__', '__proto__');
    artifact.addDir(paths.map((path) => [path, path] as const));
    await simulator.init().logArtifact(artifact);
    await artifact.wait();
    const found = await simulator.api().artifact('__proto__:latest', '__proto__');
    expect([...found.manifest.entries.keys()].sort()).toEqual([...paths].sort());
    expect(new Set((await found.download()).keys())).toEqual(new Set(paths));
  });
});

describe('a logged artifact', () => {
  test('knows its names, its place and its content', async () => {
    const simulator = new Simulator();
    await simulator.advance('2h');
    const artifact = await logged(
      simulator,
      'animals',
      { 'cat.jpg': '2MB' },
      { aliases: ['best'], tags: ['raw'] },
    );
    expect(artifact).toMatchObject({
      name: 'animals:v0',
      type: 'dataset',
      entity: 'team',
      project: 'demo',
      qualifiedName: 'team/demo/animals:v0',
      version: 'v0',
      sourceEntity: 'team',
      sourceProject: 'demo',
      sourceName: 'animals:v0',
      sourceQualifiedName: 'team/demo/animals:v0',
      sourceVersion: 'v0',
      isLink: false,
      state: 'COMMITTED',
      size: 2_000_000,
      fileCount: 1,
      createdAt: 7_200,
      tags: ['raw'],
      aliases: ['best', 'latest'],
      ttl: null,
    });
    expect(artifact.isDraft()).toBe(false);
    expect(artifact.digest).toBe(draftOf('animals', { 'cat.jpg': '2MB' }).digest);
  });

  test('is the same thing, in all that it knows, as what is fetched by its name', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    const fetched = await simulator.api().artifact('animals:v0');
    expect(fetched).toBeInstanceOf(Artifact);
    for (const member of ['id', 'qualifiedName', 'digest', 'aliases', 'state', 'createdAt'] as const) {
      expect(fetched[member]).toEqual(artifact[member]);
    }
  });

  test('cannot be changed any more', async () => {
    const artifact = await logged(new Simulator(), 'animals');
    const error = await failure(() => artifact.addFile('dog.jpg', 'wuff'), ArtifactFinalizedError);
    expect(error.message).toContain('artifact.newDraft()');
    await failure(() => artifact.addDir([['dog.jpg', 'wuff']]), ArtifactFinalizedError);
    await failure(() => artifact.addReference('s3://bucket/dog.jpg'), ArtifactFinalizedError);
    await failure(() => artifact.newFile('dog.jpg', () => {}), ArtifactFinalizedError);
    await failure(() => artifact.remove('animals'), ArtifactFinalizedError);
    await failure(new Simulator().init().logArtifact(artifact), ArtifactFinalizedError);
  });

  test('is a snapshot: what another object does to the version is not seen', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals');
    const other = await simulator.api().artifact('animals:v0');
    await other.delete({ deleteAliases: true });
    expect(other).toMatchObject({ state: 'PENDING_DELETION', aliases: [] });
    expect(artifact).toMatchObject({ state: 'COMMITTED', aliases: ['latest'] });
  });

  test('can become a draft, be changed, and be logged as the next version (LOG-10)', async () => {
    const simulator = new Simulator();
    const artifact = await logged(simulator, 'animals', { 'cat.jpg': '2MB', 'dog.jpg': '1MB' });
    const draft = artifact.newDraft();
    draft.remove('cat.jpg');
    draft.addFile('dog.jpg', { size: '4MB', of: 'another dog' }, { overwrite: true });
    draft.addFile('rat.jpg', { size: '3MB' });
    await simulator.init().logArtifact(draft);
    await draft.wait();
    expect(draft.name).toBe('animals:v1');
    expect([...draft.manifest.entries.keys()]).toEqual(['dog.jpg', 'rat.jpg']);
    expect([...artifact.manifest.entries.keys()]).toEqual(['cat.jpg', 'dog.jpg']);
  });
});
