import { describe, expect, test } from 'vitest';
import { inOrder } from '../../src/sdk/scheduler.ts';
import type { Answer } from '../../src/service/answer.ts';
import { collectGarbage } from '../../src/service/collecting.ts';
import { deleteFetched, linkFetched, saveEdits, unlinkFetched } from '../../src/service/edits.ts';
import { type Fetched, fetchAt, fetchNamed, isThere, versionOf } from '../../src/service/fetched.ts';
import { existingRun, typesIn } from '../../src/service/listing.ts';
import { readableEntries } from '../../src/service/reading.ts';
import { actingAs, Service, type Turn } from '../../src/service/turns.ts';
import { beginUpload, commitUpload } from '../../src/service/uploading.ts';
import { versionById, versionOfClientId } from '../../src/store/look-up.ts';
import { manifestOf } from '../../src/store/manifest.ts';
import {
  addFiles,
  alias,
  begin,
  bucketDelete,
  link,
  log,
  remove,
  server as settings,
  time,
} from '../support/stores/builders.ts';
import { given, givenAmong, type History } from '../support/stores/given.ts';
import { collectionNamed, versionId, versionNamed } from '../support/stores/names.ts';
import { peopleOf } from '../support/stores/people.ts';

const animals = log('animals', { cat: '2MB' });

function serverWith(...history: readonly History[]): Service {
  return new Service(given(...history).store, inOrder(), 'cursor');
}

function fetched(service: Service, name: string): Fetched {
  const answer = fetchNamed(service.store, versionNamed(name));
  if (!answer.ok) throw new Error(answer.refusal.sentence);
  return answer.value;
}

describe('a turn', () => {
  test('answers a refusal with what would go through, and keeps what was done before it', async () => {
    const service = serverWith(animals);
    const answer = await service.turn('two things', (turn) => {
      turn.apply(log('plants'));
      return turn.apply(remove('animals:v0'));
    });
    expect(answer).toMatchObject({
      ok: false,
      refusal: { code: 'has-aliases' },
      advice: [remove('animals:v0', { deleteAliases: true })],
    });
    expect(service.history.map(({ label }) => label)).toEqual(['two things']);
    expect(fetchNamed(service.store, versionNamed('plants:v0')).ok).toBe(true);
  });

  test('acts as the person who calls', async () => {
    const people = peopleOf({ team: { bob: 'viewer' } });
    const service = new Service(givenAmong(people)(animals).store, inOrder(), 'cursor');
    const asBob = await service.turn('log', (turn) => actingAs(turn, 'bob').apply(log('plants')));
    expect(asBob).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
  });

  test('of one call is undone and redone with the others of that call', async () => {
    const service = serverWith(animals);
    const call = service.nextCall();
    for (const name of ['plants', 'rocks']) await service.turn('log', (turn) => turn.apply(log(name)), call);
    expect(service.undo()).toBe(true);
    expect([service.history, service.undo()]).toEqual([[], false]);
    expect(service.redo()).toBe(true);
    expect([service.history.length, service.redo()]).toEqual([2, false]);
  });
});

describe('garbage collection without its requirements', () => {
  test('is refused with every setting that is missing', async () => {
    const own = settings({ deployment: 'self-managed', bucket: { provider: 'gcp' } });
    const service = serverWith(animals, remove('animals:v0', { deleteAliases: true }), own);
    const answer = await collectGarbage(service);
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'gc-not-enabled' } });
    const advice = answer.ok ? [] : answer.advice;
    expect(advice?.map(({ type }) => type)).toEqual(['changeSettings', 'changeSettings', 'collectGarbage']);
  });
});

