import { createReadStream } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FileEntry } from '../../store/manifest.ts';
import { contentHasher } from '../../values/digest.ts';
import { byCodePoint } from '../../values/order.ts';
import { bytes } from '../../values/units.ts';
import type { Progress } from '../terminal.ts';

/** The files of a real folder. */
export interface FolderContents {
  readonly files: readonly FileEntry[];
  /** One sentence for each entry that was skipped: a link that leads out of the folder, a pipe, … */
  readonly leftOut: readonly string[];
}

interface Found {
  readonly name: string;
  readonly location: string;
  readonly sizeBytes: number;
}

/**
 * Reads every file of a real folder as a stream and returns its MD5 and size in bytes. Follows a symbolic link to a file
 * inside the folder; skips links that lead out of it or to a folder, and everything that is not a file.
 */
export async function readFolder(
  folder: string,
  progress: (totalBytes: number) => Progress,
): Promise<FolderContents> {
  const root = await realpath(folder);
  const leftOut: string[] = [];
  const found: Found[] = [];
  await walk(root, '', found, leftOut);
  found.sort((left, right) => byCodePoint(left.name, right.name));
  const bar = progress(found.reduce((sum, file) => sum + file.sizeBytes, 0));
  const files: FileEntry[] = [];
  try {
    for (const file of found) files.push(await hashed(file, bar));
  } finally {
    bar.done();
  }
  return { files, leftOut: leftOut.sort(byCodePoint) };
}

async function walk(root: string, below: string, found: Found[], leftOut: string[]): Promise<void> {
  for (const name of await readdir(path.join(root, below))) {
    const relative = below === '' ? name : `${below}/${name}`;
    const location = path.join(root, relative);
    const status = await lstat(location);
    if (status.isDirectory()) await walk(root, relative, found, leftOut);
    else if (status.isFile()) found.push({ name: relative, location, sizeBytes: status.size });
    else if (!status.isSymbolicLink()) leftOut.push(`${relative} is not a file`);
    else await follow(root, relative, found, leftOut);
  }
}

async function follow(root: string, relative: string, found: Found[], leftOut: string[]): Promise<void> {
  const target = await realpath(path.join(root, relative)).catch(() => null);
  if (target === null) {
    leftOut.push(`${relative} is a symbolic link to nothing`);
  } else if (target !== root && !target.startsWith(`${root}${path.sep}`)) {
    leftOut.push(`${relative} is a symbolic link out of the folder`);
  } else {
    const status = await stat(target);
    if (status.isFile()) found.push({ name: relative, location: target, sizeBytes: status.size });
    else
      leftOut.push(
        `${relative} is a symbolic link to ${status.isDirectory() ? 'a folder' : 'something that is not a file'}`,
      );
  }
}

async function hashed(file: Found, bar: Progress): Promise<FileEntry> {
  const hasher = contentHasher();
  let sizeBytes = 0;
  for await (const piece of createReadStream(file.location)) {
    hasher.update(piece);
    sizeBytes += piece.length;
    bar.advance(piece.length);
  }
  return { kind: 'file', path: file.name, digest: hasher.digest(), sizeBytes: bytes(sizeBytes) };
}
