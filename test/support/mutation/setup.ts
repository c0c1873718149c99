import { afterEach } from 'vitest';

// One test that fails is enough to tell a mutant: the files after it need not even be read.
const run: { hasFailed?: boolean } & typeof globalThis = globalThis;
if (run.hasFailed === true) throw new Error('a test has failed already');
afterEach(({ task }) => {
  if (task.result?.state === 'fail') run.hasFailed = true;
});
