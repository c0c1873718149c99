import type { Brand } from './brand.ts';
import { type Parsed, parsed, unparsed } from './result.ts';

/** The key of an artifact collection in the store, derived from its full name. */
export type CollectionId = Brand<string, 'CollectionId'>;
/** The key of a version: its sequence and its place among the uploads there. It stays valid when the version can no longer be found by name. */
export type VersionId = Brand<string, 'VersionId'>;
/** The key of a link: its portfolio and index. */
export type LinkId = Brand<string, 'LinkId'>;
/** The key of an object: its scope (LOG-7) and the digest of its content. */
export type ObjectId = Brand<string, 'ObjectId'>;
/** The key of a run, derived from its full name. */
export type RunId = Brand<string, 'RunId'>;
/** The key of a project, derived from its full name. */
export type ProjectId = Brand<string, 'ProjectId'>;
/** The key of an id that a client chose for its upload, derived from that id (LOG-11). */
export type ClientIdKey = Brand<string, 'ClientIdKey'>;
/** The scope within which objects are shared: one sequence, or one entity (LOG-7). */
export type ScopeId = Brand<string, 'ScopeId'>;
/** A movable name for one version of an artifact collection, already validated (ALI-4). */
export type Alias = Brand<string, 'Alias'>;

/** The alias that logging moves to the newest version (ALI-1). */
export const LATEST = 'latest' as Alias;
/** The default entity. */
export const DEFAULT_ENTITY = 'team';
/** The default project. */
export const DEFAULT_PROJECT = 'demo';

/** The full name of an artifact collection: `entity/project/collection`. */
export interface CollectionName {
  readonly entity: string;
  readonly project: string;
  readonly collection: string;
}

/** The full name of a run: `entity/project/run`. */
export interface RunName {
  readonly entity: string;
  readonly project: string;
  readonly run: string;
}

/** The full name of a project: `entity/project`. */
export interface ProjectName {
  readonly entity: string;
  readonly project: string;
}

/** An index (`v0`) or an alias, after a colon, or the serial of an upload, which has no index yet (`#0`, LOG-5). */
export type Selector =
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'alias'; readonly alias: string }
  | { readonly kind: 'upload'; readonly serial: number };

/** The name of a version or link: `animals:v0`, `models/prod:best`, and `animals#0` for an upload. */
export interface VersionName {
  readonly collection: CollectionName;
  readonly selector: Selector;
}

/** The name of a path of a version: `animals:v0/photos/cat.jpg`. */
export interface FileName {
  readonly version: VersionName;
  readonly path: string;
}

/** Parses `animals`, `project/animals`, or `entity/project/animals`. Whether the name is valid is checked later (LOG-1). */
export function parseCollectionName(text: string): Parsed<CollectionName> {
  const parts = text.split('/');
  const expected = 'a name such as animals, project/animals or entity/project/animals';
  if (text.includes(':')) return unparsed(`${expected}, without a colon`);
  if (parts.length > 3) return unparsed(`${expected}, with at most two slashes`);
  const [collection = '', project = DEFAULT_PROJECT, entity = DEFAULT_ENTITY] = parts.reverse();
  return parsed({ entity, project, collection });
}

/** Parses the name of a run: `run-1`, `project/run-1`, or `entity/project/run-1`. */
export function parseRunName(text: string): Parsed<RunName> {
  const name = parseCollectionName(text);
  if (!name.ok)
    return unparsed('the name of a run such as train-1, project/train-1 or entity/project/train-1');
  return parsed({
    entity: name.value.entity,
    project: name.value.project,
    run: name.value.collection,
  });
}

/** Parses `demo` or `team/demo`. */
export function parseProjectName(text: string): Parsed<ProjectName> {
  const parts = text.split('/');
  if (text.includes(':') || parts.length > 2)
    return unparsed('the name of a project such as demo or team/demo');
  const [project = '', entity = DEFAULT_ENTITY] = parts.reverse();
  return parsed({ entity, project });
}

