import { z } from 'zod';
import type { ArtifactCollection } from '../../store/artifact-collection.ts';
import type { VersionId } from '../../values/names.ts';
import { type Key, type PageArguments, type Rows, sortedRows } from './connection.ts';
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

/** The versions of an artifact collection, by default newest first. Only COMMITTED ones are listed (DEL-3). */
export function versionRows(
  { listed }: ArtifactCollection,
  { filters, order }: ListArguments,
): Rows<ListedVersion> {
  const matches = filterIn<string>(filters, { state: (state) => state });
  const { descending } = orderIn(order ?? '-version_index', ['version_index']);
  if (!matches('COMMITTED')) return sortedRows<ListedVersion>([], () => []);
  const sign = descending ? -1 : 1;
  return sortedRows(
    Array.from(listed.entries(), ([index, versionId]) => ({ index, versionId })),
    ({ index }) => [sign * index],
  );
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

const filter = z.record(z.string(), z.union([z.string(), z.strictObject({ $in: z.array(z.string()) })]));

/** Whether a row passes a filter. Throws a request error for a filter that this list does not know. */
function filterIn<Row>(
  text: string | null | undefined,
  fields: Readonly<Record<string, (row: Row) => string>>,
): (row: Row) => boolean {
  const conditions = Object.entries(readFilter(text ?? '{}')).map(([name, wanted]) => {
    const read = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (read === undefined) throw requestError(`This list has no filter "${name}"`);
    const values = new Set(typeof wanted === 'string' ? [wanted] : wanted.$in);
    return (row: Row) => values.has(read(row));
  });
  return (row) => conditions.every((holds) => holds(row));
}

function readFilter(text: string): z.infer<typeof filter> {
  try {
    return filter.parse(JSON.parse(text));
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
