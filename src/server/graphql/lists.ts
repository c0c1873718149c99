import { z } from 'zod';
import type { ArtifactCollection } from '../../store/artifact-collection.ts';
import type { VersionId } from '../../values/names.ts';
import { type Key, type PageArguments, type Rows, rowsOf, sortedRows } from './connection.ts';
import { requestError } from './errors.ts';

/** The arguments of a list that can be filtered and ordered. */
export interface ListArguments extends PageArguments {
  /** JSON: an object of fields, each with a value or `{"$in": [values]}`. */
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
  const matches = filterIn<string>(list.filters, { state: (state) => state });
  const { descending } = orderIn(list.order ?? '-version_index', ['version_index']);
  if (!matches('COMMITTED')) return rowsOf<ListedVersion>([], () => []);
  return {
    total: listed.size,
    *after(last) {
      const entries = listed.entriesAfter(indexIn(last), descending ? 'descending' : 'ascending');
      for (const [index, versionId] of entries) yield { key: [index], item: { index, versionId } };
    },
  };
}

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
  const matches = filterIn<ArtifactCollection>(filters, {
    name: ({ name }) => name.collection,
    type: ({ artifactType }) => artifactType,
  });
  const { field, descending } = orderIn(order ?? '-created_at', ['name', 'created_at']);
  const keyOf = ({ name: { collection }, createdAt }: ArtifactCollection): Key =>
    field === 'name' ? [collection] : [descending ? -createdAt : createdAt, collection];
  return sortedRows(collections.filter(matches), keyOf, field === 'name' && descending);
}

/** Whether a row passes a filter. Throws a request error for a filter that this list does not know. */
function filterIn<Row>(
  text: string | null | undefined,
  fields: Readonly<Record<string, (row: Row) => string>>,
): (row: Row) => boolean {
  const conditions = conditionsIn(text ?? '{}').map(([name, wanted]) => {
    const read = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (read === undefined) throw requestError(`This list has no filter "${name}"`);
    return (row: Row) => wanted.includes(read(row));
  });
  return (row) => conditions.every((holds) => holds(row));
}

const condition = z.union([
  z.string().transform((wanted) => [wanted]),
  z.strictObject({ $in: z.array(z.string()) }).transform(({ $in }) => $in),
]);
const conditions = z.array(z.tuple([z.string(), condition]));

function conditionsIn(text: string): z.infer<typeof conditions> {
  try {
    // Zod leaves out a key `__proto__`.
    return conditions.parse(Object.entries(JSON.parse(text)));
  } catch {
    throw requestError('"filters" must be a JSON object of fields, each with a text or {"$in": [texts]}');
  }
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
