import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// The first test that fails ends the run of a mutant. Properties come last: they take long, and longest where they fail.
class PropertiesLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification) => /fast-check/.test(readFileSync(moduleId, 'utf8'));
    return [...files.filter((file) => !isSlow(file)), ...files.filter(isSlow)];
  }
}

const { LIMBO_RUNS = '0.25' } = process.env;

/** How the tests are run against each mutant: as `npm test` runs them, in another order and with fewer runs of each property. */
export default defineConfig({
  test: {
    dir: 'test',
    isolate: false,
    testTimeout: 60_000,
    env: { LIMBO_RUNS: LIMBO_RUNS },
    setupFiles: ['test/support/mutation/setup.ts'],
    sequence: { sequencer: PropertiesLast },
  },
});
