import { afterAll, afterEach } from 'vitest';

/** Which mutants each test reaches, as the instrumented code counts it. */
interface Coverage {
  readonly static: object;
  perTest: object;
}

interface Run {
  hasFailed?: boolean;
  coverage?: Coverage;
  __stryker__?: { mutantCoverage?: Coverage };
}

// One test that fails is enough to tell a mutant: the files after it need not even be read.
const run: Run & typeof globalThis = globalThis;
if (run.hasFailed === true) throw new Error('a test has failed already');
afterEach(({ task }) => {
  if (task.result?.state === 'fail') run.hasFailed = true;
});

// Each file reports the coverage of all tests so far, which takes gigabytes as they are many: so each is given its own.
// The instrumented code keeps the object that it counts in; what is reported is another.
const { __stryker__: counted } = run;
if (counted !== undefined && run.coverage !== undefined) counted.mutantCoverage = run.coverage;
afterAll(() => {
  const coverage = run.__stryker__?.mutantCoverage;
  if (run.__stryker__ === undefined || coverage === undefined) return;
  run.coverage = coverage;
  run.__stryker__.mutantCoverage = { ...coverage };
  coverage.perTest = {};
});
