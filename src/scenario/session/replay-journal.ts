import { folderNamedBy, parseStepLine } from '../language/step-line.ts';
import type { JournaledEntry } from './journal.ts';
import type { Session } from './session.ts';

/** What a journal came to on a session, or the line of it that cannot be done, and what was expected there. */
export type Replayed =
  | { readonly ok: true }
  | { readonly ok: false; readonly line: number; readonly message: string };

/**
 * Does on a session that has just begun what its journal says was done, so that it stands where it stood, with its
 * undone steps. A step is played only when somebody asks for what came of it, so that what was undone costs nothing.
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
