import { type FieldOf, type Filter, parseFilter } from '../../service/lists/filter.ts';
import type { ArtifactCollection } from '../../store/artifact-collection.ts';
import type { VersionId } from '../../values/names.ts';
import { type Parsed, Unexpected } from '../../values/result.ts';
import { type Key, type PageArguments, type Rows, rowsOf, sortedRows } from './connection.ts';
import { requestError } from './errors.ts';

/** The arguments of a list that can be filtered and ordered. */
export interface ListArguments extends PageArguments {
  /** JSON in MongoDB's query language. */
  readonly filters?: string | null;
  /** The name of a field, after `-` for descending order. */
  readonly order?: string | null;
}

/** A version that an artifact collection lists, or that a link in it points to. */
export interface ListedVersion {
  readonly index: number;
  readonly versionId: VersionId;
}

/**
 * The versions of an artifact collection, by default newest first. Only COMMITTED ones are listed (DEL-3). A page costs the
 * same at any depth.
 */
export function versionRows({ listed }: ArtifactCollection, list: ListArguments): Rows<ListedVersion> {
  const passes = filterIn(list.filters, oneOf(VERSION_FIELDS));
  const { descending } = orderIn(list.order || '-version_index', ['version_index']);
  if (!passes('COMMITTED')) return rowsOf<ListedVersion>([], () => []);
  return {
    total: listed.size,
    *after(last) {
      const entries = listed.entriesAfter(indexIn(last), descending ? 'descending' : 'ascending');
      for (const [index, versionId] of entries) yield { key: [index], item: { index, versionId } };
    },
  };
}

// All that are listed are in one state, so that nothing need be filtered one by one.
const VERSION_FIELDS = new Map<string, (state: 'COMMITTED') => unknown>([['state', (state) => state]]);

function indexIn(key: Key | null): number | undefined {
  const index = key?.[0];
  if (typeof index === 'string') throw requestError('"after" must be a cursor of an earlier page');
  return index;
}

/** Artifact collections, by default newest first and then by name. */
export function collectionRows(
  collections: readonly ArtifactCollection[],
  { filters, order }: ListArguments,
): Rows<ArtifactCollection> {
  const passes = filterIn(filters, oneOf(COLLECTION_FIELDS));
  const { field, descending } = orderIn(order || '-created_at', ['name', 'created_at']);
  const keyOf = ({ name: { collection }, createdAt }: ArtifactCollection): Key =>
    field === 'name' ? [collection] : [descending ? -createdAt : createdAt, collection];
  return sortedRows(collections.filter(passes), keyOf, field === 'name' && descending);
}

const COLLECTION_FIELDS = new Map<string, (row: ArtifactCollection) => unknown>([
  ['name', ({ name }) => name.collection],
  ['description', ({ facts }) => facts?.description],
  ['tags', ({ facts }) => facts?.tags],
  ['tag', ({ facts }) => facts?.tags],
]);

/** Whether a row passes the filter of a request. Throws a request error for a filter that makes no sense here. */
export function filterIn<Row>(filters: string | null | undefined, fieldOf: FieldOf<Row>): Filter<Row> {
  return argumentIn('filters', parseFilter(filters || '{}', fieldOf));
}

/** The value of an argument. Throws a request error with what is expected. */
export function argumentIn<Value>(argument: string, parsed: Parsed<Value>): Value {
  if (parsed.ok) return parsed.value;
  throw requestError(`"${argument}": expected ${parsed.expected}`);
}

function oneOf<Row>(fields: ReadonlyMap<string, (row: Row) => unknown>): FieldOf<Row> {
  return (name) => {
    const read = fields.get(name);
    if (read !== undefined) return { read, operand: (given) => given };
    throw new Unexpected(`one of the fields ${[...fields.keys()].join(', ')} instead of "${name}"`);
  };
}

/** The field and direction of an order. Throws a request error for another field. */
function orderIn<Field extends string>(
  text: string,
  fields: readonly Field[],
): { readonly field: Field; readonly descending: boolean } {
  const name = text.replace(/^[+-]/, '');
  const field = fields.find((known) => known === name);
  if (field === undefined) throw requestError(`"order" must be one of ${fields.join(', ')}, after + or -`);
  return { field, descending: text.startsWith('-') };
}
