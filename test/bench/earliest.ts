/** A binary heap: what was put in comes out again by time, the earliest first. */
export class Earliest<Thing> {
  readonly #times: number[] = [];
  readonly #things: Thing[] = [];

  /** The least time in it; infinite where it is empty. */
  get time(): number {
    return this.#times[0] ?? Number.POSITIVE_INFINITY;
  }

  push(time: number, thing: Thing): void {
    let at = this.#times.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#timeAt(parent) <= time) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#put(at, time, thing);
  }

  pop(): Thing | undefined {
    const first = this.#things[0];
    const time = this.#times.pop();
    const thing = this.#things.pop();
    if (time !== undefined && thing !== undefined && this.#times.length > 0) this.#sink(time, thing);
    return first;
  }

  #sink(time: number, thing: Thing): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const child = this.#timeAt(left + 1) < this.#timeAt(left) ? left + 1 : left;
      if (this.#timeAt(child) >= time) break;
      this.#move(child, at);
      at = child;
    }
    this.#put(at, time, thing);
  }

  #timeAt(at: number): number {
    return this.#times[at] ?? Number.POSITIVE_INFINITY;
  }

  #move(from: number, to: number): void {
    const thing = this.#things[from];
    if (thing !== undefined) this.#put(to, this.#timeAt(from), thing);
  }

  #put(at: number, time: number, thing: Thing): void {
    this.#times[at] = time;
    this.#things[at] = thing;
  }
}
