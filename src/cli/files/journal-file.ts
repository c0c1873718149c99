import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import {
  type JournalEntry,
  type JournaledEntry,
  journalHeader,
  journalLine,
  readJournal,
  type StoryReference,
} from '../../scenario/session/journal.ts';
import { InputError, quoted } from '../input-error.ts';
import { codeOf, lockFile } from './lock-file.ts';

/** What a journal said when it was opened, and what it is written to with. */
export interface OpenedJournal {
  readonly journal: JournalFile;
  /** What was done in earlier sessions. */
  readonly entries: readonly JournaledEntry[];
  /** Whether its last line was never written to its end; it is cut off before anything is added. */
  readonly torn: boolean;
}

/**
 * Opens the journal of a session that begins with this story. Nothing is written yet. Throws `UnusableInput` where the
 * file is no journal, or one of another story, or in use.
 */
export function openJournal(file: string, story: StoryReference | null): OpenedJournal {
  const location = locationOf(file);
  try {
    const release = lockFile(location);
    try {
      const content = contentOf(location);
      const read = readJournal(content);
      if (!read.ok) throw InputError.of(`${quoted(file)}:${read.line}:1: ${read.message}`);
      if (read.story !== undefined) mustBeginWith(story, read.story, file);
      // A file that says nothing yet gets its header together with its first entry.
      const header = read.story === undefined ? journalHeader(story) : '';
      const journal = new JournalFile(location, read.wholeBytes, header, release);
      return { journal, entries: read.entries, torn: read.torn };
    } catch (problem) {
      release();
      throw problem;
    }
  } catch (problem) {
    if (codeOf(problem) === '') throw problem;
    throw InputError.of(`${quoted(file)}:1:1: the journal cannot be used (${codeOf(problem)})`);
  }
}

/** A journal that nobody else writes to. */
export class JournalFile {
  /** Where it is. */
  readonly location: string;
  readonly #release: () => void;
  readonly #descriptor: number;
  #header: string;
  #end: number;

  /** A journal whose first bytes, so many, are whole lines, and which still needs this header. */
  constructor(location: string, wholeBytes: number, header: string, release: () => void) {
    this.location = location;
    this.#end = wholeBytes;
    this.#header = header;
    this.#release = release;
    this.#descriptor = openSync(location, header === '' ? 'r+' : 'a+');
  }

  /** Adds what was done, and answers when it is on the disk. Throws what the file system says, and adds nothing then. */
  append(entry: JournalEntry): void {
    const bytes = new TextEncoder().encode(this.#header + journalLine(entry));
    // Also what an earlier attempt has left there.
    ftruncateSync(this.#descriptor, this.#end);
    for (let written = 0; written < bytes.length; ) {
      const rest = bytes.length - written;
      written += writeSync(this.#descriptor, bytes, written, rest, this.#end + written);
    }
    fsyncSync(this.#descriptor);
    this.#header = '';
    this.#end += bytes.length;
  }

  /** Lets others have it. */
  close(): void {
    closeSync(this.#descriptor);
    this.#release();
  }
}

function mustBeginWith(story: StoryReference | null, journaled: StoryReference | null, file: string): void {
  if (story?.digest === journaled?.digest) return;
  const begun =
    journaled === null ? 'with an empty store' : `with the story ${quoted(journaled.file)}, as it was then`;
  const given = story === null ? 'no story was given' : `this is ${quoted(story.file)}`;
  throw InputError.of(`${quoted(file)}:1:1: expected this journal to go on as it began, ${begun}; ${given}`);
}

// Two names of one file are one journal.
function locationOf(file: string): string {
  const named = path.resolve(file);
  try {
    return realpathSync(named);
  } catch {
    return named;
  }
}

function contentOf(location: string): Uint8Array {
  try {
    if (!statSync(location).isFile()) throw InputError.of(`${quoted(location)}:1:1: expected a file`);
    return readFileSync(location);
  } catch (problem) {
    if (codeOf(problem) === 'ENOENT') return new Uint8Array();
    throw problem;
  }
}
