import { distance } from 'fastest-levenshtein';
import { printable } from '../../values/names.ts';

/** The known word nearest to an unknown one, or null if none is close enough. */
export function nearest(word: string, known: readonly string[]): string | null {
  // The distance costs the product of both lengths, and a long word is close to none.
  if (word.length > 60) return null;
  let best: string | null = null;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const steps = distance(word.toLowerCase(), candidate.toLowerCase());
    if (steps < least) [best, least] = [candidate, steps];
  }
  return best;
}

/** `unknown key "fiels"; did you mean "files"?`, or with a list of the known words if none is close. */
export function unknownWord(what: string, word: string, known: readonly string[]): string {
  return `unknown ${what} "${printable(word, 60)}"${hintAt(word, known)}`;
}

/** The end of a message about an unknown word: `; did you mean "files"?`, or `; expected one of: …`. */
function hintAt(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  if (meant !== null) return `; did you mean "${printable(meant, 60)}"?`;
  const shown = known.slice(0, MOST_LISTED).map((other) => printable(other, 60));
  const rest = known.length - shown.length;
  return `; expected one of: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

const MOST_LISTED = 40;
