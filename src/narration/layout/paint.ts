/** The role of a line, which a terminal can show in color. */
export type Style = 'title' | 'step' | 'quiet' | 'good' | 'bad';

/** The color of each style. */
export type Paint = Readonly<Record<Style, (text: string) => string>>;

const same = (text: string) => text;

/** No colors, for files and pipes. */
export const PLAIN: Paint = { title: same, step: same, quiet: same, good: same, bad: same };
