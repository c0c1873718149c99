import type { z } from 'zod';
import { printable } from '../../values/names.ts';
import type { Diagnostic, Position } from '../yaml/diagnostic.ts';
import { filled, filledTree } from '../yaml/filled-tree.ts';
import { unknownWord } from '../yaml/nearest-word.ts';
import { diagnosticsOf } from '../yaml/schema-diagnostics.ts';
import { decodeKey, isMapping, mappingOf } from '../yaml/yaml-keys.ts';
import type { PathPart, YamlTree } from '../yaml/yaml-tree.ts';
import type { PlacedStep } from './scenario.ts';
import { BARE_STEPS, kindsNamedBy, MOST_REPEATED_STEPS, REPEAT_HEAD, STEP_NAMES } from './schema.ts';
import { isDoing, STEP_SCHEMAS, type Step, type StepKind } from './schema-steps.ts';
import { type Mapping, stepLine } from './step-of.ts';

interface PlacedActor {
  readonly name: string;
  readonly placed: readonly PlacedStep[];
}

/** Reads the steps of a tree, each by the schema that its key names, and adds every mistake to `problems`. */
export class StepReader {
  /** The ids of steps with mistakes; using such an id is not another mistake. */
  readonly lostIds: Set<string>;
  readonly #tree: YamlTree;
  readonly #problems: Diagnostic[];
  #repeatedSteps = 0;
  #repeatedCharacters = 0;

  constructor(tree: YamlTree, problems: Diagnostic[], lostIds = new Set<string>()) {
    this.#tree = tree;
    this.#problems = problems;
    this.lostIds = lostIds;
  }

  /** The steps in the list of this key. */
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
        if (isDoing(step) || (step.kind === 'expect' && written.length === 1)) continue;
        const otherwise = step.kind === 'expect' ? '; always and finally claim what holds in any order' : '';
        const message = `expected a step that does something; ${step.kind} only looks, and is not allowed here${otherwise}`;
        this.#wrong(path, message);
      }
      return { name, placed };
    });
  }

  /** The tree as a single step. */
  one(): readonly PlacedStep[] {
    const { value } = this.#tree;
    if (isRepeat(value))
      return this.#wrong([], 'expected a single step; a repeat is for the file of a story');
    return this.#step(value, []);
  }

  #repeat(repeat: Mapping, path: readonly PathPart[]): readonly PlacedStep[] {
    const read = REPEAT_HEAD.safeParse(repeat);
    if (!read.success)
      this.#problems.push(...diagnosticsOf(read.error.issues, this.#tree, path, REPEAT_HEAD));
    const steps: readonly unknown[] = Array.isArray(repeat['steps']) ? repeat['steps'] : [];
    // Mistakes in the steps are reported, even if how often to take them is a mistake.
    const times = read.success && this.#mayRepeat(read.data.repeat, steps, path) ? read.data.repeat : 1;
    const broken = new Set<number>();
    const alike = new Map<number, readonly PlacedStep[]>();
    return Array.from({ length: times }, (_, n) =>
      steps.flatMap((step, at) => {
        if (broken.has(at)) return [];
        const known = alike.get(at);
        if (known !== undefined) return known;
        const placed = this.#repeated(step, [...path, 'steps', at], n);
        if (placed === null) {
          broken.add(at);
          for (let later = n; later < times; later += 1) this.#lost(mappingOf(filled(step, later)));
        } else if (placed[0]?.tree === this.#tree) alike.set(at, placed);
        return placed ?? [];
      }),
    ).flat();
  }

  // Null if it has mistakes, so that they are reported once.
  #repeated(step: unknown, path: readonly PathPart[], n: number): readonly PlacedStep[] | null {
    const before = this.#problems.length;
    const value = filled(step, n, (key) => {
      const message = `expected each key once; with {n} replaced by ${n}, this mapping has it twice`;
      this.#problems.push({ ...this.#tree.keyPosition([...path, ...key]), message });
    });
    const reader =
      value === step ? this : new StepReader(filledTree(this.#tree, path, n), this.#problems, this.lostIds);
    const placed = isRepeat(step)
      ? this.#wrong(path, 'expected no repeat within a repeat, since {n} could be the number of either')
      : reader.#step(value, path);
    return this.#problems.length === before ? placed : null;
  }

  #mayRepeat(times: number, steps: readonly unknown[], path: readonly PathPart[]): boolean {
    this.#repeatedSteps += times * steps.length;
    // A step without {n} is parsed once, and shared.
    const changing = steps.filter((step) => filled(step, 0) !== step);
    this.#repeatedCharacters += times * JSON.stringify(changing).length;
    if (this.#repeatedSteps > MOST_REPEATED_STEPS) {
      const message = `expected at most ${MOST_REPEATED_STEPS} repeated steps in a story; there are ${this.#repeatedSteps} up to here`;
      this.#wrong([...path, 'repeat'], message);
    } else if (this.#repeatedCharacters > MOST_REPEATED_CHARACTERS) {
      const message = `expected fewer repetitions or shorter steps: together they have more than ${MOST_REPEATED_CHARACTERS} characters`;
      this.#wrong([...path, 'repeat'], message);
    } else return true;
    return false;
  }

  #step(value: unknown, path: readonly PathPart[]): readonly PlacedStep[] {
    if (isRepeat(value)) return this.#repeat(value, path);
    const bare = BARE_STEPS.find((name) => name === value);
    const step = bare === undefined ? value : { [bare]: 'now' };
    if (!isMapping(step)) {
      if (typeof step === 'string') {
        const known = STEP_NAMES.some((name) => name === step);
        return this.#wrong(
          path,
          known
            ? `expected "${step}: …": this step says what it is about`
            : unknownWord('step', step, STEP_NAMES),
        );
      }
      return this.#wrong(path, `expected a step: a mapping with one of ${STEP_NAMES.join(', ')}`);
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
      this.#wrong(path, `expected a step: a mapping with one of ${STEP_NAMES.join(', ')}`);
    } else {
      this.#problems.push({
        ...this.#tree.keyPosition([...path, key]),
        message: unknownWord('step', decodeKey(key), STEP_NAMES),
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
const MOST_REPEATED_CHARACTERS = 20_000_000;

function isRepeat(value: unknown): value is Mapping {
  return isMapping(value) && Object.hasOwn(value, 'repeat');
}

function byPlace(left: Position, right: Position): number {
  return left.line - right.line || left.column - right.column;
}

// An upload is called by its id until it has an index.
function textOf(kind: StepKind, { id, refused: _refused, ...step }: Mapping): string {
  if (kind === 'expect') return kind;
  const { is: _recording, ...shown } = step;
  const named = kind === 'begin' && id !== undefined ? { ...step, id } : step;
  const said = kind === 'show' || kind === 'verify' ? shown : named;
  const bare = BARE_STEPS.find((name) => said[name] === 'now' && Object.keys(said).length === 1);
  return bare ?? printable(stepLine(said), MOST_CHARACTERS);
}
