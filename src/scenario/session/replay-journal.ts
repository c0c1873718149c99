import { folderNamedBy, parseStepLine } from '../language/step-line.ts';
import type { JournaledEntry } from './journal.ts';
import type { Session } from './session.ts';

/** The result of replaying a journal, or the line that cannot be replayed. */
export type Replayed =
  | { readonly ok: true }
  | { readonly ok: false; readonly line: number; readonly message: string };

/**
 * Replays a journal on a new session, undone steps included. Steps are played only when their result is needed, so undone
 * steps cost nothing.
 */
export function replayJournal(session: Session, entries: readonly JournaledEntry[]): Replayed {
  for (const { number, entry } of entries) {
    const { steps, done } = session.place;
    const wrong = (message: string) => ({ ok: false, line: number, message }) as const;
    switch (entry.kind) {
      case 'undo':
        if (entry.steps > done) return wrong(`expected at most ${done} steps to undo`);
        session.undo(entry.steps);
        break;
      case 'redo':
        if (done + entry.steps > steps.length) {
          return wrong(`expected at most ${steps.length - done} steps to redo`);
        }
        session.redo(entry.steps);
        break;
      case 'step': {
        const read = parseStepLine(entry.line, number);
        if (!read.ok) return wrong(`expected a step that can be read: ${read.diagnostics[0]?.message}`);
        if (entry.folder !== null) session.learnFolder(entry.folder.path, entry.folder.files);
        const folder = folderNamedBy(read.placed.step);
        if (folder !== null && !session.folders.has(folder)) {
          return wrong('expected the contents of the folder that the step takes its files from');
        }
        session.append(read.placed);
      }
    }
  }
  const [mistake] = session.mistakesSinceStory();
  return mistake === undefined ? { ok: true } : { ok: false, line: mistake.line, message: mistake.message };
}
