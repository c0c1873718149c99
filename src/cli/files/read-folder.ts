import { createReadStream } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FileEntry } from '../../store/manifest.ts';
import { contentHasher } from '../../values/digest.ts';
import { byCodePoint } from '../../values/order.ts';
import { bytes } from '../../values/units.ts';
import type { Progress } from '../terminal.ts';

/** What a real folder contains, and what of it was left out. */
export interface FolderContents {
  readonly files: readonly FileEntry[];
  /** A sentence for each thing that was not taken: a link that leads out of the folder, a pipe, … */
  readonly leftOut: readonly string[];
}

interface Found {
  readonly name: string;
  readonly location: string;
  readonly sizeBytes: number;
}

/**
 * Reads a real folder: every file in it, with the MD5 and the size of its real bytes, which are read as a
 * stream. A symbolic link to a file inside the folder is that file; one that leads out of it, or to a folder,
 * is left out, and so is what is no file.
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
    else if (!status.isSymbolicLink()) leftOut.push(`${relative} is no file`);
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
        `${relative} is a symbolic link to ${status.isDirectory() ? 'a folder' : 'what is no file'}`,
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
