import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { EVENT_TYPES } from '../../../src/decider/event.ts';
import { parseScenario } from '../../../src/scenario/language/parse.ts';
import { scenarioJsonSchema } from '../../../src/scenario/language/schema.ts';
import { STEP_KINDS } from '../../../src/scenario/language/schema-steps.ts';
import { SHIPPED_TEXTS, strangeStory } from '../../support/arbitraries/damaged-stories.ts';
import { PATIENCE_MS, runs } from '../../support/property-runs.ts';
import { mistakesIn, storyIn, storyText, storyWith } from '../../support/stores/story.ts';

const schema = scenarioJsonSchema();
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
const read = (text: string): unknown => parse(text, { merge: true });

/** A size or a duration, right or nearly right. */
const nearly = fc
  .tuple(
    fc.constantFrom('', '-', ' ', 'x'),
    fc.constantFrom('0', '1', '30', '007', '9'.repeat(17), '1'.repeat(31), ''),
    fc.constantFrom('', '', '', '.', '.5', '.0', '.00', `.${'0'.repeat(30)}`, `.${'0'.repeat(31)}`),
    fc.constantFrom('', ' ', '  ', '\n'),
    fc.constantFrom('B', 'KB', 'KiB', 'PB', 'iB', 'gb', 's', 'd', 'w', 'y', 'D', 'days', ''),
    fc.constantFrom('', '', '', ' ', '\n', ' of x', ' of ', ' of of x', ' of a\nb', 'of x'),
  )
  .map((parts) => parts.join(''));