describe('edits', () => {
  const history = [animals, alias('animals:v0', { add: ['old'] }), link('animals:v0', 'prod')];

  async function edit<Result>(service: Service, body: (turn: Turn) => Result): Promise<Result> {
    return service.turn('edit', body);
  }

  test('are saved as the aliases that were added and removed, and the TTL', async () => {
    const service = serverWith(...history);
    const edits = {
      facts: null,
      aliases: ['latest', 'best'],
      ttl: { kind: 'lasting', seconds: time('30d') },
    } as const;
    const saved = await edit(service, (turn) => saveEdits(turn, fetched(service, 'animals:v0'), edits));
    expect(saved).toMatchObject({
      ok: true,
      value: { facts: { aliases: ['best', 'latest'], ttl: edits.ttl } },
    });
    expect(service.actions).toMatchObject([
      { type: 'editAliases', add: ['best'], remove: ['old'] },
      { type: 'setTtl' },
    ]);
  });

  test('of a link concern the link alone', async () => {
    const service = serverWith(...history);
    expect(
      await edit(service, (turn) => deleteFetched(turn, fetched(service, 'prod:v0'), false)),
    ).toMatchObject({
      ok: true,
    });
    expect(versionById(service.store, versionId('animals:v0')).state.kind).toBe('COMMITTED');
    expect(await edit(service, (turn) => unlinkFetched(turn, fetched(service, 'animals:v0')))).toMatchObject({
      ok: false,
      refusal: { code: 'not-a-link' },
    });
  });

  test('are refused once the call that made the version is undone, even if another has its name', async () => {
    const service = serverWith();
    await service.turn('log', (turn) => turn.apply(animals));
    const before = fetched(service, 'animals:v0');
    service.undo();
    await service.turn('log', (turn) => turn.apply(log('animals', { dog: '1MB' })));
    const to = collectionNamed('prod');
    for (const body of [
      (turn: Turn): Answer<unknown> => deleteFetched(turn, before, true),
      (turn: Turn) => linkFetched(turn, before, to, []),
      (turn: Turn) => saveEdits(turn, before, { aliases: [], facts: null, ttl: null }),
    ]) {
      expect(await edit(service, body)).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
    }
  });
});

describe('an upload', () => {
  const upload = { ...animals, collection: collectionNamed('animals') };

  test('is committed once, is over at once where the newest version has its content (LOG-3), and can be undone', async () => {
    const service = serverWith();
    const begin = () => service.turn('begin', (turn) => beginUpload(turn, upload));
    const first = await begin();
    if (!first.ok) throw new Error(first.refusal.sentence);
    expect(first.value.how).toBe('new');
    expect((await service.turn('commit', (turn) => commitUpload(turn, first.value))).ok).toBe(true);
    expect(await begin()).toMatchObject({ ok: true, value: { how: 'reused' } });
    const again = await service.turn('commit', (turn) => commitUpload(turn, first.value));
    expect(again).toEqual({ ok: true, value: [] });
    while (service.undo());
    expect(await service.turn('commit', (turn) => commitUpload(turn, first.value))).toMatchObject({
      refusal: { code: 'not-found' },
    });
  });
});

describe('an upload with a client id (LOG-11)', () => {
  const named = { ...begin('animals', {}, { clientIds: ['mine', 'all'], announced: null }) };
  const more = { ...begin('animals', {}, { clientIds: ['yours', 'all'], announced: null }) };

  test('goes on where another client begins it, is found by each id, and is reused once it is committed', async () => {
    const service = serverWith();
    const first = await service.turn('begin', (turn) => beginUpload(turn, named));
    const second = await service.turn('begin', (turn) => beginUpload(turn, more));
    if (!first.ok || !second.ok) throw new Error('both are accepted');
    expect([first.value.how, second.value.how]).toEqual(['new', 'joined']);
    expect(second.value.version.id).toBe(first.value.version.id);
    for (const id of ['mine', 'yours', 'all']) {
      expect(versionOfClientId(service.store, id)?.id).toBe(first.value.version.id);
    }
    expect(versionOfClientId(service.store, 'nobody')).toBeUndefined();
    await service.turn('add', (turn) => turn.apply(addFiles(first.value.version.id, { cat: '2MB' })));
    expect((await service.turn('commit', (turn) => commitUpload(turn, second.value))).ok).toBe(true);
    const third = await service.turn('begin', (turn) => beginUpload(turn, more));
    expect(third).toMatchObject({ ok: true, value: { how: 'reused', version: { index: 0 } } });
  });

  test('is the same upload after others have added files to it, and not once its begin is undone', async () => {
    const service = serverWith();
    const upload = await service.turn('begin', (turn) => beginUpload(turn, named));
    if (!upload.ok) throw new Error(upload.refusal.sentence);
    const address = { versionId: upload.value.version.id, link: null };
    const before = fetchAt(service.store, address);
    await service.turn('add', (turn) => turn.apply(addFiles(address.versionId, { cat: '2MB' })));
    expect(versionOf(service.store, before).ok).toBe(true);
    expect(isThere(service.store, upload.value.version)).toBe(true);
    service.undo();
    service.redo();
    expect(isThere(service.store, upload.value.version)).toBe(true);
    while (service.undo());
    await service.turn('begin', (turn) => beginUpload(turn, { ...named, manifest: manifestOf([]) }));
    expect(isThere(service.store, upload.value.version)).toBe(false);
    const committed = await service.turn('commit', (turn) => commitUpload(turn, upload.value));
    expect(committed).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
  });
});

