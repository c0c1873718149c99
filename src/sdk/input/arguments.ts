import { parseUnixTime, type UnixTime } from '../../values/dates.ts';
import {
  type CollectionName,
  type FileName,
  isUploadName,
  type ProjectName,
  parseCollectionName,
  parseFileName,
  parseProjectName,
  parseRunName,
  parseVersionName,
  printable,
  type RunName,
  type VersionName,
} from '../../values/names.ts';
import type { Parsed } from '../../values/result.ts';
import {
  type Bytes,
  bytes,
  LARGEST_EXACT,
  parseDuration,
  parseSize,
  type Seconds,
} from '../../values/units.ts';
import { ValueError } from '../errors.ts';

/** An argument that must be text. Throws `TypeError` otherwise, since it is a mistake in the script. */
export function textIn(given: unknown, what: string): string {
  if (typeof given === 'string') return given;
  throw new TypeError(`${what} must be a string, not ${kindOf(given)}`);
}

/** An argument that must be a list of texts. */
export function textsIn(given: unknown, what: string): readonly string[] {
  if (!Array.isArray(given)) throw new TypeError(`${what} must be a list of strings, not ${kindOf(given)}`);
  return given.map((text: unknown) => textIn(text, `each item of ${what}`));
}

/** An argument in words, for messages; `object` describes an object if one of some kind was expected. */
export function kindOf(given: unknown, object = 'an object'): string {
  if (given === null || given === undefined) return String(given);
  if (Array.isArray(given)) return 'a list';
  if (given instanceof Promise) return 'a promise: await it first';
  return typeof given === 'object' ? object : `a ${typeof given}`;
}

/** Named options, like Python's keyword arguments; `example` is shown in the message. */
export function optionsIn<Options extends object>(given: Options, example: string): Options {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given;
  throw new TypeError(`options must be given by name, { ${example} }, not as ${kindOf(given)}`);
}

/** A boolean option, false by default. */
export function flagIn(given: unknown, name: string): boolean {
  if (given === undefined || typeof given === 'boolean') return given ?? false;
  throw new TypeError(`${name} must be true or false, not ${kindOf(given)}`);
}

/** The number of results per page. */
export function perPageIn(options: { readonly perPage?: number }, byDefault: number): number {
  const perPage = optionsIn(options, `perPage: ${byDefault}`).perPage ?? byDefault;
  if (Number.isSafeInteger(perPage) && perPage > 0) return perPage;
  throw new ValueError(`perPage must be a whole number, 1 or more, not ${String(perPage)}`);
}

/** A duration: a timedelta, or text such as `8d`. */
export function durationIn(given: Seconds | string): Seconds {
  if (typeof given === 'number') return secondsIn(given);
  if (typeof given === 'string') return read(parseDuration(given), given);
  throw new TypeError(`a duration must be a timedelta or a string such as "8d", not ${kindOf(given)}`);
}

/** A whole, non-negative number of seconds, as in a timedelta. */
export function secondsIn(given: number): Seconds {
  if (Number.isInteger(given) && given >= 0 && given <= LARGEST_EXACT) return given as Seconds;
  throw noSeconds(given);
}

/** The error for a number of seconds that a timedelta cannot hold. */
export function noSeconds(given: number): ValueError {
  return new ValueError(`a timedelta must be a whole number of seconds, 0 or more, not ${given}`);
}

/** A date and time in UTC, or a date for its midnight. */
export function unixTimeIn(given: unknown): UnixTime {
  const text = textIn(given, 'the time at which a simulator begins');
  return read(parseUnixTime(text), text);
}

/** A size: a whole number of bytes, or text such as `2MB`. */
export function sizeIn(given: unknown): Bytes {
  if (typeof given === 'number') {
    if (Number.isSafeInteger(given) && given >= 0) return bytes(given);
    throw new ValueError(`a size must be a whole number of bytes, 0 or more, not ${given}`);
  }
  if (typeof given === 'string') return read(parseSize(given), given);
  throw new TypeError(`a size must be a number of bytes or a string such as "2MB", not ${kindOf(given)}`);
}

/** The name of an artifact collection; missing parts are those of the default place. */
export function collectionIn(given: unknown, place: ProjectName): CollectionName {
  return readWithin(given, place, 'the name of an artifact collection', parseCollectionName);
}

/** The name of a version or link. Without a colon, and unless it is an upload such as `animals#0`, it means `latest` (basis: chosen). */
export function versionIn(given: unknown, place: ProjectName): VersionName {
  return readWithin(given, place, 'the name of an artifact', (text) =>
    parseVersionName(text.includes(':') || isUploadName(text) ? text : `${text}:latest`),
  );
}

/** The name of a file of a version. */
export function fileIn(given: unknown, place: ProjectName): FileName {
  return readWithin(given, place, 'the name of a file', parseFileName);
}

/** The name of a run. */
export function runIn(given: unknown, place: ProjectName): RunName {
  return readWithin(given, place, 'the path of a run', parseRunName);
}

/** The name of a project; the default place if none is given. */
export function projectIn(given: unknown, place: ProjectName): ProjectName {
  if (given === undefined || given === null) return place;
  const text = textIn(given, 'the name of a project');
  return read(parseProjectName(text.includes('/') ? text : `${place.entity}/${text}`), text);
}

function readWithin<Value>(
  given: unknown,
  { entity, project }: ProjectName,
  what: string,
  parse: (text: string) => Parsed<Value>,
): Value {
  const text = textIn(given, what);
  const [path = ''] = text.split(':', 1);
  const slashes = path.split('/').length - 1;
  const before = slashes === 0 ? `${entity}/${project}/` : slashes === 1 ? `${entity}/` : '';
  return read(parse(before + text), text);
}

function read<Value>(answer: Parsed<Value>, given: string): Value {
  if (answer.ok) return answer.value;
  throw new ValueError(`"${printable(given)}": expected ${answer.expected}`);
}
