import type { z } from 'zod';
import { wrongBucket } from '../../lifecycle/operation/operating.ts';
import { actionTexts, adviceLines } from '../../narration/answers/advice.ts';
import { adviceFor } from '../../simulator/advice/advice.ts';
import { emptyStore, type Store } from '../../store/store.ts';
import { printable } from '../../values/names.ts';
import { DAY_ZERO } from '../../values/units.ts';
import { type Diagnostic, inOrder, type Position } from '../yaml/diagnostic.ts';
import { unknownWord } from '../yaml/nearest-word.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { diagnosticsOf } from '../yaml/schema-diagnostics.ts';
import { decodeKey, isMapping } from '../yaml/yaml-keys.ts';
import type { PathPart, YamlTree } from '../yaml/yaml-tree.ts';
import { contentConflicts, unknownPeople, wrongIds, wrongWaits } from './cross-checks.ts';
import type { FolderReference, PlacedStep, Scenario } from './scenario.ts';
import { BARE_STEPS, HEAD, kindsNamedBy, SCENARIO } from './schema.ts';
import { namesOf, peopleOf } from './schema-people.ts';
import { isDoing, STEP_KINDS, STEP_SCHEMAS, type Step, type StepKind } from './schema-steps.ts';
import { faultsOf, settingsOf, startingSettings } from './settings-of.ts';
import { actionLine, type Mapping, stepLine } from './step-of.ts';

/** A scenario, or every mistake in its file; never both. */
export type ParsedScenario =
  | { readonly ok: true; readonly scenario: Scenario; readonly placed: readonly PlacedStep[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** One step, or every mistake in it. */
export type ReadStep =
  | { readonly ok: true; readonly placed: PlacedStep }
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
  problems.push(...wrongIds(all, reader.lostIds), ...contentConflicts(all));
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
    bucketFaults: from?.bucketFaults ?? faultsOf(serverInput) ?? [],
    given: setUp.map(({ step }) => step),
    steps: story.map(({ step }) => step),
    together: actors.map(({ name, placed }) => ({
      name,
      steps: placed.map(({ step }) => step).filter(isDoing),
    })),
    crashes,
    folders: all.flatMap(foldersOf),
  };
  return { ok: true, scenario, placed: all };
}