describe('what does not exist', () => {
  test('is answered with a refusal, and never thrown', () => {
    const { store } = serverWith(animals);
    expect(fetchNamed(store, versionNamed('animals:v7'))).toMatchObject({ refusal: { code: 'not-found' } });
    expect(fetchNamed(store, versionNamed('animals:v0'), 'model')).toMatchObject({
      refusal: { code: 'type-mismatch' },
    });
    expect(typesIn(store, { entity: 'team', project: 'zoo' })).toMatchObject({
      refusal: { code: 'not-found' },
    });
    expect(existingRun(store, { entity: 'team', project: 'demo', run: 'train' })).toMatchObject({
      ok: false,
    });
  });

  test('in the bucket is named, with what brings it back if a copy is kept', () => {
    const versioned = settings({ deployment: 'self-managed', bucket: { provider: 'aws', versioning: true } });
    for (const [history, advice] of [
      [[animals, bucketDelete('animals:v0/cat')], []],
      [[versioned, animals, bucketDelete('animals:v0/cat')], [{ type: 'recoverVersion' }]],
    ] as const) {
      const { store } = given(...history);
      const version = versionById(store, versionId('animals:v0'));
      expect(readableEntries(store, version, versionNamed('animals:v0'))).toMatchObject({
        refusal: { code: 'objects-missing', blockers: ['cat'] },
        advice,
      });
      expect(readableEntries(store, version, versionNamed('animals:v0'), 'dog').ok).toBe(true);
    }
  });
});

describe('the events of a service', () => {
  test('are those of the history, from any position on', async () => {
    const service = serverWith(animals);
    for (const name of ['plants', 'rocks', 'plants']) {
      await service.turn('log', (turn) => turn.apply(log(name, { name: '1MB' })));
    }
    const events = service.history.flatMap((entry) => entry.events);
    expect(service.eventCount).toBe(events.length);
    for (let from = 0; from <= events.length + 1; from += 1) {
      expect([...service.eventsFrom(from)], `from ${from}`).toEqual(events.slice(from));
    }
  });

  test('are counted without refused and undone turns', async () => {
    const service = serverWith(animals);
    await service.turn('log', (turn) => turn.apply(log('plants')));
    const { eventCount } = service;
    await service.turn('delete', (turn) => turn.apply(remove('animals:v0')));
    await service.turn('log', (turn) => turn.apply(log('rocks')));
    expect(service.eventCount).toBeGreaterThan(eventCount);
    service.undo();
    expect(service.eventCount).toBe(eventCount);
    expect([...service.eventsFrom(eventCount)]).toEqual([]);
    await service.turn('log', (turn) => turn.apply(log('stars')));
    expect([...service.eventsFrom(0)]).toEqual(service.history.flatMap(({ events }) => events));
  });
});

describe('a listener to a service', () => {
  test('is called after every change, undo and redo, and not after a refusal', async () => {
    const seen: number[] = [];
    const service = new Service(given(animals).store, inOrder(), 'cursor', () => {
      seen.push(service.store.versions.size);
    });
    await service.turn('log', (turn) => turn.apply(log('plants')));
    await service.turn('delete', (turn) => turn.apply(remove('animals:v0')));
    service.undo();
    service.undo();
    service.redo();
    expect(seen).toEqual([2, 1, 2]);
  });
});
