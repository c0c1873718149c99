import type { Api, Artifact } from '../../../src/sdk/index.ts';

/**
 * A mistake: the second loop goes over one name and deletes another, which is still there from the first one. So each
 * time it asks to delete the last artifact of the run, whatever version was meant.
 *
 * ```python
 * for artifact in run.logged_artifacts():
 *     print(artifact.name)
 * for candidate in run.logged_artifacts():
 *     if candidate.version in versions:
 *         artifact.delete(delete_aliases=True)
 * ```
 *
 * In TypeScript it takes a variable that is declared before the loops.
 */
export async function deleteAnotherName(
  api: Api,
  path: string,
  versions: readonly string[],
  print: (line: string) => void,
): Promise<void> {
  const run = await api.run(path);
  let artifact: Artifact | undefined;
  for await (artifact of run.loggedArtifacts()) print(artifact.name);
  for await (const candidate of run.loggedArtifacts()) {
    if (versions.includes(candidate.version)) {
      await artifact?.delete({ deleteAliases: true });
    }
  }
}

/** The same as it was meant: what is looked at is what is deleted. Python: `candidate.delete(delete_aliases=True)`. */
export async function deleteTheSameName(
  api: Api,
  path: string,
  versions: readonly string[],
  print: (line: string) => void,
): Promise<void> {
  const run = await api.run(path);
  for await (const artifact of run.loggedArtifacts()) print(artifact.name);
  for await (const candidate of run.loggedArtifacts()) {
    if (versions.includes(candidate.version)) {
      await candidate.delete({ deleteAliases: true });
    }
  }
}
