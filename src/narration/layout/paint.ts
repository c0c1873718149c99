/** What a line is, which an adapter may show in color. */
export type Style = 'title' | 'step' | 'quiet' | 'good' | 'bad';

/** How an adapter colors text of each style. */
export type Paint = Readonly<Record<Style, (text: string) => string>>;

const same = (text: string) => text;

/** No colors: what files and pipes get. */
export const PLAIN: Paint = { title: same, step: same, quiet: same, good: same, bad: same };
