import { NOBODY } from '../../store/people.ts';
import type { Store } from '../../store/store.ts';
import type { Scenario } from './scenario.ts';
import { startingSettings } from './settings-of.ts';

/** A story without steps, on an empty store or on the given one. */
export function emptyScenario(from: Store | null = null, title = ''): Scenario {
  return {
    file: '',
    title,
    rules: [],
    about: null,
    from,
    begins: from?.begins ?? null,
    settings: from?.settings ?? startingSettings({}),
    people: from?.people ?? NOBODY,
    registries: [],
    bucketFaults: from?.bucketFaults ?? [],
    given: [],
    steps: [],
    together: [],
    crashes: 0,
    claims: [],
    folders: [],
  };
}
