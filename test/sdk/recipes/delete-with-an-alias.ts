import type { Api } from '../../../src/sdk/index.ts';

/**
 * Deletes what a run logged and an alias names: one version at most of each artifact collection (ALI-2; basis: doc).
 *
 * ```python
 * run = api.run(path)
 * for artifact in run.logged_artifacts():
 *     if alias in artifact.aliases:
 *         artifact.delete(delete_aliases=True)
 * ```
 */
export async function deleteWithAnAlias(api: Api, path: string, alias: string): Promise<void> {
  const run = await api.run(path);
  for await (const artifact of run.loggedArtifacts()) {
    if (artifact.aliases.includes(alias)) {
      await artifact.delete({ deleteAliases: true });
    }
  }
}
