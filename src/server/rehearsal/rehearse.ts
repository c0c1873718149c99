import type { Script } from '../../insight/rehearsal/script.ts';
import type { Store } from '../../store/store.ts';
import { startServer } from '../server.ts';
import { type PassedOn, runCommand } from './command.ts';
import { Recorder } from './recorder.ts';

/** Runs a command against a server of its own, which serves this store, and returns what it did. */
export async function rehearse(
  store: Store,
  command: readonly string[],
  passedOn: PassedOn,
): Promise<Script> {
  const server = await startServer({ store, port: 0 });
  try {
    const { host, url } = server;
    const recorder = new Recorder();
    host.recorder = recorder;
    const start = host.store;
    const [key = ''] = host.users.keys.values();
    const { exitStatus, output } = await runCommand(command, { url, key }, passedOn);
    return { start, final: host.store, calls: recorder.calls, exitStatus, output };
  } finally {
    await server.close();
  }
}
