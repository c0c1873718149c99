import { link, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a temporary file and renames it, so that an interruption leaves the old file, the new file, or none. Throws
 * `EEXIST` if the file exists and `replace` is false. A replaced file keeps its mode; a symbolic link stays a link.
 */
export async function writeAtomically(
  file: string,
  pieces: Iterable<string | Uint8Array>,
  replace: boolean,
): Promise<void> {
  const target = await realpath(file).catch(() => path.resolve(file));
  const mode = await stat(target).then(
    (status) => status.mode,
    () => 0o666,
  );
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      for (const piece of pieces) await handle.writeFile(piece);
      // Content first, then the name: otherwise a power failure could leave the new name on an empty file.
      await handle.sync();
    } finally {
      await handle.close();
    }
    // Unlike a rename, a hard link fails if the name is taken.
    if (replace) await rename(temporary, target);
    else await link(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(path.dirname(target));
}

// Not every system can open a folder; there the system decides when a rename reaches the disk.
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
