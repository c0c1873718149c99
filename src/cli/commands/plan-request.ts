import type { DeletionCommand } from '../../insight/plan/deletions.ts';
import type { Filter } from '../../lifecycle/deletion/filter.ts';
import type { Who } from '../../store/people.ts';
import { parseCollectionName, parseProjectName, parseRunName, parseVersionName } from '../../values/names.ts';
import type { Parsed } from '../../values/result.ts';
import { parseDuration } from '../../values/units.ts';
import { InputError, quoted } from '../input-error.ts';

/** What applies to all deletions of one request. */
export interface RequestFlags {
  readonly deleteAliases: boolean;
  readonly artifacts: boolean;
  /** The person who asks; null for an admin of the team and of every registry. */
  readonly by: Who;
}

type Unfinished = (flags: RequestFlags) => DeletionCommand;

const CONDITIONS = '"without aliases", "with ALIAS", "older than 30d" or "keep last 3"';

/**
 * Collects the deletions of a command line in the order of its options. Throws `InputError` with what was expected for
 * values that cannot be read.
 */
export class PlanRequest {
  readonly #deletions: Unfinished[] = [];
  #conditions: Partial<Filter> | null = null;

  /** `--delete animals:v0`. */
  version(text: string): void {
    const name = read(parseVersionName, '--delete', text);
    this.#add(({ deleteAliases, by }) => ({
      type: 'deleteVersion',
      target: { by: 'name', name },
      deleteAliases,
      by,
    }));
  }

  /** `--delete-collection animals`. */
  collection(text: string): void {
    const collection = read(parseCollectionName, '--delete-collection', text);
    this.#add(({ by }) => ({ type: 'deleteCollection', collection, by }));
  }

  /** `--delete-run train-1`. */
  run(text: string): void {
    const run = read(parseRunName, '--delete-run', text);
    this.#add(({ artifacts, by }) => ({ type: 'deleteRun', run, artifacts, by }));
  }

  /** `--delete-project demo`. */
  project(text: string): void {
    const project = read(parseProjectName, '--delete-project', text);
    this.#add(({ by }) => ({ type: 'deleteProject', project, by }));
  }

  /** `--delete-all animals`; the conditions after it belong to it. */
  all(text: string): void {
    const collection = read(parseCollectionName, '--delete-all', text);
    const conditions: Partial<Filter> = {};
    this.#add(({ deleteAliases, by }) => ({
      type: 'deleteMatching',
      collection,
      where: { ...EVERY_ONE, ...conditions },
      deleteAliases,
      by,
    }));
    this.#conditions = conditions;
  }

  /** `--where "older than 30d"`, for the `--delete-all` before it. */
  where(text: string): void {
    const conditions = this.#conditions;
    if (conditions === null) {
      throw InputError.of(`--where ${quoted(text)}: expected a --delete-all NAME before it`);
    }
    const read = conditionOf(text);
    const twice = Object.keys(read).some((key) => key in conditions);
    if (twice) throw InputError.of(`--where ${quoted(text)}: duplicate condition`);
    Object.assign(conditions, read);
  }

  /** The deletions. Throws `InputError` if there are none. */
  commands(flags: RequestFlags): readonly DeletionCommand[] {
    if (this.#deletions.length === 0) {
      throw InputError.of('expected something to delete, such as --delete animals:v0');
    }
    return this.#deletions.map((finish) => finish(flags));
  }

  #add(deletion: Unfinished): void {
    this.#deletions.push(deletion);
    this.#conditions = null;
  }
}

const EVERY_ONE: Filter = {
  withoutAliases: false,
  withAlias: null,
  olderThanSeconds: null,
  keepLast: null,
};

function read<Value>(parse: (text: string) => Parsed<Value>, option: string, text: string): Value {
  const name = parse(text);
  if (name.ok) return name.value;
  throw InputError.of(`${option} ${quoted(text)}: expected ${name.expected}`);
}

// The conditions of `where` in a scenario, on one line; the colon is optional.
function conditionOf(text: string): Partial<Filter> {
  if (/^without:? aliases$/.test(text)) return { withoutAliases: true };
  const [, withAlias] = /^with:? ([\s\S]+)$/.exec(text) ?? [];
  if (withAlias !== undefined) return { withAlias };
  const [, age] = /^older than:? ([\s\S]+)$/.exec(text) ?? [];
  if (age !== undefined) return { olderThanSeconds: read(parseDuration, '--where older than', age) };
  const keepLast = Number(/^keep last:? (\d+)$/.exec(text)?.[1]);
  if (Number.isSafeInteger(keepLast)) return { keepLast };
  throw InputError.of(`--where ${quoted(text)}: expected ${CONDITIONS}`);
}
