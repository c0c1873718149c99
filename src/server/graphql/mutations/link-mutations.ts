import { following } from '../../../service/answer.ts';
import { linkFetched, unlinkFetched } from '../../../service/edits.ts';
import { fetchAt } from '../../../service/fetched.ts';
import { addressIn } from '../../../service/memberships.ts';
import { versionOfClientId } from '../../../store/look-up.ts';
import type { Store } from '../../../store/store.ts';
import type { Version } from '../../../store/version.ts';
import { type CollectionName, printable } from '../../../values/names.ts';
import type { Context } from '../context.ts';
import { requestError } from '../errors.ts';
import { collectionOf, type Input, type Optional, versionOf } from './inputs.ts';

interface LinkArtifactInput {
  readonly artifactID?: Optional<string>;
  readonly clientID?: Optional<string>;
  readonly artifactPortfolioID?: Optional<string>;
  readonly artifactPortfolioName?: Optional<string>;
  readonly entityName?: Optional<string>;
  readonly projectName?: Optional<string>;
  readonly aliases?: Optional<readonly { readonly alias: string }[]>;
}

interface UnlinkArtifactInput {
  readonly artifactID: string;
  readonly artifactPortfolioID: string;
}

/** The mutations of links. */
export const LINK_MUTATIONS = {
  linkArtifact: async ({ input }: Input<LinkArtifactInput>, context: Context) => {
    const { id: versionId } = sourceIn(context.store, input);
    const to = portfolioIn(context.store, input);
    const aliases = (input.aliases ?? []).map(({ alias }) => alias);
    const linked = await context.act(`link to ${printable(to.collection)}`, to.entity, (turn) =>
      linkFetched(turn, fetchAt(turn.store, { versionId, link: null }), to, aliases),
    );
    return { versionIndex: linked.link?.index ?? null, artifactMembership: linked };
  },

  unlinkArtifact: async ({ input }: Input<UnlinkArtifactInput>, context: Context) => {
    const version = versionOf(context.store, input.artifactID);
    const { name } = collectionOf(context.store, input.artifactPortfolioID);
    await context.act(`unlink from ${printable(name.collection)}`, name.entity, (turn) =>
      following(addressIn(turn.store, version, name), (address) =>
        unlinkFetched(turn, fetchAt(turn.store, address)),
      ),
    );
    return { success: true };
  },
};

function sourceIn(store: Store, { artifactID, clientID }: LinkArtifactInput): Version {
  if (typeof artifactID === 'string') return versionOf(store, artifactID);
  const version = typeof clientID === 'string' ? versionOfClientId(store, clientID) : undefined;
  if (version !== undefined) return version;
  throw requestError('Expected the "artifactID" or "clientID" of an artifact.');
}

function portfolioIn(store: Store, input: LinkArtifactInput): CollectionName {
  const { artifactPortfolioID: id, artifactPortfolioName: collection } = input;
  if (typeof id === 'string') return collectionOf(store, id).name;
  const { entityName: entity, projectName: project } = input;
  if (typeof collection === 'string' && typeof entity === 'string' && typeof project === 'string') {
    return { entity, project, collection };
  }
  throw requestError('Expected "artifactPortfolioName" with "entityName" and "projectName".');
}
