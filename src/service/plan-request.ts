import type { DeletionCommand } from '../insight/plan/deletions.ts';
import type { Filter } from '../lifecycle/deletion/filter.ts';
import type { Who } from '../store/people.ts';
import { parseCollectionName, parseProjectName, parseRunName, parseVersionName } from '../values/names.ts';
import { type Parsed, parsed, unparsed } from '../values/result.ts';
import { parseDuration } from '../values/units.ts';

/** What applies to all deletions of one request. */
export interface RequestFlags {
  readonly deleteAliases: boolean;
  readonly artifacts: boolean;
  /** The person who asks; null for an admin of the team and of every registry. */
  readonly by: Who;
}

type Unfinished = (flags: RequestFlags) => DeletionCommand;

const CONDITIONS = '"without aliases", "with ALIAS", "older than 30d" or "keep last 3"';

/** Collects the deletions of a request, written as text, in order. A text that cannot be read adds nothing. */
export class PlanRequest {
  readonly #deletions: Unfinished[] = [];
  #conditions: Partial<Filter> | null = null;

  /** A version or a link: `animals:v0`. */
  version(text: string): Parsed<null> {
    return this.#add(parseVersionName(text), (name, { deleteAliases, by }) => ({
      type: 'deleteVersion',
      target: { by: 'name', name },
      deleteAliases,
      by,
    }));
  }

  /** An artifact collection: `animals`. */
  collection(text: string): Parsed<null> {
    return this.#add(parseCollectionName(text), (collection, { by }) => ({
      type: 'deleteCollection',
      collection,
      by,
    }));
  }

  /** A run: `train-1`. */
  run(text: string): Parsed<null> {
    return this.#add(parseRunName(text), (run, { artifacts, by }) => ({
      type: 'deleteRun',
      run,
      artifacts,
      by,
    }));
  }

  /** A project: `demo`. */
  project(text: string): Parsed<null> {
    return this.#add(parseProjectName(text), (project, { by }) => ({ type: 'deleteProject', project, by }));
  }

  /** The versions of an artifact collection: `animals`; the conditions after it belong to it. */
  all(text: string): Parsed<null> {
    const conditions: Partial<Filter> = {};
    const added = this.#add(parseCollectionName(text), (collection, { deleteAliases, by }) => ({
      type: 'deleteMatching',
      collection,
      where: { ...EVERY_ONE, ...conditions },
      deleteAliases,
      by,
    }));
    if (added.ok) this.#conditions = conditions;
    return added;
  }

  /** A condition, such as `older than 30d`, for the `all` before it; null if there is none. */
  where(text: string): Parsed<null> | null {
    const conditions = this.#conditions;
    if (conditions === null) return null;
    const read = conditionOf(text);
    if (!read.ok) return read;
    const twice = Object.keys(read.value).some((key) => key in conditions);
    if (twice) return unparsed('each condition once');
    Object.assign(conditions, read.value);
    return parsed(null);
  }

  /** The deletions; none if nothing was asked. */
  commands(flags: RequestFlags): readonly DeletionCommand[] {
    return this.#deletions.map((finish) => finish(flags));
  }

  #add<Name>(
    name: Parsed<Name>,
    deletion: (name: Name, flags: RequestFlags) => DeletionCommand,
  ): Parsed<null> {
    if (!name.ok) return name;
    this.#deletions.push((flags) => deletion(name.value, flags));
    this.#conditions = null;
    return parsed(null);
  }
}

const EVERY_ONE: Filter = {
  withoutAliases: false,
  withAlias: null,
  olderThanSeconds: null,
  keepLast: null,
};

// The conditions of `where` in a scenario, on one line; the colon is optional.
function conditionOf(text: string): Parsed<Partial<Filter>> {
  if (/^without:? aliases$/.test(text)) return parsed({ withoutAliases: true });
  const [, withAlias] = /^with:? ([\s\S]+)$/.exec(text) ?? [];
  if (withAlias !== undefined) return parsed({ withAlias });
  const [, age] = /^older than:? ([\s\S]+)$/.exec(text) ?? [];
  if (age !== undefined) {
    const duration = parseDuration(age);
    return duration.ok ? parsed({ olderThanSeconds: duration.value }) : duration;
  }
  const keepLast = Number(/^keep last:? (\d+)$/.exec(text)?.[1]);
  return Number.isSafeInteger(keepLast) ? parsed({ keepLast }) : unparsed(CONDITIONS);
}
