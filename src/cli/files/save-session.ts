import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Session } from '../../scenario/session/session.ts';
import { sessionText } from '../../scenario/session/session-text.ts';
import { writeAside } from './atomic-write.ts';

/**
 * Writes a session as a scenario, in one go. A file that is there is replaced only where that is asked for; otherwise
 * it throws `EEXIST`. The real folders that its steps name, relative to `base`, are named from where the file is.
 */
export async function saveSession(
  session: Session,
  file: string,
  base: string,
  replace: boolean,
): Promise<void> {
  const target = await realpath(file).catch(() => path.resolve(file));
  const text = sessionText(session, (folder) => relocated(path.resolve(base, folder), path.dirname(target)));
  await writeAside(target, [text], replace);
}

function relocated(folder: string, from: string): string {
  const relative = path.relative(from, folder).replaceAll(path.sep, '/');
  return relative.startsWith('.') || path.isAbsolute(relative) ? relative : `./${relative}`;
}
