import type { Script } from '../../insight/rehearsal/script.ts';
import { actionLine } from '../../scenario/language/step-of.ts';
import type { Action } from '../../simulator/action.ts';
import { indexedName } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { pythonLine } from '../graphql/python-advice.ts';
import { startServer } from '../server.ts';
import { type OutputSink, runCommand } from './command.ts';
import { Recorder } from './recorder.ts';

/** Runs a command against a server of its own, which serves this store, and returns what it did. */
export async function rehearse(store: Store, command: readonly string[], sink: OutputSink): Promise<Script> {
  const server = await startServer({ store, port: 0, isOneUser: true });
  try {
    const { host, url } = server;
    const recorder = new Recorder();
    host.recorder = recorder;
    const start = host.store;
    const [key = ''] = host.users.keys.values();
    const { exitStatus, output } = await runCommand(command, { url, key }, sink);
    // The server dates a store for its clients; a report on a story without dates counts days, as the story does.
    const undated = (served: Store): Store => Object.freeze({ ...served, begins: store.begins });
    return {
      ...{ start: undated(start), final: undated(host.store) },
      ...{ calls: recorder.calls, exitStatus, output },
    };
  } finally {
    await server.close();
  }
}

/**
 * An action as a line of Python for the person who rehearses, who is an admin, or as a step of a story if the public SDK has
 * no call for it; null if neither has.
 */
export function actionText(action: Action, store: Store): string | null {
  const named = byName(action, store);
  return pythonLine(named, store, null) ?? actionLine(named);
}

// Clients delete by id, which people do not know.
function byName(action: Action, store: Store): Action {
  if (action.type !== 'deleteVersion' || action.target.by === 'name') return action;
  const version = store.versions.get(action.target.versionId);
  if (version === undefined) return action;
  return { ...action, target: { by: 'name', name: indexedName(store, version) } };
}
