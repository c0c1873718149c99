import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aliasIndex, collectionById, find } from '../../src/store/look-up.ts';
import { aliasesOf } from '../../src/store/version.ts';
import { LATEST } from '../../src/values/names.ts';
import { alias, begin, link, log, remove, removeWithAliases } from '../support/stores/builders.ts';
import { deleted, put, taken } from '../support/stores/events.ts';
import { given } from '../support/stores/given.ts';
import { collectionId, versionId, versionNamed } from '../support/stores/names.ts';

const animals = [log('animals', { cat: '2MB' }, { aliases: ['best'] }), log('animals', { dog: '1MB' })];

describe('an alias', () => {
  test('added elsewhere moves: within a collection it names exactly one version (ALI-2)', () => {
    given(...animals)
      .when(alias('animals:v1', { add: ['best'] }))
      .then(put('animals:v1', 'best', 0));
    const { store } = given(...animals, alias('animals:v1', { add: ['best'] }));
    expect(aliasesOf(versionOf(store, 'animals:v0'))).toEqual([]);
    expect(aliasesOf(versionOf(store, 'animals:v1'))).toEqual(['best', 'latest']);
  });

  test('names one version, whatever edits there were (ALI-2)', () => {
    const edits = fc.record({
      version: fc.constantFrom('animals:v0', 'animals:v1', 'animals:v2', 'models/prod:v0', 'models/prod:v1'),
      add: fc.subarray(['a', 'b', '__proto__', 'latest']),
      remove: fc.subarray(['a', 'b', '__proto__', 'latest']),
    });
    fc.assert(
      fc.property(fc.array(edits, { maxLength: 10 }), (list) => {
        const history = list.map(({ version, add, remove }) => alias(version, { add, remove }));
        const { store } = given(
          ...animals,
          log('animals'),
          link('animals:v0', 'models/prod'),
          link('animals:v1', 'models/prod'),
          ...history,
        );
        const model = new Map<string, string>([
          ['animals:best', 'animals:v0'],
          ['animals:latest', 'animals:v2'],
          ['models/prod:latest', 'models/prod:v1'],
        ]);
        for (const { version, add, remove } of list) {
          const [collection = ''] = version.split(':');
          const removed = remove.filter((one) => model.get(`${collection}:${one}`) === version);
          for (const one of add) model.set(`${collection}:${one}`, version);
          for (const one of removed) model.delete(`${collection}:${one}`);
        }
        for (const name of ['animals', 'models/prod']) {
          for (const one of ['a', 'b', '__proto__', 'best', 'latest']) {
            const index = aliasIndex(collectionById(store, collectionId(name)), one);
            expect(index === undefined ? undefined : `${name}:v${index}`).toBe(model.get(`${name}:${one}`));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('that is there already is not put again, and of one named twice there is one', () => {
    given(...animals)
      .when(alias('animals:v0', { add: ['best'] }))
      .thenNothing();
    given(...animals)
      .when(alias('animals:v0', { add: ['new', 'new'] }))
      .then(put('animals:v0', 'new'));
  });

  test('of one collection has nothing to do with that of another', () => {
    given(...animals, log('plants'))
      .when(alias('plants:v0', { add: ['best'] }))
      .then(put('plants:v0', 'best'));
  });

  test('can be removed from the version that bears it, latest too (ALI-5)', () => {
    given(...animals)
      .when(alias('animals:v1', { remove: ['latest'] }))
      .then(taken('animals:v1', 'latest'));
    given(...animals, alias('animals:v1', { remove: ['latest'] }))
      .when(remove('animals:v1'))
      .then(deleted('animals:v1'));
  });

  test('that is not on the version is not removed, wherever else it is', () => {
    given(...animals)
      .when(alias('animals:v1', { remove: ['best', 'never-was', ''] }))
      .thenNothing();
  });

  test('may be named by another alias, and moved by an edit of the version that bears it', () => {
    given(...animals)
      .when(alias('animals:latest', { add: ['best', 'new'], remove: ['latest'] }))
      .then(put('animals:v1', 'best', 0), put('animals:v1', 'new'), taken('animals:v1', 'latest'));
  });

  test('of a link belongs to the portfolio, not to the source', () => {
    const linked = given(...animals, link('animals:v0', 'models/prod', ['live']));
    linked
      .when(alias('models/prod:v0', { add: ['best'], remove: ['live'] }))
      .then(put('models/prod:v0', 'best'), taken('models/prod:v0', 'live'));
    expect(aliasesOf(versionOf(linked.store, 'animals:v0'))).toEqual(['best']);
  });
});

describe('what cannot be an alias', () => {
  test.each(['', 'a/b', 'a:b', 'v0', 'v007', '../../etc/passwd'])(
    '%j is refused wherever it is given (ALI-4)',
    (text) => {
      const rule = { rule: 'ALI-4' } as const;
      given(...animals)
        .when(alias('animals:v0', { add: ['good', text] }))
        .thenRefused('bad-alias', rule);
      given(...animals)
        .when(log('animals', {}, { aliases: [text] }))
        .thenRefused('bad-alias', rule);
      given(...animals)
        .when(begin('animals', {}, { aliases: [text] }))
        .thenRefused('bad-alias', rule);
      given(...animals)
        .when(link('animals:v0', 'models/prod', [text]))
        .thenRefused('bad-alias', rule);
    },
  );

  test('vN names a version always: it is not removed, and nothing else of the edit is done (ALI-3)', () => {
    given(...animals)
      .when(alias('animals:v0', { add: ['good'], remove: ['best', 'v0'] }))
      .thenRefused('bad-alias', { rule: 'ALI-3' });
    given(...animals)
      .when(alias('animals:v0', { remove: ['v12'] }))
      .thenRefused('bad-alias', { sentence: /^"v12" is an index/ });
    expect(find(given(...animals).store, versionNamed('animals:v0'))?.version.index).toBe(0);
    expect(aliasesOf(versionOf(given(...animals).store, 'animals:v0'))).not.toContain('v0');
  });
});

test.each(['rev1', 'v1-rc', 'V1', 'v'])(
  '%j only resembles an index: it is put on and removed again (ALI-4)',
  (text) => {
    given(...animals)
      .when(alias('animals:v0', { add: [text] }))
      .then(put('animals:v0', text));
    given(...animals, alias('animals:v0', { add: [text] }))
      .when(alias('animals:v0', { remove: [text] }))
      .then(taken('animals:v0', text));
  },
);

test('latest is added once, even if the caller asks for it (ALI-1)', () => {
  given()
    .when(log('plants', {}, { aliases: ['best', 'latest'] }))
    .thenTypes(['collectionCreated', 'versionBegun', 'versionCommitted', 'aliasPut', 'aliasPut']);
  given(...animals)
    .when(link('animals:v0', 'models/prod', ['latest']))
    .thenTypes(['collectionCreated', 'versionLinked', 'ttlSet', 'aliasPut']);
});

test('an edit of a version that cannot be found is refused, whatever the edit', () => {
  given(...animals)
    .when(alias('animals:v9', { add: ['v1'] }))
    .thenRefused('not-found', { rule: 'DEL-3' });
  given()
    .when(alias('animals:latest', { add: [] }))
    .thenRefused('not-found');
});

describe('latest (ALI-6)', () => {
  test('is absent after its version was deleted; nothing moves it', () => {
    const { store } = given(...animals, removeWithAliases('animals:v1'));
    expect(aliasIndex(collectionById(store, collectionId('animals')), LATEST)).toBeUndefined();
  });

  test('comes back with the next log, from nowhere', () => {
    given(...animals, removeWithAliases('animals:v1'))
      .when(log('animals', { rat: '3MB' }))
      .thenTypes(['versionBegun', 'versionCommitted', 'aliasPut']);
  });
});

test('tags are no aliases: many versions bear one, and they never hold up a deletion (ALI-8)', () => {
  given(
    log('animals', { cat: '2MB' }, { tags: ['raw', 'v0', ''] }),
    log('animals', { dog: '1MB' }, { tags: ['raw'] }),
  )
    .when(remove('animals:v0'))
    .then(deleted('animals:v0'));
});

function versionOf(store: Parameters<typeof find>[0], name: string) {
  const version = store.versions.get(versionId(name));
  if (version === undefined) throw new Error(`there is a version ${name}`);
  return version;
}
