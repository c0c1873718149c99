import { distance } from 'fastest-levenshtein';
import { printable } from '../values/names.ts';

/** The known word nearest to one that is not, or null where none is near enough to have been meant. */
export function nearest(word: string, known: readonly string[]): string | null {
  // A long word costs its length times that of each known one, and is near none of them.
  if (word.length > 60) return null;
  let best: string | null = null;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const steps = distance(word.toLowerCase(), candidate.toLowerCase());
    if (steps < least) [best, least] = [candidate, steps];
  }
  return best;
}

/** `unknown key "fiels"; did you mean "files"?`, or the list of what is known where nothing is near. */
export function unknownWord(what: string, word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  const hint = meant === null ? `expected one of: ${known.join(', ')}` : `did you mean "${meant}"?`;
  return `unknown ${what} "${printable(word, 60)}"; ${hint}`;
}
