import type { RuleId } from '../rules/rules.ts';
import {
  type CollectionId,
  type LinkId,
  type ObjectId,
  printable,
  type RunId,
  type VersionId,
} from '../values/names.ts';

/** Something that a sentence mentions, so that a page can link it. `text` is its name, safe to print. */
export type Reference = { readonly text: string } & (
  | { readonly kind: 'version'; readonly id: VersionId }
  | { readonly kind: 'file'; readonly versionId: VersionId; readonly path: string }
  | { readonly kind: 'object'; readonly id: ObjectId }
  | { readonly kind: 'collection'; readonly id: CollectionId }
  | { readonly kind: 'link'; readonly id: LinkId }
  | { readonly kind: 'run'; readonly id: RunId }
  | { readonly kind: 'rule'; readonly id: RuleId }
);

/** A sentence as text and references: a terminal prints `sentenceText` of it, a page links the references. */
export type Sentence = readonly (string | Reference)[];

/** What a sentence can be made of. */
export type Part = string | number | Reference | Sentence;

/** Makes a sentence from a template: sentence`${version} is COMMITTED`. User-chosen text must be printable already. */
export function sentence(texts: TemplateStringsArray, ...parts: readonly Part[]): Sentence {
  return sentenceOf(texts.flatMap((text, at) => [text, ...parts.slice(at, at + 1)]));
}

/** Joins parts into one sentence: `a, b, c`. */
export function sentenceOf(parts: readonly Part[], separator = ''): Sentence {
  const joined: (string | Reference)[] = [];
  const add = (part: string | Reference) => {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  };
  for (const [at, part] of parts.entries()) {
    if (at > 0) add(separator);
    if (typeof part !== 'object') add(String(part));
    else if ('kind' in part) add(part);
    else part.forEach(add);
  }
  return joined;
}

/** A count in words: `1 version`, `2 versions`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

const MOST_CHARACTERS = 400;

/** Refers to a version by the name that an answer gives beside its id. */
export function versionReference(named: {
  readonly versionId: VersionId;
  readonly version: string;
}): Reference {
  return { kind: 'version', id: named.versionId, text: printable(named.version, MOST_CHARACTERS) };
}

/** Refers to a file of a version: `animals:v0/cat.jpg`. */
export function fileReference(named: {
  readonly versionId: VersionId;
  readonly version: string;
  readonly path: string;
}): Reference {
  const { versionId, version, path } = named;
  const text = `${printable(version, MOST_CHARACTERS)}/${path === '' ? '""' : printable(path)}`;
  return { kind: 'file', versionId, path, text };
}

/** Refers to a rule. */
export function ruleReference(id: RuleId): Reference {
  return { kind: 'rule', id, text: id };
}
