import { z } from 'zod';
import type { FileEntry } from '../../store/manifest.ts';
import type { ContentDigest } from '../../values/digest.ts';
import { parsedJson } from '../../values/json.ts';
import { printable } from '../../values/names.ts';
import type { Bytes } from '../../values/units.ts';

/** The name of the format, in the first line of every journal. */
export const JOURNAL_FORMAT = 'limbo journal';
/** The version of the format that is written, and the newest that is read. */
export const JOURNAL_VERSION = 1;

/** The story that a session started from: the name of its file, for people, and the digest of its text. */
export interface StoryReference {
  readonly file: string;
  readonly digest: string;
}

/** The content of a real folder when a step read it. */
export interface JournaledFolder {
  readonly path: string;
  readonly files: readonly FileEntry[];
}

/** An action of a session. */
export type JournalEntry =
  | { readonly kind: 'step'; readonly line: string; readonly folder: JournaledFolder | null }
  | { readonly kind: 'undo' | 'redo'; readonly steps: number };

/** An entry with its line number in the journal. */
export interface JournaledEntry {
  readonly number: number;
  readonly entry: JournalEntry;
}

/** The content of a journal, or the line that is invalid. */
export type ReadJournal =
  | {
      readonly ok: true;
      /** The story that it started from; null for an empty store; undefined if the journal is still empty. */
      readonly story: StoryReference | null | undefined;
      readonly entries: readonly JournaledEntry[];
      /** The bytes of complete lines; the rest is cut off before the next entry is written. */
      readonly wholeBytes: number;
      /** Whether an incomplete line follows. */
      readonly torn: boolean;
    }
  | { readonly ok: false; readonly line: number; readonly message: string };

const BEGINNING = `{"format":${JSON.stringify(JOURNAL_FORMAT)},"version":`;
const NEWLINE = 0x0a;

const count = z.int().min(1);
const size = z.int().min(0);
const story = z.strictObject({ file: z.string(), digest: z.string() });
const header = z.strictObject({
  format: z.literal(JOURNAL_FORMAT),
  version: z.literal(JOURNAL_VERSION),
  story: story.nullable(),
});
const folder = z.strictObject({
  path: z.string(),
  files: z.array(z.tuple([z.string(), z.string(), size])),
});
const entry = z.union([
  z.strictObject({ step: z.string(), folder: folder.optional() }),
  z.strictObject({ undo: count }),
  z.strictObject({ redo: count }),
]);

/** The first line of a journal, with its newline. */
export function journalHeader(begunWith: StoryReference | null): string {
  const { file, digest } = begunWith ?? {};
  const reference = begunWith === null ? null : { file, digest };
  return `${BEGINNING}${JOURNAL_VERSION},"story":${JSON.stringify(reference)}}\n`;
}

/** The line of one entry, with its newline. */
export function journalLine(done: JournalEntry): string {
  if (done.kind !== 'step') return `${JSON.stringify({ [done.kind]: done.steps })}\n`;
  const files = done.folder?.files.map(({ path, digest, sizeBytes }) => [path, digest, sizeBytes]);
  const taken = done.folder === null ? {} : { folder: { path: done.folder.path, files } };
  return `${JSON.stringify({ step: done.line, ...taken })}\n`;
}

/**
 * Reads a journal. A last line without its newline was interrupted and is ignored; any other invalid line makes the
 * journal invalid.
 */
export function readJournal(content: Uint8Array): ReadJournal {
  const wholeBytes = content.lastIndexOf(NEWLINE) + 1;
  const torn = wholeBytes < content.length;
  const lines = linesOf(content.subarray(0, wholeBytes));
  if (lines === null) return { ok: false, line: 1, message: 'expected text in UTF-8' };
  const [first] = lines;
  if (first === undefined) {
    if (mayBeginJournal(content)) return { ok: true, story: undefined, entries: [], wholeBytes: 0, torn };
    return { ok: false, line: 1, message: NO_JOURNAL };
  }
  const begun = header.safeParse(parsedJson(first));
  if (!begun.success) return { ok: false, line: 1, message: headerMistake(parsedJson(first)) };
  const entries: JournaledEntry[] = [];
  for (const [at, line] of lines.slice(1).entries()) {
    const read = entry.safeParse(parsedJson(line));
    if (!read.success) {
      return { ok: false, line: at + 2, message: `expected a step, an undo or a redo${shown(line)}` };
    }
    entries.push({ number: at + 2, entry: entryOf(read.data) });
  }
  return { ok: true, story: begun.data.story, entries, wholeBytes, torn };
}

const NO_JOURNAL = 'expected a limbo journal';

function entryOf(read: z.output<typeof entry>): JournalEntry {
  if ('undo' in read) return { kind: 'undo', steps: read.undo };
  if ('redo' in read) return { kind: 'redo', steps: read.redo };
  const files = read.folder?.files.map(
    // The digest is taken from the journal as it is.
    ([path, digest, sizeBytes]): FileEntry => ({
      kind: 'file',
      path,
      digest: digest as ContentDigest,
      sizeBytes: sizeBytes as Bytes,
    }),
  );
  const taken = read.folder === undefined ? null : { path: read.folder.path, files: files ?? [] };
  return { kind: 'step', line: read.step, folder: taken };
}

// Whether an incomplete first line is ours, rather than another file that must not be touched.
function mayBeginJournal(content: Uint8Array): boolean {
  const beginning = new TextEncoder().encode(`${BEGINNING}${JOURNAL_VERSION},`);
  return content.every((byte, at) => at >= beginning.length || byte === beginning[at]);
}

function headerMistake(first: unknown): string {
  if (typeof first !== 'object' || first === null || Reflect.get(first, 'format') !== JOURNAL_FORMAT) {
    return NO_JOURNAL;
  }
  const version: unknown = Reflect.get(first, 'version');
  if (typeof version === 'number' && version > JOURNAL_VERSION) {
    return `expected version ${JOURNAL_VERSION}; this journal is of version ${version}, of a newer limbo`;
  }
  return `expected the first line of a journal of version ${JOURNAL_VERSION}`;
}

function linesOf(whole: Uint8Array): readonly string[] | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(whole).split('\n').slice(0, -1);
  } catch {
    return null;
  }
}

function shown(line: string): string {
  return line === '' ? '; this line is empty' : `, found ${printable(line, 60)}`;
}
