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

/** An open journal and what it contained. */
export interface OpenedJournal {
  readonly journal: JournalFile;
  /** The entries of earlier sessions. */
  readonly entries: readonly JournaledEntry[];
  /** Whether its last line is incomplete; the next entry overwrites that line. */
  readonly torn: boolean;
}

/**
 * Opens the journal of a session that starts from this story, without writing anything. Throws `InputError` if the file
 * is not a journal, belongs to another story, or is in use.
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
      // A new journal gets its header together with its first entry.
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

/** A journal that this process has locked. */
export class JournalFile {
  /** Its absolute path. */
  readonly location: string;
  readonly #release: () => void;
  readonly #descriptor: number;
  #header: string;
  #end: number;

  /** A journal with `wholeBytes` bytes of complete lines, and the header that it still needs. */
  constructor(location: string, wholeBytes: number, header: string, release: () => void) {
    this.location = location;
    this.#end = wholeBytes;
    this.#header = header;
    this.#release = release;
    this.#descriptor = openSync(location, header === '' ? 'r+' : 'a+');
  }

  /** Appends an entry and returns once it is on the disk. Throws the file system's error and appends nothing on failure. */
  append(entry: JournalEntry): void {
    const bytes = new TextEncoder().encode(this.#header + journalLine(entry));
    // This also removes what a failed attempt left behind.
    ftruncateSync(this.#descriptor, this.#end);
    for (let written = 0; written < bytes.length; ) {
      const rest = bytes.length - written;
      written += writeSync(this.#descriptor, bytes, written, rest, this.#end + written);
    }
    fsyncSync(this.#descriptor);
    this.#header = '';
    this.#end += bytes.length;
  }

  /** Closes the file and releases the lock. */
  close(): void {
    closeSync(this.#descriptor);
    this.#release();
  }
}

function mustBeginWith(story: StoryReference | null, journaled: StoryReference | null, file: string): void {
  if (story?.digest === journaled?.digest) return;
  const begun =
    journaled === null ? 'an empty store' : `the story ${quoted(journaled.file)}, unchanged since then`;
  const given = story === null ? 'no story was given' : `this is ${quoted(story.file)}`;
  throw InputError.of(`${quoted(file)}:1:1: this journal continues ${begun}; ${given}`);
}

// Two paths to one file are one journal.
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
