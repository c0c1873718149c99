import { type Api, timedelta } from '../../../src/sdk/index.ts';

/**
 * Sets a TTL on every version of an artifact but the best. No other alias is spared, `latest` neither, when the time is
 * over (TTL-6; basis: chosen).
 *
 * ```python
 * for artifact in api.artifacts(type_name, name):
 *     if "best" not in artifact.aliases:
 *         artifact.ttl = timedelta(days=days)
 *         artifact.save()
 * ```
 */
export async function expireAllButTheBest(
  api: Api,
  typeName: string,
  name: string,
  days: number,
): Promise<void> {
  for await (const artifact of api.artifacts(typeName, name)) {
    if (!artifact.aliases.includes('best')) {
      artifact.ttl = timedelta({ days });
      await artifact.save();
    }
  }
}
