import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Session } from '../../scenario/session/session.ts';
import { sessionText } from '../../scenario/session/session-text.ts';
import { writeAtomically } from './atomic-write.ts';

/**
 * Saves a session as a scenario. Throws `EEXIST` if the file exists and `replace` is false. Paths of real folders, which
 * are relative to `base`, become relative to the file.
 */
export async function saveSession(
  session: Session,
  file: string,
  base: string,
  replace: boolean,
): Promise<void> {
  const target = await realpath(file).catch(() => path.resolve(file));
  const text = sessionText(session, (folder) => relocated(path.resolve(base, folder), path.dirname(target)));
  await writeAtomically(target, [text], replace);
}

function relocated(folder: string, from: string): string {
  const relative = path.relative(from, folder).replaceAll(path.sep, '/');
  return relative.startsWith('.') || path.isAbsolute(relative) ? relative : `./${relative}`;
}
