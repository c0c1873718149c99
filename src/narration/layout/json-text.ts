// What a terminal may take for an order, or would not show, though JSON allows it as it is.
const UNSEEN = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A document as JSON, ended by a newline; whatever users wrote in it is safe to print. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replace(UNSEEN, (unseen) =>
    Array.from({ length: unseen.length }, (_, at) => escaped(unseen.charCodeAt(at))).join(''),
  );
  return `${text}\n`;
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
