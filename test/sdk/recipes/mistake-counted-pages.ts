import type { Api } from '../../../src/sdk/index.ts';

/**
 * A mistake, where the next page is found by counting the results so far (`paging: 'offset'`): what is deleted from one
 * page moves the rest up, and the next page begins too far down. With a cursor, which is the default, nothing is skipped.
 *
 * ```python
 * for artifact in api.artifacts(type_name, name, per_page=per_page):
 *     artifact.delete(delete_aliases=True)
 * ```
 */
export async function deleteWhileCounting(
  api: Api,
  typeName: string,
  name: string,
  perPage: number,
): Promise<void> {
  for await (const artifact of api.artifacts(typeName, name, { perPage })) {
    await artifact.delete({ deleteAliases: true });
  }
}

/** The same as it was meant: every page is fetched before the first deletion. Python: `for artifact in list(…):`. */
export async function deleteWhatWasCounted(
  api: Api,
  typeName: string,
  name: string,
  perPage: number,
): Promise<void> {
  const artifacts = await api.artifacts(typeName, name, { perPage }).all();
  for (const artifact of artifacts) {
    await artifact.delete({ deleteAliases: true });
  }
}
