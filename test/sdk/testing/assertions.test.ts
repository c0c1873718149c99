import { AssertionError } from 'node:assert';
import { describe, expect, test } from 'vitest';
import { type RuleId, ruleById } from '../../../src/rules/rules.ts';
import {
  ArtifactNotLoggedError,
  CommError,
  type RefusalCode,
  Simulator,
  timedelta,
  ValueError,
  type VersionStateName,
} from '../../../src/sdk/index.ts';
import * as assertions from '../../../src/sdk/testing/assertions.ts';
import {
  assertDoesNotHoldFile,
  assertDoesNotResolve,
  assertFreed,
  assertHoldsFile,
  assertNotFreed,
  assertNotRefusedWith,
  assertNotState,
  assertRefusedWith,
  assertResolves,
  assertState,
} from '../../../src/sdk/testing/assertions.ts';
import { versionNamed } from '../../support/stores/names.ts';
import { draftOf, failure, logged } from '../scene.ts';

/** v0 holds cat and dog and is soft-deleted; v1 adds rat. */
async function animals(options: ConstructorParameters<typeof Simulator>[0] = {}): Promise<Simulator> {
  const simulator = new Simulator(options);
  await logged(simulator, 'animals', { cat: '2MB', dog: '1MB' });
  await logged(simulator, 'animals', { cat: '2MB', rat: '3MB' });
  await (await simulator.api().artifact('animals:v0')).delete();
  return simulator;
}

/** The message of the assertion that fails. */
async function message(call: () => unknown): Promise<string> {
  return (await failure(call, AssertionError)).message;
}

function rule(id: RuleId): string {
  return `rule ${id}: ${ruleById(id).sentence}`;
}

const KEPT = 'animals:v0 was soft-deleted on day 0, and is kept until day 7. It is day 0.';

