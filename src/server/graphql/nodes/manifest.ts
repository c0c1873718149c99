import type { VersionId } from '../../../values/names.ts';
import { manifestAddress } from '../../files/addresses.ts';
import { manifestIdOf } from '../../files/manifest-id.ts';
import { nodeId } from '../ids.ts';
import type { Resolvers } from '../resolver.ts';
import type { FileNode } from './file.ts';
import type { ManifestNode } from './nodes.ts';

/** The fields of a manifest. */
export const MANIFEST: Resolvers<ManifestNode> = {
  file: ({ id, uploads }, _, { origin }): FileNode => {
    const url = `${origin}${manifestAddress(id)}`;
    return {
      id: nodeId('File', id),
      name: 'wandb_manifest.json',
      displayName: 'wandb_manifest.json',
      // Its size is known when it is written.
      sizeBytes: 0,
      directUrl: url,
      url,
      uploadUrl: uploads ? url : null,
      uploadHeaders: [],
    };
  },
};

/** The manifest of a committed version, to download. */
export function currentManifest(versionId: VersionId): ManifestNode {
  return { id: manifestIdOf({ versionId, type: 'FULL', baseId: null }), uploads: false };
}
