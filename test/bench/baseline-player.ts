import type { Baseline } from './baseline.ts';
import { baselineWhy } from './baseline-why.ts';
import type { Action } from './operations.ts';

/** Applies an action to the baseline: every command must be accepted, every name found, and every file stored. */
export function onBaseline(baseline: Baseline, action: Action): void {
  switch (action.kind) {
    case 'commands':
      for (const command of action.commands) {
        if (!baseline.dispatch(command)) throw new Error(`the baseline refuses ${command.type}`);
      }
      return;
    case 'look-up':
      for (const name of action.names) {
        if (baseline.find(name) === undefined) throw new Error('the baseline does not find a name');
      }
      return;
    case 'why':
      for (const file of action.files) {
        if (baselineWhy(baseline, file) === null) throw new Error('the baseline does not store a file');
      }
      return;
    case 'collect':
      baseline.versions.collect();
      return;
  }
}