/** Parses a tree as one step. Does not check what the step refers to, such as ids and people. */
export function readStep(tree: YamlTree): ReadStep {
  const problems: Diagnostic[] = [];
  const [placed] = new StepReader(tree, problems).one(tree.value);
  return placed === undefined ? { ok: false, diagnostics: inOrder(problems) } : { ok: true, placed };
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

interface PlacedActor {
  readonly name: string;
  readonly placed: readonly PlacedStep[];
}

function byPlace(left: Position, right: Position): number {
  return left.line - right.line || left.column - right.column;
}

class StepReader {
  /** The ids of steps with mistakes; using such an id is not another mistake. */
  readonly lostIds = new Set<string>();
  readonly #tree: YamlTree;
  readonly #problems: Diagnostic[];

  constructor(tree: YamlTree, problems: Diagnostic[]) {
    this.#tree = tree;
    this.#problems = problems;
  }

  list(steps: unknown, key: 'given' | 'steps'): readonly PlacedStep[] {
    if (!Array.isArray(steps) || (steps.length === 0 && key === 'steps')) {
      const missing = steps === undefined ? 'missing "steps": ' : '';
      return this.#wrong(
        [key],
        `${missing}expected a list of steps${key === 'steps' ? ', with at least one' : ''}`,
      );
    }
    return steps.flatMap((step, index) => this.#step(step, [key, index]));
  }

  /** The actors of a `together` block, each with its steps. */
  actors(together: unknown): readonly PlacedActor[] {
    if (!isMapping(together) || Object.keys(together).length === 0) {
      this.#wrong(['together'], 'expected a mapping of actors to lists of steps, with at least one actor');
      return [];
    }
    // A plain object would list keys that are numbers first, but the order in the file counts.
    const place = (key: string) => this.#tree.keyPosition(['together', key]);
    const written = Object.entries(together).sort(([left], [right]) => byPlace(place(left), place(right)));
    return written.map(([key, steps]): PlacedActor => {
      const name = decodeKey(key);
      if (!Array.isArray(steps)) {
        return { name, placed: this.#wrong(['together', key], 'expected a list of steps') };
      }
      const placed = steps.flatMap((step, index) => this.#step(step, ['together', key, index]));
      for (const { step, path } of placed) {
        if (isDoing(step)) continue;
        this.#wrong(
          path,
          `expected a step that does something; ${step.kind} looks only, and has no place here`,
        );
      }
      return { name, placed };
    });
  }

  one(step: unknown): readonly PlacedStep[] {
    return this.#step(step, []);
  }

  #step(value: unknown, path: readonly PathPart[]): readonly PlacedStep[] {
    const bare = BARE_STEPS.find((name) => name === value);
    const step = bare === undefined ? value : { [bare]: 'now' };
    if (!isMapping(step)) {
      if (typeof step === 'string') {
        const known = STEP_KINDS.some((kind) => kind === step);
        return this.#wrong(
          path,
          known
            ? `expected "${step}: …": this step says what it is about`
            : unknownWord('step', step, STEP_KINDS),
        );
      }
      return this.#wrong(path, `expected a step: a mapping with one of ${STEP_KINDS.join(', ')}`);
    }
    const kind = this.#kindOf(step, path);
    if (kind === null) return this.#lost(step);
    const schema: z.ZodType = STEP_SCHEMAS[kind];
    const read = schema.safeParse(step);
    if (!read.success) {
      this.#problems.push(...diagnosticsOf(read.error.issues, this.#tree, path, schema));
      return this.#lost(step);
    }
    const claims = kind === 'expect' && isMapping(step[kind]) ? Object.keys(step[kind]) : [];
    const claimLines = new Map(
      claims.map((claim) => [claim, this.#tree.keyPosition([...path, kind, claim]).line]),
    );
    // The body was parsed by the schema of this kind; the compiler cannot infer that from the table of schemas.
    const { line } = this.#tree.position(path);
    const placed = { kind, line, text: textOf(kind, step), body: read.data, claimLines } as Step;
    return [{ step: placed, path, tree: this.#tree }];
  }

  #lost(step: Readonly<Record<string, unknown>>): readonly PlacedStep[] {
    if (typeof step['id'] === 'string') this.lostIds.add(step['id']);
    return [];
  }

  // A key can be the name of a step and an option of another: the step is the one that allows all the other keys.
  #kindOf(step: Readonly<Record<string, unknown>>, path: readonly PathPart[]): StepKind | null {
    const kinds = kindsNamedBy(step);
    const [first] =
      kinds.length === 1
        ? kinds
        : kinds.filter((kind) => kinds.every((key) => key in STEP_SCHEMAS[kind].shape));
    if (first !== undefined) return first;
    const [key = ''] = Object.keys(step);
    if (kinds.length > 1) {
      this.#wrong(path, `expected a step to do one thing; this one names ${kinds.join(' and ')}`);
    } else if (key === '') {
      this.#wrong(path, `expected a step: a mapping with one of ${STEP_KINDS.join(', ')}`);
    } else {
      this.#problems.push({
        ...this.#tree.keyPosition([...path, key]),
        message: unknownWord('step', decodeKey(key), STEP_KINDS),
      });
    }
    return null;
  }

  #wrong(path: readonly PathPart[], message: string): readonly PlacedStep[] {
    this.#problems.push({ ...this.#tree.position(path), message });
    return [];
  }
}

const MOST_CHARACTERS = 400;

function textOf(kind: StepKind, { id: _id, refused: _refused, ...step }: Mapping): string {
  if (kind === 'expect') return kind;
  const { is: _recording, ...shown } = step;
  const said = kind === 'show' || kind === 'verify' ? shown : step;
  const bare = BARE_STEPS.find((name) => said[name] === 'now' && Object.keys(said).length === 1);
  return bare ?? printable(stepLine(said), MOST_CHARACTERS);
}

function foldersOf({ step, path, tree }: PlacedStep): readonly FolderReference[] {
  if (step.kind !== 'log' && step.kind !== 'begin') return [];
  const { files } = step.body;
  if (files === undefined || !('from' in files)) return [];
  return [{ path: files.from, ...tree.position([...path, 'files', 'from']) }];
}
