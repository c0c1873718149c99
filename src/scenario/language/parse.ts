import { wrongBucket } from '../../lifecycle/operation/operating.ts';
import { actionTexts, adviceLines } from '../../narration/answers/advice.ts';
import { adviceFor } from '../../simulator/advice/advice.ts';
import { emptyStore, type Store } from '../../store/store.ts';
import { DAY_ZERO } from '../../values/units.ts';
import { type Diagnostic, inOrder } from '../yaml/diagnostic.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { diagnosticsOf } from '../yaml/schema-diagnostics.ts';
import { isMapping, mappingOf } from '../yaml/yaml-keys.ts';
import type { YamlTree } from '../yaml/yaml-tree.ts';
import { contentConflicts, idsInClaim, unknownPeople, wrongIds, wrongWaits } from './cross-checks.ts';
import type { FolderReference, PlacedStep, Scenario } from './scenario.ts';
import { HEAD, SCENARIO } from './schema.ts';
import { CLAIM_KINDS, storyClaims } from './schema-expect.ts';
import { namesOf, peopleOf } from './schema-people.ts';
import type { Step } from './schema-steps.ts';
import { faultsOf, settingsOf, startingSettings } from './settings-of.ts';
import { actionLine } from './step-of.ts';
import { StepReader } from './step-reader.ts';

