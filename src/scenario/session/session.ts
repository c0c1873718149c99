import type { StoreEvent } from '../../decider/event.ts';
import type { FileEntry } from '../../store/manifest.ts';
import type { Store } from '../../store/store.ts';
import { assert } from '../../values/result.ts';
import { contentConflicts, unknownPeople, wrongIds, wrongWaits } from '../language/cross-checks.ts';
import { beginningOf, type Folders, type PlacedStep, type Scenario } from '../language/scenario.ts';
import { namesOf } from '../language/schema-people.ts';
import type { Frame, StepResult } from '../play/frame.ts';
import { Player, type PlayerState } from '../play/play.ts';
import { type Diagnostic, formatDiagnostic, inOrder } from '../yaml/diagnostic.ts';

/** The position of a session: its steps in order, undone ones at the end, and how many are done. */
export interface SessionPlace {
  readonly steps: readonly PlacedStep[];
  readonly done: number;
}

interface PlayedStep {
  readonly result: StepResult;
  readonly after: PlayerState;
}

/** A story that grows step by step, with undo and redo. */
export class Session {
  /** The story that it started from. */
  readonly scenario: Scenario;
  /** The steps of that story, without its setup. */
  readonly begunWith: readonly PlacedStep[];
  readonly #placedGiven: readonly PlacedStep[];
  readonly #folders: Map<string, readonly FileEntry[]>;
  readonly #player: Player;
  readonly #start: PlayerState;
  // The steps of the setup come first.
  readonly #played: PlayedStep[] = [];
  #place: SessionPlace;

  /** A session at the end of a story; `placed` are the steps of its setup, then the others. */
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

  /** The current position. */
  get place(): SessionPlace {
    return this.#place;
  }

  /** The steps of the setup, which cannot be undone. */
  get given(): readonly PlacedStep[] {
    return this.#placedGiven;
  }

  /** The real folders that it has read; each is read once in a session. */
  get folders(): Folders {
    return this.#folders;
  }

  /** The store after the done steps. */
  get store(): Store {
    const count = this.#placedGiven.length + this.#place.done;
    this.#playTo(count);
    return this.#player.storeAt(this.#stateAfter(count));
  }

  /** The results of the setup. */
  get givenResults(): readonly StepResult[] {
    this.#playTo(this.#placedGiven.length);
    return this.#played.slice(0, this.#placedGiven.length).map(({ result }) => result);
  }

  /** The result of a step, counted from 0, undone or not. */
  result(index: number): StepResult {
    return this.#playedAt(this.#placedGiven.length + index).result;
  }

  /** The frames of the setup. Their stores are replayed: use the results where no store is needed. */
  get givenFrames(): readonly Frame[] {
    return this.#placedGiven.map((_, at) => this.#frameAt(at));
  }

  /** The frame of a step, counted from 0, undone or not. Its stores are replayed, as those of `givenFrames` are. */
  frame(index: number): Frame {
    return this.#frameAt(this.#placedGiven.length + index);
  }

  /** The mistakes of a next step that its own line does not show: its id, its people, its content. */
  mistakesIn(placed: PlacedStep): readonly Diagnostic[] {
    const { steps, done } = this.#place;
    return this.#mistakesBeyond(steps.slice(0, done), [placed]);
  }

  /** The same for all steps after the story, undone ones included. */
  mistakesSinceStory(): readonly Diagnostic[] {
    const { steps } = this.#place;
    const changed = steps.findIndex((placed, at) => placed !== this.begunWith[at]);
    const kept = changed < 0 ? steps.length : changed;
    return this.#mistakesBeyond(steps.slice(0, kept), steps.slice(kept));
  }

  /** Plays a next step. Undone steps are forgotten. */
  take(placed: PlacedStep): StepResult {
    this.append(placed);
    return this.result(this.#place.done - 1);
  }

  /** Adds a next step, to be played when its result is needed. */
  append(placed: PlacedStep): void {
    const { steps, done } = this.#place;
    this.goTo({ steps: [...steps.slice(0, done), placed], done: done + 1 });
  }

  /** Undoes steps; there must be as many. */
  undo(count: number): void {
    const { steps, done } = this.#place;
    assert(count <= done, `there are ${count} steps to undo`);
    this.#place = { steps, done: done - count };
  }

  /** Redoes undone steps; there must be as many. */
  redo(count: number): void {
    const { steps, done } = this.#place;
    assert(done + count <= steps.length, `there are ${count} steps to redo`);
    this.#place = { steps, done: done + count };
  }

  /** Returns to a position, as if nothing had happened since. */
  goTo(place: SessionPlace): void {
    const { steps } = this.#place;
    let same = 0;
    while (same < steps.length && steps[same] === place.steps[same]) same += 1;
    this.#played.length = Math.min(this.#played.length, this.#placedGiven.length + same);
    this.#place = place;
  }

  /** Adds the content of a real folder, before the step that uses it. */
  learnFolder(path: string, files: readonly FileEntry[]): void {
    if (!this.#folders.has(path)) this.#folders.set(path, files);
  }

  // A step of the story may use what was undone since; that is refused, and not a mistake of later steps.
  #mistakesBeyond(known: readonly PlacedStep[], steps: readonly PlacedStep[]): readonly Diagnostic[] {
    const before = [...this.#placedGiven, ...known];
    const mistakes = this.#mistakes([...before, ...steps]);
    if (mistakes.length === 0) return [];
    const old = new Set(this.#mistakes(before).map((mistake) => formatDiagnostic('', mistake)));
    return inOrder(mistakes.filter((mistake) => !old.has(formatDiagnostic('', mistake))));
  }

  #mistakes(steps: readonly PlacedStep[]): readonly Diagnostic[] {
    return [
      ...unknownPeople(steps, namesOf(this.scenario.people)),
      ...wrongIds(steps),
      ...wrongWaits(steps, beginningOf(this.scenario)),
      ...contentConflicts(steps, this.#folders),
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
        ...result
      } = this.#player.take(step, this.#played.length < given);
      this.#played.push({ result, after: this.#player.state });
    }
  }

  #stateAfter(count: number): PlayerState {
    return this.#played[count - 1]?.after ?? this.#start;
  }

  // Stores are not kept with each step: the history of the player has them.
  #frameAt(at: number): Frame {
    const { result, after } = this.#playedAt(at);
    const before = this.#player.storeAt(this.#stateAfter(at));
    return { ...result, before, after: this.#player.storeAt(after) };
  }

  #playedAt(at: number): PlayedStep {
    this.#playTo(at + 1);
    const played = this.#played[at];
    assert(played !== undefined, `there is a step ${at}`);
    return played;
  }

  #eventsBefore(count: number): readonly StoreEvent[] {
    const results = this.#played.slice(0, count).map(({ result }) => result);
    const expect = results.findLastIndex(({ step }) => step.kind === 'expect');
    return results.slice(expect + 1).flatMap(({ events }) => events);
  }
}
