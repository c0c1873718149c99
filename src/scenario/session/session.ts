import type { StoreEvent } from '../../decider/event.ts';
import type { FileEntry } from '../../store/manifest.ts';
import type { Store } from '../../store/store.ts';
import { assert } from '../../values/result.ts';
import { contentConflicts, unknownPeople, wrongIds } from '../language/cross-checks.ts';
import type { Folders, PlacedStep, Scenario } from '../language/scenario.ts';
import { namesOf } from '../language/schema-people.ts';
import type { Frame } from '../play/frame.ts';
import { Player, type PlayerState } from '../play/play.ts';
import { type Diagnostic, formatDiagnostic, inOrder } from '../yaml/diagnostic.ts';
import type { PathPart, YamlTree } from '../yaml/yaml-tree.ts';

/** Where a session stands: its steps in order, those that were undone at the end, and how many are done. */
export interface SessionPlace {
  readonly steps: readonly PlacedStep[];
  readonly done: number;
}

interface PlayedStep {
  readonly frame: Omit<Frame, 'before' | 'after'>;
  readonly after: PlayerState;
}

/** A story that grows step by step, and of which any number of steps can be undone and done again. */
export class Session {
  /** The story that it began with. */
  readonly scenario: Scenario;
  /** The steps of that story, behind its set-up. */
  readonly begunWith: readonly PlacedStep[];
  readonly #placedGiven: readonly PlacedStep[];
  readonly #folders: Map<string, readonly FileEntry[]>;
  readonly #player: Player;
  readonly #start: PlayerState;
  // The steps of the set-up come first.
  readonly #played: PlayedStep[] = [];
  #place: SessionPlace;

  /** A session that begins where this story ends; `placed` are the steps of its set-up, then its own. */
  constructor(scenario: Scenario, placed: readonly PlacedStep[], folders: Folders) {
    this.scenario = scenario;
    this.#placedGiven = placed.slice(0, scenario.given.length);
    const steps = placed.slice(scenario.given.length);
    this.begunWith = steps;
    this.#place = { steps, done: steps.length };
    this.#folders = new Map(folders);
    this.#player = new Player(scenario, this.#folders, true);
    this.#start = this.#player.state;
  }

  /** Where it stands. */
  get place(): SessionPlace {
    return this.#place;
  }

  /** The steps of the set-up, which no `undo` reaches. */
  get given(): readonly PlacedStep[] {
    return this.#placedGiven;
  }

  /** The real folders that it knows; each is read once in a session. */
  get folders(): Folders {
    return this.#folders;
  }

  /** The store behind the steps that are done. */
  get store(): Store {
    const count = this.#placedGiven.length + this.#place.done;
    this.#playTo(count);
    return this.#player.storeAt(this.#stateAfter(count));
  }

  /** The steps of the set-up as they were played. */
  get givenFrames(): readonly Frame[] {
    this.#playTo(this.#placedGiven.length);
    return this.#placedGiven.map((_, at) => this.#frameAt(at));
  }

  /** One step, counted from 0, as it was played, whether or not it was undone since. */
  frame(index: number): Frame {
    const at = this.#placedGiven.length + index;
    this.#playTo(at + 1);
    return this.#frameAt(at);
  }

  /** What is wrong with a step that would come next, beyond what its own line shows: its id, its people, its content. */
  mistakesIn(placed: PlacedStep): readonly Diagnostic[] {
    const { steps, done } = this.#place;
    return this.#mistakesBeyond(steps.slice(0, done), [placed]);
  }

  /** The same of every step behind those of the story that it began with, undone ones too. */
  mistakesSinceStory(): readonly Diagnostic[] {
    const { steps } = this.#place;
    const changed = steps.findIndex((placed, at) => placed !== this.begunWith[at]);
    const kept = changed < 0 ? steps.length : changed;
    return this.#mistakesBeyond(steps.slice(0, kept), steps.slice(kept));
  }