const quantity = fc.oneof(
  { weight: 8, arbitrary: nearly },
  { weight: 2, arbitrary: fc.constantFrom('none', 'inherit', 'none ', 'inherited', '1d', '2MB', '2MB of x') },
  { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
);

describe('the JSON Schema', () => {
  test.each(SHIPPED_TEXTS)('accepts $name', ({ text }) => {
    validate(read(text));
    expect(validate.errors ?? []).toEqual([]);
  });

  test.each([
    ['a title', 'steps:\n  - wait: 1d\n'],
    ['steps', 'title: t\n'],
    ['at least one step', 'title: t\nsteps: []\n'],
    ['known keys', `titel: t\n${storyText('wait: 1d')}`],
    ['known steps', storyText('wiat: 1d')],
    ['one thing a step', storyText('wait: 1d\ncommit: x')],
    ['known options', storyText('delete: a:v0\ndeleteAlias: true')],
    ['units of time', storyText('wait: 1')],
    ['units that exist', storyText('wait: 1y')],
    ['units of size', storyText('expect: { stored: 5 }')],
    ['units of size that exist', storyText('log: a\nfiles: { x: 5gb }')],
    ['a size before the name of content', storyText('log: a\nfiles: { x: march }')],
    ['a duration as a TTL', storyText('log: a\nttl: abc')],
    ['a TTL that is not zero', storyText('ttl: a:v0\nis: 0d')],
    ['a duration as the TTL of a team', storyText('team ttl: 5')],
    ['a duration as the default TTL', storyWith('team: { ttlDefault: never }', 'wait: 1d')],
    ['a duration as the TTL that a claim expects', storyText('expect: { ttl: { a:v0: soon } }')],
    ['some claim of every state', storyWith('together: { a: [collect] }\nalways: {}', 'wait: 1d')],
    ['claims of states', storyWith('together: { a: [collect] }\nfinally: { freed: 1MB }', 'wait: 1d')],
    ['claims that exist', storyWith('together: { a: [collect] }\nreachable: { stord: 1MB }', 'wait: 1d')],
    ['time between two runs of the jobs', storyWith('server: { gcEvery: 0.0h }', 'wait: 1d')],
    ['sizes of files with units', storyText('log: a\nfiles: { x: 5 }')],
    ['lists of aliases', storyText('log: a\naliases: best')],
    ['truth values', storyText('delete: a:v0\ndeleteAliases: "yes"')],
    ['known codes', storyText('delete: a:v0\nrefused: nope')],
    ['known states', storyText('expect: { state: { a:v0: GONE } }')],
    ['indexes', storyText('expect: { aliases: { a: { latest: 5 } } }')],
    ['known questions', storyText('show: everything')],
    ['identifiers of rules', `rules: [del]\n${storyText('wait: 1d')}`],
    ['crash points', storyText('crash: 2')],
    ['whole numbers', storyText('delete all: a\nwhere: { keep last: 1.5 }')],
    ['somebody by name', storyText('wait: 1d\nas: 5')],
    ['nobody for a step that only looks', storyText('verify: now\nas: bob')],
    ['known roles', storyWith('team: { members: { bob: owner } }', 'wait: 1d')],
    ['known keys of the team', storyWith('team: { ttl: 1d }', 'wait: 1d')],
    ['truth values of the team', storyWith('team: { membersMaySetTtl: "no" }', 'wait: 1d')],
    ['people of a registry', storyWith('registries: { models: }', 'wait: 1d')],
    ['known roles in a registry', storyWith('registries: { models: { bob: owner } }', 'wait: 1d')],
    ['known deployments', storyWith('server: { deployment: cloud }', 'wait: 1d')],
    ['variables of text', storyWith('server: { env: { A: true } }', 'wait: 1d')],
    ['known providers', storyWith('server: { bucket: { provider: amazon } }', 'wait: 1d')],
    ['known keys of the bucket', storyWith('server: { bucket: { versions: 1 } }', 'wait: 1d')],
    ['days from 1', storyWith('server: { bucket: { softDeleteDays: 0 } }', 'wait: 1d')],
    ['days up to 365', storyWith('server: { bucket: { softDeleteDays: 366 } }', 'wait: 1d')],
    ['known calls of the bucket', storyText('server: { bucket faults: [{ call: get, fault: fails }] }')],
    ['known faults of the bucket', storyText('server: { bucket faults: [{ call: put, fault: no }] }')],
    [
      'at most 1,000 faults',
      storyText('server: { bucket faults: [{ call: put, fault: fails, times: 1001 }] }'),
    ],
    ['a TTL of text', storyText('log: a\nttl: 30')],
    ['what a TTL is', storyText('ttl: a:v0')],
    ['lists of protected aliases', storyText('alias: a:v0\nprotect: prod')],
    ['to verify now', storyText('verify: later')],
    ['recordings of text', storyText('verify: now\nis: 5')],
    ['mappings of JSON', storyText('start run: r\nconfig: [1]')],
    ['known states of a run', storyText('start run: r\nstate: done')],
    ['known ends of a run', storyText('finish run: r\nstate: running')],
    ['a new name', storyText('rename collection: a')],
    ['a type of text', storyText('collection type: a\nis: 5')],
    ['known events', storyText('expect: { events: [versionExpird] }')],
  ])('demands %s', (_what, text) => {
    expect(validate(read(text))).toBe(false);
    expect(parseScenario('', text).ok).toBe(false);
  });

  test('accepts every key that the language has', () => {
    const text = storyWith(
      `about: x
rules: [DEL-1]
team: { members: { bob: member, ann: admin, eve: viewer }, ttlDefault: 90d, membersMaySetTtl: false }
registries: { models: { bob: member }, rival/models: {} }
server:
  deployment: self-managed
  env: { A: "true", __proto__: "" }
  bucket: { provider: azure, versioning: false, lifecycle: [{ newerCopies: 2, noncurrentDays: 9 }], softDelete: true, softDeleteDays: 365 }
  bucket faults: [{ call: undelete, fault: answers twice, times: 1000 }, { call: put, fault: fails }]
  retention: 1d
  gcEvery: 1h
  abandonAfter: 2d
  sharing: entity
  latestAfterDelete: resolve-newest
  collector: mark-and-sweep
crashes: 2
together: { a: [{ repeat: 2, steps: [collect] }], b: [expire] }
always: { stored: 1MB }
finally: { state: { a:v0: PENDING }, expires in: { a:v0: null } }
reachable: { object: { a:v0/x: gone }, billed: 1GB }
given:
  - verify
  - collect`,
      'log: a\nfiles: { x: 1MB, y: { size: 1MB of x, extra: { a: {} } }, z: { ref: s3://z, extra: {} } }\ntype: t\naliases: [b]\ntags: [c]\nrun: r\nttl: 30d\nid: i\nas: bob\nrefused: bad-ttl',
      'begin: a\nttl: none\nid: j\nas: bob',
      'draft: a:v0\nadd: { y: 1MB }\nremove: [x]\nttl: inherit\nas: bob',
      'upload: j\nfiles: { z: 1MB }\nrun: r\nas: bob\nrefused: run-deleted',
      'commit: j\nas: bob',
      'abandon: j\nas: bob',
      'use: a:v0\nrun: r\nas: bob',
      'start run: r\nname: night\ntags: [t]\nconfig: { a: [1, { b: null }] }\nsummary: { loss: 0.5 }\nstate: crashed\nas: bob\nrefused: run-deleted',
      'describe run: r\nname: n\ntags: []\nconfig: {}\nsummary: {}\ngroup: g\njob type: null\nnotes: n\nprogress: { a: 1 }\nfiles: { l: 1KB }\nas: bob\nrefused: not-found',
      'finish run: r\nstate: failed\nas: bob\nrefused: not-found',
      'alias: a:v0\nadd: [b]\nremove: [c]\nprotect: [d]\nas: bob',
      'describe: a:v0\ndescription: null\nmetadata: { a: {} }\nas: bob\nrefused: not-found',
      'describe collection: a\ndescription: null\ntags: [EU west]\nas: bob\nrefused: not-found',
      'rename collection: a\nto: b\nas: bob\nrefused: name-taken',
      'collection type: b\nis: model\nas: bob\nrefused: reserved-type',
      'link: a:v0\nto: models/p\naliases: [b]\nas: bob',
      'unlink: models/p:v0\nas: bob',
      'ttl: a:v0\nis: 30d\nas: bob\nrefused: forbidden',
      'team ttl: none\nmembersMaySetTtl: true\nas: ann\nrefused: bad-ttl',
      'restore: a:v0\nas: bob\nrefused: not-restorable',
      'recover: a:v0\nas: bob\nrefused: objects-missing',
      'delete: a:v0\ndeleteAliases: true\nas: bob',
      'delete collection: a\nas: bob',
      'delete run: r\nartifacts: true\nas: bob\nrefused: not-found',
      'delete project: demo\nas: ann\nrefused: protected-alias',
      'delete all: a\nwhere: { without: aliases, with: b, older than: 1d, keep last: 1 }\ndeleteAliases: true\nas: bob',
      'wait: 1d\nas: bob',
      'collect: now\nas: bob\nrefused: gc-not-enabled',
      'bucket delete: a:v0/x\nas: ann\nrefused: not-found',
      'bucket undelete: a:v0/x\nas: ann\nrefused: objects-missing',
      'collect: step',
      'expire: now\nas: bob',
      'expire',
      'crash: after 2\nas: bob',
      'crash: now',
      'server: { bucket: { provider: managed }, bucket faults: [] }\nas: ann\nrefused: bad-setting',
      'verify: now\nis: |\n  nothing is wrong',
      'verify',
      'show: usage\nis: x',
      'expect: { state: { a:v0: PENDING }, ttl: { a:v0: none, a:v1: 30d }, expires in: { a:v0: 1d, a:v1: null }, object: { a:v0/x: soft-deleted } }',
      `expect: { events: [${EVENT_TYPES.join(', ')}] }`,
    );
    expect(mistakesIn(text)).toEqual([]);
    validate(read(text));
    expect(validate.errors ?? []).toEqual([]);
    const kinds = storyIn(text).steps.map(({ kind }) => kind);
    expect(STEP_KINDS.filter((kind) => !kinds.includes(kind))).toEqual([]);
  });

  test(
    'accepts whatever the parser accepts',
    () => {
      fc.assert(
        fc.property(strangeStory, (text) => {
          if (!parseScenario('', text).ok) return;
          validate(read(text));
          expect(validate.errors ?? []).toEqual([]);
        }),
        runs(400),
      );
    },
    PATIENCE_MS,
  );

  const QUANTITIES: Readonly<Record<string, (text: string) => string>> = {
    'a size': (text) => storyText(`expect: { stored: ${text} }`),
    'the size of a file': (text) => storyText(`log: a\nfiles: { x: ${text} }`),
    'a duration': (text) => storyText(`wait: ${text}`),
    'a duration that is not zero': (text) => storyWith(`server: { gcEvery: ${text} }`, 'wait: 1d'),
    'a lifetime': (text) => storyText(`expect: { expires in: { a:v0: ${text} } }`),
    'a TTL': (text) => storyText(`log: a\nttl: ${text}`),
    'the TTL of a version': (text) => storyText(`ttl: a:v0\nis: ${text}`),
    'the TTL of a team': (text) => storyText(`team ttl: ${text}`),
    'a TTL that a claim expects': (text) => storyText(`expect: { ttl: { a:v0: ${text} } }`),
    'the default TTL': (text) => storyWith(`team: { ttlDefault: ${text} }`, 'wait: 1d'),
  };
  test.each(Object.entries(QUANTITIES))(
    'agrees with the parser about %s, but for fractions and amounts that are not exact',
    (_what, story) => {
      const seen = { accepted: 0, rejected: 0 };
      fc.assert(
        fc.property(quantity, (given) => {
          const text = story(JSON.stringify(given));
          const isValid = validate(read(text));
          const mistakes = mistakesIn(text).filter(
            (mistake) => !/ whole number of |largest exact/.test(mistake),
          );
          expect({ given, isValid }).toEqual({ given, isValid: mistakes.length === 0 });
          seen[isValid ? 'accepted' : 'rejected'] += 1;
        }),
        runs(300),
      );
      expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );

  test('leaves a TTL open where the step is refused, as the parser does', () => {
    const text = storyText('log: a\nttl: abc\nrefused: bad-ttl', 'ttl: a:v0\nis: 0s\nrefused: bad-ttl');
    expect([validate(read(text)), mistakesIn(text)]).toEqual([true, []]);
  });

  test('knows every kind of step', () => {
    const text = JSON.stringify(schema);
    expect(STEP_KINDS.filter((kind) => !text.includes(`"required":["${kind}"`))).toEqual([]);
  });

  test('is of the version that it says, and tells editors what things are for', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'limbo scenario',
    });
    expect(JSON.stringify(schema).match(/"description":/g)?.length).toBeGreaterThan(20);
  });
});