// No name of a collection contains a number sign.
const UPLOAD = /^([^:#]*)#(0|[1-9]\d{0,14})(?=\/|$)/;

/** Whether a text names an upload: `animals#0`. */
export function isUploadName(text: string): boolean {
  return UPLOAD.exec(text)?.[0] === text;
}

/** Parses `animals:v0`, `animals:best`, `animals#0`, `project/animals:v0`, or `entity/project/animals:v0`. */
export function parseVersionName(text: string): Parsed<VersionName> {
  const expected = 'a version such as animals:v0 or project/animals:best';
  const [upload, uploadedTo = '', serial] = UPLOAD.exec(text) ?? [];
  const colon = upload === text ? uploadedTo.length : text.indexOf(':');
  if (colon < 0) return unparsed(expected);
  const collection = parseCollectionName(text.slice(0, colon));
  if (!collection.ok) return unparsed(expected);
  return parsed({
    collection: collection.value,
    selector:
      upload === text ? { kind: 'upload', serial: Number(serial) } : parseSelector(text.slice(colon + 1)),
  });
}

/** Parses `animals:v0/cat.jpg`; the path starts after the first slash after the colon, or `animals#0/cat.jpg`. */
export function parseFileName(text: string): Parsed<FileName> {
  const expected = 'a path of a version such as animals:v0/cat.jpg';
  const upload = UPLOAD.exec(text)?.[0];
  const slash = upload === undefined ? text.indexOf('/', Math.max(text.indexOf(':'), 0)) : upload.length;
  if ((upload === undefined && !text.includes(':')) || text[slash] !== '/') return unparsed(expected);
  const version = parseVersionName(text.slice(0, slash));
  return version.ok ? parsed({ version: version.value, path: text.slice(slash + 1) }) : unparsed(expected);
}

/** Parses the part after the colon. `v007` is not an index, since no version has that name. */
export function parseSelector(text: string): Selector {
  const [, digits] = /^v(0|[1-9]\d*)$/.exec(text) ?? [];
  const index = Number(digits);
  return Number.isSafeInteger(index) ? { kind: 'index', index } : { kind: 'alias', alias: text };
}

/** The full name, `entity/project/collection`. */
export function fullCollectionName(name: CollectionName): string {
  return `${name.entity}/${name.project}/${name.collection}`;
}

/** The shortest name that `parseCollectionName` reads back, without defaults. */
export function shortCollectionName(name: CollectionName): string {
  if (name.entity !== DEFAULT_ENTITY) return fullCollectionName(name);
  return name.project === DEFAULT_PROJECT ? name.collection : `${name.project}/${name.collection}`;
}

/** The full name, `entity/project/run`. */
export function fullRunName(name: RunName): string {
  return `${name.entity}/${name.project}/${name.run}`;
}

/** The shortest name of a project. */
export function shortProjectName(name: ProjectName): string {
  return name.entity === DEFAULT_ENTITY ? name.project : `${name.entity}/${name.project}`;
}

/** The shortest name of a run. */
export function shortRunName(name: RunName): string {
  return shortCollectionName({
    entity: name.entity,
    project: name.project,
    collection: name.run,
  });
}

/** A selector without the colon: `v0`, `best`, or `#0`. */
export function formatSelector(selector: Selector): string {
  switch (selector.kind) {
    case 'index':
      return `v${selector.index}`;
    case 'alias':
      return selector.alias;
    case 'upload':
      return `#${selector.serial}`;
  }
}

/** The name of a version in an artifact collection of this name, however long. */
export function nameWithin(collection: string, selector: Selector): string {
  return `${collection}${selector.kind === 'upload' ? '' : ':'}${formatSelector(selector)}`;
}

/** The full name, `entity/project/collection:v0`. */
export function fullVersionName(name: VersionName): string {
  return nameWithin(fullCollectionName(name.collection), name.selector);
}

/** The shortest name of a version. */
export function shortVersionName(name: VersionName): string {
  return nameWithin(shortCollectionName(name.collection), name.selector);
}

/** The shortest name of a path: `animals:v0/cat.jpg`. */
export function shortFileName(name: FileName): string {
  return `${shortVersionName(name.version)}/${name.path}`;
}

/** Whether a text is a valid alias (ALI-4). */
export function isAlias(text: string): text is Alias {
  return text !== '' && !/[/:]/.test(text) && !/^v\d+$/.test(text);
}

/** Whether a text is a valid name of an artifact collection: 1 to 128 letters, digits, dots, dashes, underscores. */
export function isCollectionName(text: string): boolean {
  return /^[A-Za-z0-9_.-]{1,128}$/.test(text);
}

/** Whether a text is a valid name of an entity, project, or run: 1 to 128 characters, none of / \ # ? % : or control. */
export function isOwnerName(text: string): boolean {
  return /^[^/\\#?%:\p{Cc}\p{Cs}]{1,128}$/u.test(text);
}

/**
 * A text that a user chose, safe to print on one line of a terminal. Control characters are escaped; a text of more than
 * `limit` characters is cut, with its length.
 */
export function printable(text: string, limit = 120): string {
  const escaped = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
    /^[\u200c\u200d]$/.test(character) ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  const characters = [...escaped];
  if (characters.length <= limit) return escaped;
  return `${characters.slice(0, limit).join('')}… (${text.length} characters)`;
}