describe('the state of a version', () => {
  test('can be asserted and denied', async () => {
    const simulator = await animals();
    assertState(simulator, 'animals:v0', 'PENDING_DELETION');
    assertState(simulator, 'animals:latest', 'COMMITTED');
    assertState(simulator, 'animals', 'COMMITTED');
    assertNotState(simulator, 'animals:v0', 'DELETED');
    await simulator.advance('7d');
    assertState(simulator, 'animals:v0', 'DELETED');
  });

  test('is that of an upload too', async () => {
    const simulator = new Simulator({
      schedule: async (label, call) => (label.startsWith('commit') ? new Promise(() => {}) : call()),
    });
    await simulator.init().logArtifact(draftOf('animals', { cat: '2MB' }));
    assertState(simulator, 'animals#0', 'PENDING');
    expect(await message(() => assertNotState(simulator, 'animals#0', 'PENDING'))).toBe(
      `expected animals#0 not to be PENDING, but it is\n\nThe upload of animals#0 began on day 0 and is not finished. It is day 0.\n\n${rule('LOG-5')}`,
    );
  });

  test('is that of the source, where the name is a link', async () => {
    const simulator = await animals();
    await (await simulator.api().artifact('animals:v1')).link('best-animals');
    assertState(simulator, 'best-animals:v0', 'COMMITTED');
  });

  test('comes with what keeps a live version', async () => {
    const simulator = await animals();
    expect(await message(() => assertState(simulator, 'animals:v1', 'DELETED'))).toBe(
      `expected animals:v1 to be DELETED, but it is COMMITTED\n\nanimals:v1 is live since day 0, with latest, and nothing has deleted it. It is day 0.\n\n${rule('DEL-1')}`,
    );
  });

  test('comes with the time when a live version expires', async () => {
    const simulator = await animals();
    const artifact = await simulator.api().artifact('animals:v1');
    artifact.ttl = timedelta({ days: 3 });
    artifact.aliases = [];
    await artifact.save();
    expect(await message(() => assertState(simulator, 'animals:v1', 'DELETED'))).toBe(
      `expected animals:v1 to be DELETED, but it is COMMITTED\n\nanimals:v1 is live since day 0, without aliases, and expires on day 3. It is day 0.\n\n${rule('DEL-1')}`,
    );
  });

  test('comes with the protected alias of a live version', async () => {
    const simulator = new Simulator({ registries: { models: { ann: 'admin' } } });
    const artifact = await logged(simulator, 'animals');
    await artifact.link('models/animals');
    const version = versionNamed('models/animals:v0');
    await simulator.dispatch({ type: 'editAliases', version, add: [], remove: [], protect: ['prod'] });
    expect(await message(() => assertState(simulator, 'animals:v0', 'DELETED'))).toContain(
      `The protected alias prod of models/animals:v0 keeps it from being deleted (ALI-7).\n\n${rule('ALI-7')}`,
    );
  });

  test('comes with the run that collects a soft-deleted version', async () => {
    const simulator = await animals();
    expect(await message(() => assertState(simulator, 'animals:v0', 'DELETED'))).toBe(
      `expected animals:v0 to be DELETED, but it is PENDING_DELETION\n\n${KEPT}\nGarbage collection frees it on day 7.\n\n${rule('GC-1')}`,
    );
    expect(await message(() => assertNotState(simulator, 'animals:v0', 'PENDING_DELETION'))).toContain(
      'expected animals:v0 not to be PENDING_DELETION, but it is\n\n',
    );
  });

  test('comes with the missing requirements if garbage collection never runs', async () => {
    const simulator = await animals({ settings: { deployment: 'self-managed' } });
    const described = await message(() => assertState(simulator, 'animals:v0', 'DELETED'));
    expect(described).toContain(
      'Try: await simulator.dispatch({"type":"changeSettings","changes":{"env":[{"name":"GORILLA_ARTIFACT_GC_ENABLED","value":"true"}]}})',
    );
    expect(described).toContain(rule('GC-6'));
  });

  test('comes with the time when it was collected', async () => {
    const simulator = await animals();
    await simulator.advance('8d');
    expect(await message(() => assertState(simulator, 'animals:v0', 'COMMITTED'))).toBe(
      `expected animals:v0 to be COMMITTED, but it is DELETED\n\nGarbage collection deleted animals:v0 on day 7. It is day 8.\n\n${rule('GC-2')}`,
    );
  });

  test('comes with the interrupted collection', async () => {
    const simulator = await animals();
    await simulator.dispatch({ type: 'moveClock', bySeconds: timedelta({ days: 7 }) });
    const versionId = (await simulator.api().artifact('animals:v1')).id?.replace(/#1$/, '#0') ?? '';
    await simulator.dispatch({ type: 'reviewVersions' });
    await simulator.dispatch({ type: 'releaseHolds', versionId: versionId as never });
    expect(await message(() => assertState(simulator, 'animals:v0', 'DELETED'))).toContain(
      `animals:v0 was soft-deleted on day 0. Garbage collection released its files and was interrupted. It is day 7.\n\n${rule('GC-8')}`,
    );
  });

  test.each([assertState, assertNotState])(
    'is not known of a name that never was one (%o)',
    async (claim) => {
      const simulator = await animals();
      const error = await failure(() => claim(simulator, 'animals:v9', 'DELETED'), CommError);
      expect(error.refusal?.code).toBe('not-found');
      await failure(() => claim(simulator, 'a:b/c', 'DELETED'), CommError);
      await failure(() => claim(simulator, 'a/b/c/d:v0', 'DELETED'), ValueError);
    },
  );

  test('is one of four', async () => {
    const simulator = await animals();
    const error = await failure(
      () => assertNotState(simulator, 'animals:v0', 'GO\u0007NE' as VersionStateName),
      TypeError,
    );
    expect(error.message).toBe(
      'a state must be one of PENDING, COMMITTED, PENDING_DELETION, DELETED, not GO\\u{7}NE',
    );
  });
});

describe('a name', () => {
  test('resolves if it finds a version', async () => {
    const simulator = await animals();
    assertResolves(simulator, 'animals');
    assertResolves(simulator, 'team/demo/animals:v1', 'animals:latest');
    assertDoesNotResolve(simulator, 'animals:v0');
    assertDoesNotResolve(simulator, 'animals', 'animals:v0');
    assertDoesNotResolve(simulator, '__proto__:constructor');
  });

  test('means what it means in the project of the simulator', async () => {
    const simulator = new Simulator({ entity: 'acme', project: 'vision' });
    await logged(simulator, 'animals');
    assertResolves(simulator, 'animals:v0', 'acme/vision/animals:latest');
    expect(await message(() => assertDoesNotResolve(simulator, 'animals:v0'))).toContain(
      'expected animals:v0 not to be found, but it is acme/vision/animals:v0',
    );
    expect(simulator.init().name).toBe('run-1');
  });

  test('comes with the reason why it does not resolve', async () => {
    const simulator = await animals();
    expect(await message(() => assertResolves(simulator, 'animals:v0'))).toBe(
      `expected animals:v0 to be found, but it is not found\n\nnot-found: animals:v0 is PENDING_DELETION and can no longer be found by name.\n\n${rule('DEL-3')}`,
    );
    expect(await message(() => assertResolves(simulator, 'animals:v0', 'animals:v1'))).toContain(
      'expected animals:v0 to be animals:v1, but it is not found\n\n',
    );
  });

  test('comes with what it resolves to instead', async () => {
    const simulator = await animals();
    const live = 'animals:v1 is live since day 0, with latest, and nothing has deleted it. It is day 0.';
    expect(await message(() => assertResolves(simulator, 'animals', 'animals:v0'))).toBe(
      `expected animals to be animals:v0, but it is animals:v1\n\n${live}\n\n${rule('ALI-2')}`,
    );
    expect(await message(() => assertDoesNotResolve(simulator, 'animals:v1'))).toBe(
      `expected animals:v1 not to be found, but it is animals:v1\n\n${live}\n\n${rule('ALI-3')}`,
    );
    expect(await message(() => assertDoesNotResolve(simulator, 'animals', 'animals:v1'))).toBe(
      `expected animals not to be animals:v1, but it is\n\n${live}\n\n${rule('ALI-2')}`,
    );
  });

  test('is printed in one line, whatever is in it', async () => {
    expect(await message(() => assertResolves(new Simulator(), 'animals:\nbest\u001b[2J'))).toContain(
      'expected animals:\\u{a}best\\u{1b}[2J to be found, but it is not found\n\n',
    );
  });

  test('is not compared with what never was one', async () => {
    const simulator = await animals();
    await failure(() => assertResolves(simulator, 'animals', 'animals:v9'), CommError);
    await failure(() => assertDoesNotResolve(simulator, 'animals', 'animals:v9'), CommError);
  });
});

describe('a file', () => {
  test('is held as long as its object is in the bucket', async () => {
    const simulator = await animals();
    assertHoldsFile(simulator, 'animals:v0/dog');
    await simulator.advance('7d');
    assertDoesNotHoldFile(simulator, 'animals:v0/dog');
    assertHoldsFile(simulator, 'animals:v0/cat');
  });

  test('comes with its holders, and with how to free it', async () => {
    const simulator = await animals();
    expect(await message(() => assertDoesNotHoldFile(simulator, 'animals:v0/cat'))).toBe(
      [
        'expected animals:v0/cat not to be stored, but it is',
        'animals:v0/cat, 2MB: stored since day 0.',
        'Held by\n  animals:v0  PENDING_DELETION, kept until day 7\n  animals:v1  COMMITTED, alias latest',
        rule('GC-2'),
        'To free it:\n  1. await (await api.artifact("team/demo/animals:v1")).delete({ deleteAliases: true })\nIt is day 0. If you do this now, the retention of 7d passes and garbage collection frees it on day 7.',
      ].join('\n\n'),
    );
  });

  test('comes with the reason why it is gone', async () => {
    const simulator = await animals();
    await simulator.advance('7d');
    expect(await message(() => assertHoldsFile(simulator, 'animals:v0/dog'))).toBe(
      `expected animals:v0/dog to be stored, but it is gone\n\nanimals:v0/dog, 1MB: gone since day 7.\n\nanimals:v0 is DELETED, and no other version held the object.\n\n${rule('GC-2')}`,
    );
  });

  test('is not held where the bucket has a copy only', async () => {
    const simulator = await animals({ settings: { bucket: { provider: 'aws', versioning: true } } });
    await simulator.advance('7d');
    assertDoesNotHoldFile(simulator, 'animals:v0/dog');
    expect(await message(() => assertHoldsFile(simulator, 'animals:v0/dog'))).toContain(
      'to be stored, but it is noncurrent\n\n',
    );
  });

  test('is not held if it is a reference', async () => {
    const simulator = new Simulator();
    const draft = draftOf('animals', {});
    draft.addReference('s3://zoo/cat');
    await simulator.init().logArtifact(draft);
    await draft.wait();
    assertDoesNotHoldFile(simulator, 'animals:v0/cat');
    expect(await message(() => assertHoldsFile(simulator, 'animals:v0/cat'))).toContain(
      'to be stored, but it is a reference\n\n',
    );
  });

  test.each([assertHoldsFile, assertDoesNotHoldFile])(
    'is not known of a path that never was one (%o)',
    async (claim) => {
      const simulator = await animals();
      const error = await failure(() => claim(simulator, 'animals:v0/cow'), ValueError);
      expect(error.message).toBe('animals:v0 has no such path. The nearest is "cat".');
      await failure(() => claim(simulator, 'animals:v9/cat'), CommError);
      await failure(() => claim(simulator, 'animals'), ValueError);
      await failure(() => claim(simulator, 5 as unknown as string), TypeError);
    },
  );
});

describe('what was freed', () => {
  test('is counted exactly, of an answer and of a simulator since it began', async () => {
    const simulator = await animals();
    const nothing = await simulator.advance('6d');
    const something = await simulator.advance('1d');
    assertFreed(nothing, 0);
    assertFreed(something, '1MB');
    assertFreed(something, 1_000_000);
    assertFreed(simulator, '1MB');
    assertNotFreed(simulator, '3MB');
  });

  test('comes, for a result, with the deleted versions and the bytes that stayed', async () => {
    const simulator = await animals();
    const answer = await simulator.advance('7d');
    expect(await message(() => assertFreed(answer, '3MB'))).toBe(
      `expected 3MB to be freed, but 1MB was\n\nGarbage collection deleted\n  team/demo/animals:v0\n\n1 object stayed: other versions held it (GC-3).\n\n${rule('GC-2')}`,
    );
    expect(await message(() => assertNotFreed(answer, '1MB'))).toContain(
      'expected 1MB not to be freed, but it was\n\n',
    );
  });

  test('does not count as kept if the last holder released it in the end', async () => {
    const simulator = await animals();
    await (await simulator.api().artifact('animals:v1')).delete({ deleteAliases: true });
    const answer = await simulator.advance('7d');
    expect(answer.deleted).toHaveLength(2);
    expect(await message(() => assertFreed(answer, '7MB'))).not.toContain('stayed');
  });

  test('comes, for a simulator, with what holds the rest', async () => {
    const simulator = await animals();
    await simulator.advance('7d');
    expect(await message(() => assertFreed(simulator, '3MB'))).toBe(
      `expected 3MB to be freed, but 1MB was\n\nGarbage collection deleted\n  animals:v0\n\nOther versions still hold (GC-3)\n  animals:v0/cat  2MB  held by animals:v1\n\n${rule('GC-2')}`,
    );
  });

  test('comes, for a simulator, with what waits to be collected', async () => {
    const simulator = await animals();
    expect(await message(() => assertFreed(simulator, '1MB'))).toBe(
      `expected 1MB to be freed, but 0B was\n\nGarbage collection deleted no version.\n\nSoft-deleted, not collected yet\n  animals:v0  kept until day 7\nIt is day 0. Garbage collection frees it on day 7.\n\n${rule('GC-2')}`,
    );
  });

  test('comes with a limited number of lines', async () => {
    const simulator = new Simulator();
    for (let at = 0; at < 12; at += 1) await logged(simulator, 'animals', { [`cat-${at}`]: '1MB' });
    await (await simulator.api().artifactCollection('dataset', 'animals')).delete();
    const described = await message(() => assertFreed(simulator, '12MB'));
    expect(described).toContain('  animals:v9  kept until day 7\n  … and 2 more\n');
  });

  test.each(['3', 'many', -1, 0.5, Number.NaN])('is a size, which %s is not', async (size) => {
    await failure(() => assertNotFreed(new Simulator(), size), ValueError);
  });

  test.each([
    [Promise.resolve(), 'a promise: await it first'],
    [[], 'a list'],
    [null, 'null'],
    [undefined, 'undefined'],
    [{ freedBytes: 3 }, 'an object of another kind'],
    ['3MB', 'a string'],
  ])('is not known of %s', async (given, kind) => {
    const error = await failure(() => assertNotFreed(given as unknown as Simulator, '3MB'), TypeError);
    expect(error.message).toBe(`expected a Simulator or the result of advance or collect, not ${kind}`);
  });
});

describe('a refusal', () => {
  test('can be a promise, a function that makes the call, or the caught error', async () => {
    const simulator = await animals();
    const artifact = await simulator.api().artifact('animals:v1');
    await assertRefusedWith(artifact.delete(), 'has-aliases');
    await assertRefusedWith(() => artifact.delete(), 'has-aliases');
    await assertRefusedWith(() => draftOf('a b', {}), 'bad-name');
    await assertRefusedWith(await failure(artifact.delete(), CommError), 'has-aliases');
    await assertNotRefusedWith(artifact.delete(), 'not-found');
    await assertNotRefusedWith(artifact.delete({ deleteAliases: true }), 'has-aliases');
  });

  test('is missed with its rule, where the call goes through', async () => {
    const simulator = await animals();
    const artifact = await simulator.api().artifact('animals:v1');
    const call = () => assertRefusedWith(artifact.delete({ deleteAliases: true }), 'has-aliases');
    expect(await message(call)).toBe(
      `expected the call to be refused with has-aliases, but it went through\n\n${rule('DEL-2')}`,
    );
  });

  test('comes with its sentence, the call that would succeed, and its rule', async () => {
    const simulator = await animals();
    const artifact = await simulator.api().artifact('animals:v1');
    const { message: sentence } = await failure(artifact.delete(), CommError);
    expect(await message(() => assertRefusedWith(artifact.delete(), 'not-found'))).toBe(
      `expected the call to be refused with not-found, but it is refused with has-aliases\n\n${sentence}\n\n${rule('DEL-2')}`,
    );
    expect(await message(() => assertNotRefusedWith(artifact.delete(), 'has-aliases'))).toBe(
      `expected the call not to be refused with has-aliases, but it is\n\n${sentence}\n\n${rule('DEL-2')}`,
    );
    expect(sentence).toContain('.delete({ deleteAliases: true })');
  });

  test.each([assertRefusedWith, assertNotRefusedWith])(
    'is not what a mistake in the script comes to (%o)',
    async (claim) => {
      const mistake = new TypeError('o\u0007ops');
      const error = await failure(claim(Promise.reject(mistake), 'has-aliases'), Error);
      expect(error).not.toBeInstanceOf(AssertionError);
      expect(error.message).toBe(
        'expected a refusal to do with has-aliases, but it failed with TypeError: o\\u{7}ops',
      );
      expect(error.cause).toBe(mistake);
      const unlogged = await failure(
        claim(() => draftOf('animals', {}).delete(), 'has-aliases'),
        Error,
      );
      expect(unlogged.cause).toBeInstanceOf(ArtifactNotLoggedError);
    },
  );

  test('has a code that there is', async () => {
    const error = await failure(
      assertNotRefusedWith(Promise.reject(new CommError('')), 'has-aliasses' as RefusalCode),
      TypeError,
    );
    expect(error.message).toBe('"has-aliasses" is no code of a refusal; the nearest is "has-aliases"');
  });

  test.each([5, null, undefined, {}, 'has-aliases'])('is not known of %s', async (given) => {
    const error = await failure(assertNotRefusedWith(given as never, 'has-aliases'), TypeError);
    expect(error.message).toMatch(
      /^expected the promise of a call, a function that makes it, or the error that was caught, not /,
    );
  });
});

describe('an assertion that fails', () => {
  test('carries what was expected, what is so, and its own name', async () => {
    const simulator = await animals();
    const error = await failure(() => assertState(simulator, 'animals:v1', 'DELETED'), AssertionError);
    expect(error).toMatchObject({ expected: 'DELETED', actual: 'COMMITTED', operator: 'assertState' });
  });

  test('points at the line of the test', async () => {
    const simulator = await animals();
    const error = await failure(() => assertState(simulator, 'animals:v1', 'DELETED'), AssertionError);
    expect(error.stack).not.toContain('sdk/assertions.ts');
    expect(error.stack).toContain('assertions.test.ts');
  });

  test.each(Object.entries(assertions).filter(([name]) => !/Refused|Freed/.test(name)))(
    'because it was asked of something else says so: %s',
    async (_name, claim) => {
      const given = new Simulator().api() as unknown as Simulator;
      const call = () => (claim as typeof assertState)(given, 'animals:v0', 'DELETED');
      expect((await failure(call, TypeError)).message).toBe(
        'expected a Simulator, not an object of another kind',
      );
    },
  );
});
