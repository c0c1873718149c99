/**
 * Compares texts by code point: the order of a manifest's lines (LOG-9) and of everything that leaves the core.
 * JavaScript's `<` compares UTF-16 units, which puts an emoji before U+FFFD.
 */
export function byCodePoint(left: string, right: string): number {
  if (left === right) return 0;
  const shorter = Math.min(left.length, right.length);
  let at = 0;
  while (at < shorter && left.charCodeAt(at) === right.charCodeAt(at)) at += 1;
  if (at === shorter) return left.length - right.length;
  return rank(left.charCodeAt(at)) - rank(right.charCodeAt(at));
}

// A surrogate at the first difference means a code point above U+FFFF.
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
