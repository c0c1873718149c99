import { spawnSync } from 'node:child_process';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { removeLeftFolders, temporaryFolder } from '../../src/server/temporary-folder.ts';

test('the folder of a process that was killed is removed at the next start, and no other', async () => {
  const [mine, another] = [await temporaryFolder(), await temporaryFolder()];
  const { pid } = spawnSync(process.execPath, ['--version']);
  const left = another.replace(`-${process.pid}-`, `-${pid}-`);
  renameSync(another, left);
  writeFileSync(path.join(left, 'file'), 'content');
  await removeLeftFolders();
  expect([mine, left].map((folder) => existsSync(folder))).toEqual([true, false]);
  renameSync(mine, left);
  await removeLeftFolders();
});
