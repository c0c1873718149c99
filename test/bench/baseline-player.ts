import type { Twin } from './baseline.ts';
import { twinWhy } from './baseline-why.ts';
import type { Deed } from './operations.ts';

/** Does a deed on the twin: every command must be accepted, every name found, and every file stored. */
export function onTwin(twin: Twin, deed: Deed): void {
  switch (deed.kind) {
    case 'commands':
      for (const command of deed.commands) {
        if (!twin.dispatch(command)) throw new Error(`the twin refuses ${command.type}`);
      }
      return;
    case 'look-up':
      for (const name of deed.names) {
        if (twin.find(name) === undefined) throw new Error('the twin does not find a name');
      }
      return;
    case 'why':
      for (const file of deed.files) {
        if (twinWhy(twin, file) === null) throw new Error('the twin does not store a file');
      }
      return;
    case 'collect':
      twin.versions.collect();
      return;
  }
}