/** A scenario, or every mistake in its file; never both. */
export type ParsedScenario =
  | { readonly ok: true; readonly scenario: Scenario; readonly placed: readonly PlacedStep[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** One step, or every mistake in it. */
export type ReadStep =
  | { readonly ok: true; readonly placed: PlacedStep }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Steps, or every mistake in them; never both. */
export type ParsedSteps =
  | { readonly ok: true; readonly steps: readonly Step[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Parses a scenario. Reports every mistake at once, each with line, column and what was expected. A scenario that starts
 * `from` a store has the settings and people of that store and may not declare its own.
 */
export function parseScenario(file: string, text: string, from: Store | null = null): ParsedScenario {
  const { tree, diagnostics } = readYaml(text);
  if (tree === null) return { ok: false, diagnostics: inOrder(diagnostics) };
  if (!isMapping(tree.value)) {
    const message = 'expected a scenario: a mapping with "title" and "steps"';
    return { ok: false, diagnostics: [{ ...tree.position([]), message }] };
  }
  const { given, steps, together, ...head } = tree.value;
  const problems: Diagnostic[] = [];
  const read = HEAD.safeParse(head);
  if (!read.success) problems.push(...diagnosticsOf(read.error.issues, tree, [], SCENARIO));
  const reader = new StepReader(tree, problems);
  const setUp = given === undefined ? [] : reader.list(given, 'given');
  const story = reader.list(steps, 'steps');
  const actors = together === undefined ? [] : reader.actors(together);
  const all = [...setUp, ...story, ...actors.flatMap(({ placed }) => placed)];
  const claimed = CLAIM_KINDS.filter((kind) => Object.hasOwn(head, kind));
  const claims = read.success ? claimed.flatMap((kind) => storyClaims(kind, mappingOf(head[kind]))) : [];
  const inClaims = claims.flatMap(({ kind, expected }) => idsInClaim(kind, expected, [kind], tree));
  problems.push(...wrongIds(all, reader.lostIds, inClaims), ...contentConflicts(all));
  if (!read.success) return { ok: false, diagnostics: inOrder(problems) };
  const {
    title,
    rules = [],
    about = null,
    begins = null,
    server: serverInput = {},
    team,
    registries,
    crashes = 0,
  } = read.data;
  if (together === undefined) {
    for (const kind of claimed) {
      const message = `"${kind}" needs a "together" block: it is about the orders of its steps`;
      problems.push({ ...tree.keyPosition([kind]), message });
    }
  }
  if (from !== null) problems.push(...contradictions(head, tree));
  const settings = from?.settings ?? startingSettings(serverInput);
  const people = from?.people ?? peopleOf(team, registries);
  const wrong = from === null ? wrongBucket(settings) : undefined;
  if (wrong !== undefined) {
    const changes = { type: 'changeSettings', changes: settingsOf(serverInput) } as const;
    const advice = adviceLines(actionTexts(adviceFor(changes, wrong.refusal, emptyStore()), actionLine));
    const message = ['expected another server:', wrong.refusal.sentence, ...advice].join(' ');
    problems.push({ ...tree.keyPosition(['server', 'bucket']), message });
  }
  problems.push(...unknownPeople(all, namesOf(people)));
  const start = from ?? { begins, now: DAY_ZERO };
  // Each actor of a `together` block has its own waits; what others wait is not known.
  const orders = [[], ...actors.map(({ placed }) => placed)];
  problems.push(...orders.flatMap((own) => wrongWaits([...setUp, ...story, ...own], start)));
  if (problems.length > 0) return { ok: false, diagnostics: inOrder(problems) };
  const scenario: Scenario = {
    file,
    title,
    rules,
    about,
    from,
    begins: from === null ? begins : from.begins,
    settings,
    people,
    registries: (registries ?? []).map(({ key }) => key),
    bucketFaults: from?.bucketFaults ?? faultsOf(serverInput) ?? [],
    given: setUp.map(({ step }) => step),
    steps: story.map(({ step }) => step),
    together: actors.map(({ name, placed }) => ({
      name,
      steps: placed.map(({ step }) => step),
    })),
    crashes,
    claims,
    folders: all.flatMap(foldersOf),
  };
  return { ok: true, scenario, placed: all };
}

/** Parses a tree as one step. Does not check what the step refers to, such as ids and people. */
export function readStep(tree: YamlTree): ReadStep {
  const problems: Diagnostic[] = [];
  const [placed] = new StepReader(tree, problems).one();
  return placed === undefined ? { ok: false, diagnostics: inOrder(problems) } : { ok: true, placed };
}

/**
 * Parses a list of steps, as it is below `steps:` in a scenario, to be played on a store. Reports every mistake at once.
 * Steps may use the ids that steps of the same list give, and no real folders.
 */
export function parseSteps(text: string, store: Store): ParsedSteps {
  const { tree, diagnostics } = readYaml(text);
  if (tree === null) return { ok: false, diagnostics: inOrder(diagnostics) };
  const problems: Diagnostic[] = [];
  const reader = new StepReader(belowSteps(tree), problems);
  const placed = reader.list(tree.value, 'steps');
  problems.push(
    ...wrongIds(placed, reader.lostIds),
    ...contentConflicts(placed),
    ...unknownPeople(placed, namesOf(store.people)),
    ...wrongWaits(placed, store),
  );
  for (const { line, column } of placed.flatMap(foldersOf)) {
    problems.push({ line, column, message: 'expected files; these steps read no real folders' });
  }
  if (problems.length > 0) return { ok: false, diagnostics: inOrder(problems) };
  return { ok: true, steps: placed.map(({ step }) => step) };
}

const SET_BY_SNAPSHOT = new Map([
  ['begins', 'the snapshot has its own beginning, or none'],
  ['server', 'the snapshot has its settings; a step changes them: - server: { … }'],
  ['team', 'the snapshot has its people; a step changes the TTL of the team: - team ttl: 30d'],
  ['registries', 'the snapshot has its registries'],
]);

function contradictions(head: Readonly<Record<string, unknown>>, tree: YamlTree): readonly Diagnostic[] {
  return [...SET_BY_SNAPSHOT].flatMap(([key, why]) =>
    Object.hasOwn(head, key)
      ? [
          {
            ...tree.keyPosition([key]),
            message: `expected no "${key}" in a story that starts from a snapshot: ${why}`,
          },
        ]
      : [],
  );
}

function foldersOf({ step, path, tree }: PlacedStep): readonly FolderReference[] {
  if (step.kind !== 'log' && step.kind !== 'begin') return [];
  const { files } = step.body;
  if (files === undefined || !('from' in files)) return [];
  return [{ path: files.from, ...tree.position([...path, 'files', 'from']) }];
}

// The reader expects the list at the key of a scenario.
function belowSteps(tree: YamlTree): YamlTree {
  return {
    value: { steps: tree.value },
    position: ([, ...path]) => tree.position(path),
    keyPosition: ([, ...path]) => tree.keyPosition(path),
    scalar: ([, ...path]) => tree.scalar(path),
  };
}
