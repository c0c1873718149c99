import type { Draft } from 'immer';
import type { Settings } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { formatDuration, type Instant, LARGEST_EXACT, later, type Seconds } from '../values/units.ts';
import { accepted, type Decision, refused } from './decision.ts';

/** Changes the switches that it names, as an operator would; the others stay. */
export interface ChangeSettings {
  readonly type: 'changeSettings';
  readonly changes: Partial<Settings>;
}

/** Moves the clock, and nothing else: the scheduled jobs are commands of their own. */
export interface MoveClock {
  readonly type: 'moveClock';
  readonly bySeconds: Seconds;
}

/** Everything that can be asked for in this chapter. */
export type OperatingCommand = ChangeSettings | MoveClock;

/** Some switches of the server have other values. */
export interface SettingsChanged {
  readonly type: 'settingsChanged';
  readonly changes: Partial<Settings>;
}

/** It is later. */
export interface ClockMoved {
  readonly type: 'clockMoved';
  readonly to: Instant;
}

/** Everything that can happen in this chapter. */
export type OperatingEvent = SettingsChanged | ClockMoved;

/** Decides what the operator does. Refused: `too-large`, for a clock that could no longer count seconds exactly. */
export function decideOperating(command: OperatingCommand, store: Store): Decision<OperatingEvent> {
  switch (command.type) {
    case 'changeSettings': {
      const settings: Settings = { ...store.settings, ...command.changes };
      const changed = Object.keys(command.changes) as (keyof Settings)[];
      if (changed.every((key) => settings[key] === store.settings[key])) return accepted([]);
      return accepted([{ type: 'settingsChanged', changes: command.changes }]);
    }
    case 'moveClock':
      if (command.bySeconds === 0) return accepted([]);
      if (store.now + command.bySeconds > LARGEST_EXACT) {
        return refused('tooLate', { given: formatDuration(command.bySeconds) });
      }
      return accepted([{ type: 'clockMoved', to: later(store.now, command.bySeconds) }]);
  }
}

/** Plays an event of this chapter on the draft of a store. */
export function evolveOperating(store: Draft<Store>, event: OperatingEvent): void {
  switch (event.type) {
    case 'settingsChanged':
      Object.assign(store.settings, event.changes);
      return;
    case 'clockMoved':
      store.now = event.to;
      return;
  }
}
