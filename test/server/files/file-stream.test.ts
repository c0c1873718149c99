import { describe, expect, test } from 'vitest';
import { appFor } from '../../../src/server/app.ts';
import { progressOf } from '../../../src/server/graphql/runs/run-progress.ts';
import type { Host } from '../../../src/server/host.ts';
import { runIdOf } from '../../../src/store/run.ts';
import { Wire } from '../../support/server/wire.ts';
import { playText, storyWith } from '../../support/stores/story.ts';

const RUN = { entity: 'team', project: 'demo', run: 'r1' };
const TEAM = 'team: { members: { ann: member, vera: viewer } }';

function served(...steps: readonly string[]): Host {
  return new Wire(playText(storyWith(TEAM, 'start run: r1', ...steps)).final).host;
}

/** What a run sends, as this user. */
async function send(host: Host, payload: unknown, who = 'admin', url = '/files/team/demo/r1/file_stream') {
  const authorization = `Bearer ${host.users.keys.get(who)}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const { statusCode, json } = await appFor(host).inject({ method: 'POST', url, headers, payload: body });
  return { status: statusCode, body: json() };
}

const runIn = (host: Host) => {
  const run = host.store.runs.get(runIdOf(RUN));
  if (run === undefined) throw new Error('there is no run');
  return run;
};

const lines = (name: string, offset: number, ...content: readonly string[]) => ({
  files: { [name]: { offset, content } },
});

describe('what a run sends', () => {
  test('is counted by line, and the last step is kept', async () => {
    const host = served();
    const row = (step: number) =>
      JSON.stringify({ _step: step, _runtime: step / 2, loss: 'x'.repeat(1_000) });
    expect(await send(host, lines('wandb-history.jsonl', 0, row(0), row(1)))).toEqual({
      status: 200,
      body: {},
    });
    await send(host, lines('wandb-history.jsonl', 2, row(2)));
    await send(host, lines('wandb-events.jsonl', 0, '{"_runtime":7}'));
    await send(host, lines('output.log', 0, 'hello', 'world'));
    expect(progressOf(runIn(host).progress).streams).toEqual({
      history: { lines: 3, last: '{"_step":2,"_runtime":1}' },
      events: { lines: 1, last: '{"_runtime":7}' },
      output: { lines: 2, last: null },
    });
  });

  test('counts once where it is sent again', async () => {
    const host = served();
    const row = (step: number) => `{"_step":${step}}`;
    await send(host, lines('wandb-history.jsonl', 0, row(0), row(1)));
    await send(host, lines('wandb-history.jsonl', 2, row(2)));
    const before = host.store;
    await send(host, lines('wandb-history.jsonl', 2, row(2)));
    await send(host, lines('wandb-history.jsonl', 0, row(0), row(1)));
    expect(host.store).toBe(before);
  });

  test('has its last summary, any key in it', async () => {
    const host = served();
    await send(host, lines('wandb-summary.json', 0, '{"loss":2}', '{"loss":1,"__proto__":3}'));
    expect(runIn(host).summary).toBe('{"loss":1,"__proto__":3}');
    await send(host, lines('wandb-summary.json', 0, 'no JSON'));
    expect(runIn(host).summary).toBe('{"loss":1,"__proto__":3}');
  });

  test.each([
    [0, 'finished'],
    [1, 'failed'],
    [255, 'failed'],
  ])('ends the run, with the exit code %d', async (exitcode, state) => {
    const host = served();
    await send(host, { complete: false, exitcode });
    expect(runIn(host).state.kind).toBe('running');
    await send(host, { files: {}, uploaded: ['x'], complete: true, exitcode });
    expect(runIn(host).state.kind).toBe(state);
  });

  test('is refused without a key, for a run that does not exist, and from viewers (ACL-1)', async () => {
    const host = served();
    const before = host.store;
    const nobody = await appFor(host).inject({
      method: 'POST',
      url: '/files/team/demo/r1/file_stream',
      payload: {},
    });
    const nowhere = await send(host, {}, 'admin', '/files/team/demo/r2/file_stream');
    const viewer = await send(host, { complete: true, exitcode: 0 }, 'vera');
    expect([nobody.statusCode, nowhere.status, viewer.status]).toEqual([401, 404, 403]);
    expect(host.store).toBe(before);
  });

  test.each(['{', '[]', '{"files":[]}', '{"files":{"x":{"content":[1]}}}', '{"complete":"yes"}'])(
    'is refused where it is %s',
    async (text) => {
      const { status, body } = await send(served(), text);
      expect([status, body.errors.length]).toEqual([400, 1]);
    },
  );
});
