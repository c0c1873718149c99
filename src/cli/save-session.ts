import { link, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sessionText } from '../scenario/save-text.ts';
import type { Session } from '../scenario/session.ts';

/**
 * Writes a session as a scenario: aside, and then into place, so that an interruption leaves the old file, the new one
 * or none. A file that is there is replaced only where that is asked for; otherwise it throws `EEXIST`. The real folders
 * that its steps name, relative to `base`, are named from where the file is.
 */
export async function saveSession(
  session: Session,
  file: string,
  base: string,
  replace: boolean,
): Promise<void> {
  const target = await realpath(file).catch(() => path.resolve(file));
  const text = sessionText(session, (folder) => relocated(path.resolve(base, folder), path.dirname(target)));
  const mode = await stat(target).then(
    (status) => status.mode,
    () => 0o666,
  );
  const aside = `${target}.${process.pid}.saved`;
  try {
    await writeFile(aside, text, { flag: 'wx', mode });
    // A second name for a file is refused where the name is taken; a new name would replace what is there.
    if (replace) await rename(aside, target);
    else await link(aside, target);
  } finally {
    await rm(aside, { force: true });
  }
}

function relocated(folder: string, from: string): string {
  const relative = path.relative(from, folder).replaceAll(path.sep, '/');
  return relative.startsWith('.') || path.isAbsolute(relative) ? relative : `./${relative}`;
}
