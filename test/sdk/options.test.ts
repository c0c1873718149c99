import { describe, expect, test } from 'vitest';
import { CommError, Simulator, timedelta, ValueError } from '../../src/sdk/index.ts';
import { failure, logged, refusal } from './scene.ts';

describe('the options of a simulator', () => {
  test('change the settings that they name', () => {
    const { settings } = new Simulator({
      settings: { retentionSeconds: timedelta({ days: 1 }), sharing: 'entity', deployment: 'self-managed' },
    });
    expect(settings).toMatchObject({
      retentionSeconds: 86_400,
      sharing: 'entity',
      bucket: { provider: 'aws' },
      gcEverySeconds: 21_600,
    });
  });

  test.each([
    { settings: { bucket: { versioning: true } } },
    { settings: { deployment: 'self-managed', bucket: { provider: 'managed' } } },
  ] as const)('that are no such bucket are refused: %j', async (options) => {
    await refusal(() => new Simulator(options), ValueError, 'bad-setting');
  });

  test.each([
    { settings: { gcEverySeconds: 0 } },
    { settings: { retentionSeconds: '7d' } },
    { settings: { abandonAfterSeconds: -1 } },
    { team: { ttlDefault: 0 } },
    { team: { members: { bob: 'boss' } } },
    { bucketFaults: null },
    { bucketFaults: [null] },
    { bucketFaults: [{ call: 'put', fault: 'shrugs' }] },
    { settings: { collector: 'foo' } },
    { settings: { retension: 5 } },
  ])('that cannot be are refused: %j', async (options) => {
    await failure(() => new Simulator(options as never), ValueError);
  });

  test('are given by their names, as are those of a run and of an api', async () => {
    const simulator = new Simulator();
    for (const wrong of [null, 'train-1', 5, []] as unknown as undefined[]) {
      await failure(() => new Simulator(wrong), TypeError);
      await failure(() => simulator.init(wrong), TypeError);
      await failure(() => simulator.api(wrong), TypeError);
    }
    await failure(() => simulator.api({ as: 5 as unknown as string }), TypeError);
    await failure(() => new Simulator({ schedule: 5 as never }), TypeError);
    await failure(() => new Simulator({ paging: 'ofset' as never }), ValueError);
  });

  test('name people in whatever form, __proto__ too', async () => {
    const members = [['__proto__', 'member']] as const;
    const simulator = new Simulator({ team: { members }, registries: new Map([['models', members]]) });
    const artifact = await logged(simulator, 'animals', { cat: '1MB' }, { as: '__proto__' });
    expect((await artifact.link('models/best')).isLink).toBe(true);
    await refusal(logged(simulator, 'animals', { dog: '1MB' }, { as: 'eve' }), CommError, 'forbidden');
  });

  test('stay as they are for the script, which can change them later', () => {
    const lifecycle = [{ noncurrentDays: 3 }];
    const simulator = new Simulator({
      settings: { deployment: 'self-managed', bucket: { provider: 'aws', versioning: true, lifecycle } },
    });
    expect([lifecycle, ...lifecycle].some((given) => Object.isFrozen(given))).toBe(false);
    lifecycle.push({ noncurrentDays: 5 });
    expect(simulator.settings.bucket.lifecycle).toEqual([{ noncurrentDays: 3 }]);
  });

  test('leave simulators apart from each other', async () => {
    await logged(new Simulator(), 'animals');
    expect(await new Simulator().api().artifactExists('animals')).toBe(false);
  });
});
