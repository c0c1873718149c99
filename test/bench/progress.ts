const EVERY_MS = 200;

/** One line on a terminal's standard error that says what is being measured; nothing where there is no terminal. */
export class Progress {
  readonly #what: string;
  #described = 0;

  constructor(what: string) {
    this.#what = what;
  }

  /** Says how far it has come, if it has not just said so. */
  tell(text: string): void {
    const now = performance.now();
    if (!process.stderr.isTTY || now - this.#described < EVERY_MS) return;
    this.#described = now;
    const line = `${this.#what}: ${text}`;
    process.stderr.write(`\r\u001b[2K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
  }

  /** Makes room for what is written next. */
  clear(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
  }
}