  /** Takes a step as the next one; what was undone before is forgotten. */
  take(placed: PlacedStep): Frame {
    this.append(placed);
    return this.frame(this.#place.done - 1);
  }

  /** The same, but it is played only when somebody asks for what came of it. */
  append(placed: PlacedStep): void {
    const { steps, done } = this.#place;
    this.goTo({ steps: [...steps.slice(0, done), placed], done: done + 1 });
  }

  /** Undoes so many steps; there must be as many. */
  undo(count: number): void {
    const { steps, done } = this.#place;
    assert(count <= done, `there are ${count} steps to undo`);
    this.#place = { steps, done: done - count };
  }

  /** Does so many undone steps again; there must be as many. */
  redo(count: number): void {
    const { steps, done } = this.#place;
    assert(done + count <= steps.length, `there are ${count} steps to redo`);
    this.#place = { steps, done: done + count };
  }

  /** Makes a place the current one, as if nothing had happened since. */
  goTo(place: SessionPlace): void {
    const { steps } = this.#place;
    let same = 0;
    while (same < steps.length && steps[same] === place.steps[same]) same += 1;
    this.#played.length = Math.min(this.#played.length, this.#placedGiven.length + same);
    this.#place = place;
  }

  /** Learns what a real folder contains, before the step that takes its files from there. */
  learnFolder(path: string, files: readonly FileEntry[]): void {
    if (!this.#folders.has(path)) this.#folders.set(path, files);
  }

  // A step of the story that names what was undone since is refused, and is no mistake of those behind it.
  #mistakesBeyond(known: readonly PlacedStep[], steps: readonly PlacedStep[]): readonly Diagnostic[] {
    const before = [...this.#placedGiven, ...known];
    const mistakes = this.#mistakes([...before, ...steps]);
    if (mistakes.length === 0) return [];
    const old = new Set(this.#mistakes(before).map((mistake) => formatDiagnostic('', mistake)));
    return inOrder(mistakes.filter((mistake) => !old.has(formatDiagnostic('', mistake))));
  }

  #mistakes(steps: readonly PlacedStep[]): readonly Diagnostic[] {
    const placed = together(steps);
    return [
      ...unknownPeople(placed, namesOf(this.scenario.people)),
      ...wrongIds(placed),
      ...contentConflicts(placed, this.#folders),
    ];
  }

  #playTo(count: number): void {
    const from = this.#played.length;
    if (from >= count) return;
    this.#player.restore(this.#stateAfter(from), this.#eventsBefore(from));
    const given = this.#placedGiven.length;
    for (const { step } of [...this.#placedGiven, ...this.#place.steps].slice(from, count)) {
      const {
        before: _before,
        after: _after,
        ...frame
      } = this.#player.take(step, this.#played.length < given);
      this.#played.push({ frame, after: this.#player.state });
    }
  }

  #stateAfter(count: number): PlayerState {
    return this.#played[count - 1]?.after ?? this.#start;
  }

  // Stores are not kept with each step: the history of the player has them.
  #frameAt(at: number): Frame {
    const played = this.#played[at];
    assert(played !== undefined, `there is a step ${at}`);
    const before = this.#player.storeAt(this.#stateAfter(at));
    return { ...played.frame, before, after: this.#player.storeAt(played.after) };
  }

  #eventsBefore(count: number): readonly StoreEvent[] {
    const frames = this.#played.slice(0, count).map(({ frame }) => frame);
    const expect = frames.findLastIndex(({ step }) => step.kind === 'expect');
    return frames.slice(expect + 1).flatMap(({ events }) => events);
  }
}

// The steps come from several texts, and each check names the lines of others: one tree knows them all.
function together(steps: readonly PlacedStep[]): readonly PlacedStep[] {
  const route = (path: readonly PathPart[]) => {
    const [at, ...inner] = path;
    const origin = steps[Number(at)];
    assert(origin !== undefined, `there is a step ${at}`);
    return { tree: origin.tree, path: [...origin.path, ...inner] };
  };
  const tree: YamlTree = {
    value: null,
    position: (path) => {
      const there = route(path);
      return there.tree.position(there.path);
    },
    keyPosition: (path) => {
      const there = route(path);
      return there.tree.keyPosition(there.path);
    },
    scalar: () => undefined,
  };
  return steps.map(({ step }, at) => ({ step, path: [at], tree }));
}
