import { link, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a file aside, and then into place, so that an interruption or a crash leaves the old file, the new one or
 * none. A file that is there is replaced only where that is asked for; otherwise it throws `EEXIST`. A replaced file
 * keeps its mode, and a symbolic link its place.
 */
export async function writeAside(
  file: string,
  pieces: Iterable<string | Uint8Array>,
  replace: boolean,
): Promise<void> {
  const target = await realpath(file).catch(() => path.resolve(file));
  const mode = await stat(target).then(
    (status) => status.mode,
    () => 0o666,
  );
  const aside = `${target}.${process.pid}.aside`;
  try {
    const handle = await open(aside, 'wx', mode);
    try {
      for (const piece of pieces) await handle.writeFile(piece);
      // On the disk before its name is: otherwise a power cut could leave the new name with nothing behind it.
      await handle.sync();
    } finally {
      await handle.close();
    }
    // A second name for a file is refused where the name is taken; a new name would replace what is there.
    if (replace) await rename(aside, target);
    else await link(aside, target);
  } finally {
    await rm(aside, { force: true });
  }
  await syncFolder(path.dirname(target));
}

// Not every system lets a folder be opened; there a rename is on the disk when the system thinks fit.
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
