import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { contentConflicts } from '../../scenario/language/cross-checks.ts';
import { parseScenario } from '../../scenario/language/parse.ts';
import type { Folders, PlacedStep, Scenario } from '../../scenario/language/scenario.ts';
import { type Diagnostic, formatDiagnostic, inOrder } from '../../scenario/yaml/diagnostic.ts';
import { beginsSnapshot } from '../../simulator/snapshot/format.ts';
import type { FileEntry } from '../../store/manifest.ts';
import type { Store } from '../../store/store.ts';
import { InputError, quoted } from '../input-error.ts';
import type { Terminal } from '../terminal.ts';
import { readFolder } from './read-folder.ts';

/** A scenario that is ready to be played, with the real folders that it names. */
export interface ReadScenario {
  readonly scenario: Scenario;
  readonly folders: Folders;
  readonly text: string;
  /** All of its steps: those of its setup, its own, and those of its actors. */
  readonly placed: readonly PlacedStep[];
}

/** The name of a file that means standard input. */
export const STANDARD_INPUT = '-';

/**
 * Reads a scenario file and its folders; the story may continue `from` a store. `-` is standard input, where folders are
 * relative to the working directory. Throws `InputError` with every mistake.
 */
export async function readScenario(
  named: string,
  terminal: Terminal,
  from: Store | null = null,
): Promise<ReadScenario> {
  const file = named === STANDARD_INPUT ? '<stdin>' : named;
  const text = textOf(file, await (named === STANDARD_INPUT ? buffer(terminal.input) : contentOf(file)));
  const parsed = parseScenario(file, text, from);
  if (!parsed.ok) throw InputError.at(file, parsed.diagnostics);
  const { scenario, placed } = parsed;
  const folders = await readFolders(scenario, terminal);
  const conflicts = contentConflicts(placed, folders);
  if (conflicts.length > 0) throw InputError.at(file, inOrder(conflicts));
  return { scenario, folders, text, placed };
}

/** Reads several scenarios. Throws `InputError` with the mistakes of all of them. */
export async function readScenarios(
  files: readonly string[],
  terminal: Terminal,
  from: Store | null = null,
): Promise<readonly ReadScenario[]> {
  if (files.filter((file) => file === STANDARD_INPUT).length > 1) {
    throw InputError.of(`${STANDARD_INPUT}: standard input can be read once`);
  }
  const read: ReadScenario[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      read.push(await readScenario(file, terminal, from));
    } catch (problem) {
      if (!(problem instanceof InputError)) throw problem;
      problems.push(problem.message);
    }
  }
  if (problems.length > 0) throw InputError.of(problems.join('\n'));
  return read;
}

function contentOf(file: string): Promise<Uint8Array> {
  return readFile(file).catch((problem: unknown) => {
    throw InputError.of(`${quoted(file)}:1:1: ${reasonOf(problem)}; expected a scenario file`);
  });
}

function textOf(file: string, content: Uint8Array): string {
  if (content.length === 0) {
    throw InputError.of(`${quoted(file)}:1:1: the file is empty; expected a scenario: "title" and "steps"`);
  }
  try {
    // Keep a byte order mark, so that a rewritten file still has it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    // Decode as a stream, so that half a character at the end is dropped.
    const valid = content.subarray(0, firstInvalidByte(content));
    const before = new TextDecoder().decode(valid, { stream: true });
    if (beginsSnapshot(before)) {
      throw InputError.of(`${quoted(file)}: this is a snapshot, not a scenario; use --from to start from it`);
    }
    const lines = before.split('\n');
    const place = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
    throw InputError.at(file, [
      { ...place, message: 'expected UTF-8 text; these bytes are not valid UTF-8' },
    ]);
  }
}

// Decode each half as a stream, so that a character that is cut in two does not count as a mistake.
function firstInvalidByte(content: Uint8Array): number {
  let valid = 0;
  let invalid = content.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(content.subarray(0, middle), { stream: true });
      valid = middle;
    } catch {
      invalid = middle;
    }
  }
  return valid;
}

async function readFolders(scenario: Scenario, terminal: Terminal): Promise<Folders> {
  const folders = new Map<string, readonly FileEntry[]>();
  const problems: Diagnostic[] = [];
  for (const { path: named, line, column } of scenario.folders) {
    if (folders.has(named)) continue;
    const location = path.resolve(path.dirname(scenario.file), named);
    try {
      const status = await stat(location);
      if (!status.isDirectory()) {
        problems.push({ line, column, message: `expected a folder; ${named} is not a folder` });
        continue;
      }
      const contents = await readFolder(location, (total) => terminal.progress(`reading ${named}`, total));
      folders.set(named, contents.files);
      for (const sentence of contents.leftOut) {
        terminal.err(
          `${formatDiagnostic(scenario.file, { line, column, message: `skipped: ${named}/${sentence}` })}\n`,
        );
      }
    } catch (problem) {
      problems.push({
        line,
        column,
        message: `expected a readable folder; ${placeOf(problem, location)}${reasonOf(problem)}`,
      });
    }
  }
  if (problems.length > 0) throw InputError.at(scenario.file, inOrder(problems));
  return folders;
}

function reasonOf(problem: unknown): string {
  const code = problem instanceof Error && 'code' in problem ? String(problem.code) : '';
  switch (code) {
    case 'ENOENT':
      return 'no such file or folder';
    case 'EISDIR':
      return 'this is a folder';
    case 'EACCES':
      return 'permission denied';
    default:
      return `cannot be read (${code === '' ? String(problem) : code})`;
  }
}

// The file in the folder that could not be read, unless it is the folder itself.
function placeOf(problem: unknown, folder: string): string {
  const culprit = problem instanceof Error && 'path' in problem ? String(problem.path) : folder;
  return culprit === folder ? '' : `${path.relative(folder, culprit)}: `;
}
