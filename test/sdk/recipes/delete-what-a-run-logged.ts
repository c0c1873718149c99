import type { Api } from '../../../src/sdk/index.ts';

/**
 * Deletes every artifact that a run logged. It stops at the first that has an alias, and the newest version has `latest`
 * (DEL-2; basis: doc).
 *
 * ```python
 * run = api.run(path)
 * for artifact in run.logged_artifacts():
 *     artifact.delete()
 * ```
 */
export async function deleteWhatARunLogged(api: Api, path: string): Promise<void> {
  const run = await api.run(path);
  for await (const artifact of run.loggedArtifacts()) {
    await artifact.delete();
  }
}
