import type { Baseline } from './baseline.ts';
import { baselineWhy } from './baseline-why.ts';
import type { Action } from './operations.ts';

/** Does a deed on the twin: every command must be accepted, every name found, and every file stored. */
export function onBaseline(baseline: Baseline, action: Action): void {
  switch (action.kind) {
    case 'commands':
      for (const command of action.commands) {
        if (!baseline.dispatch(command)) throw new Error(`the twin refuses ${command.type}`);
      }
      return;
    case 'look-up':
      for (const name of action.names) {
        if (baseline.find(name) === undefined) throw new Error('the twin does not find a name');
      }
      return;
    case 'why':
      for (const file of action.files) {
        if (baselineWhy(baseline, file) === null) throw new Error('the twin does not store a file');
      }
      return;
    case 'collect':
      baseline.versions.collect();
      return;
  }
}
