import { describe, expect, test } from 'vitest';
import { playSteps, playText, storyWith } from '../../support/stores/story.ts';

describe('a step of the server', () => {
  const faults = 'bucket faults: [{ call: put, fault: fails, times: 5 }]';

  test('that is refused plans no faults', () => {
    const { frames, failures, final } = playSteps(
      `server: { bucket: { provider: azure, versioning: true }, ${faults} }\nrefused: bad-setting`,
    );
    expect(failures).toEqual([]);
    expect(frames[0]?.events).toEqual([]);
    expect(final.bucketFaults).toEqual([]);
  });

  test('without permission plans no faults either', () => {
    const team = 'team: { members: { bob: member } }';
    const step = `server: { retention: 1d, ${faults} }\nas: bob\nrefused: forbidden`;
    const { failures, final } = playText(storyWith(team, step));
    expect(failures).toEqual([]);
    expect(final).toMatchObject({ bucketFaults: [], settings: { retentionSeconds: 7 * 86_400 } });
  });

  test('changes its settings first, and then plans its faults, in the place of those before', () => {
    const { frames, final } = playText(
      storyWith(
        `server: { ${faults} }`,
        'server: { retention: 1d, bucket faults: [] }',
        `server: { ${faults} }`,
      ),
    );
    expect(frames.map(({ events }) => events.map(({ type }) => type))).toEqual([
      ['settingsChanged', 'bucketFaultsPlanned'],
      ['bucketFaultsPlanned'],
    ]);
    expect(final.bucketFaults).toEqual([{ call: 'put', fault: 'fails', times: 5 }]);
  });

  test('leaves the faults alone that it does not name', () => {
    const { final } = playText(storyWith(`server: { ${faults} }`, 'server: { retention: 1d }'));
    expect(final.bucketFaults).toEqual([{ call: 'put', fault: 'fails', times: 5 }]);
  });
});

describe('a story of several people', () => {
  const head =
    'team: { members: { bob: member, vera: viewer }, membersMaySetTtl: false }\nregistries: { models: { robin: admin } }';

  test('plays each step as the person that it names, by default as an admin of everything', () => {
    const { failures } = playText(
      storyWith(
        head,
        'log: a\nas: vera\nrefused: forbidden',
        'log: a\nas: bob\nrun: train',
        'delete run: train\nas: robin\nrefused: forbidden',
        'link: a:v0\nto: models/prod\nas: bob\nrefused: forbidden',
        'link: a:v0\nto: models/prod\nas: robin',
        'ttl: a:v0\nis: 1d\nas: bob',
        'expect: { ttl: { a:v0: none } }',
        'alias: models/prod:v0\nprotect: [production]',
        'delete: a:v0\ndeleteAliases: true\nrefused: protected-alias',
        'delete run: train\nas: bob',
      ),
    );
    expect(failures).toEqual([]);
  });
});

describe('verify', () => {
  test('shows what it found, changes nothing, and fails only if a recording differs', () => {
    const { frames, failures } = playSteps(
      'log: a\nfiles: { x: 1MB }',
      'verify',
      'bucket delete: a:v0/x',
      'verify',
      'verify: now\nis: |\n  nothing is wrong',
    );
    expect(frames[1]?.shown).toMatch(/^✓ no problems found\nchecked: 1 committed version with 1 file, /);
    expect(frames[3]?.shown).toMatch(/^✗ a:v0 lacks x, 1MB: /);
    expect(frames.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done', 'failed']);
    expect(failures.map(({ line }) => line)).toEqual([8]);
    for (const frame of [frames[1], frames[3]]) expect(frame?.after).toBe(frame?.before);
  });
});
