/** How a door colours text; the plain one changes nothing, and is what files and pipes get. */
export interface Paint {
  readonly title: (text: string) => string;
  readonly step: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
}

const same = (text: string) => text;

/** No colours. */
export const PLAIN: Paint = { title: same, step: same, quiet: same, good: same, bad: same };
