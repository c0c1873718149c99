import type { Refusal } from '../../lifecycle/decision.ts';
import type { Action } from '../../simulator/action.ts';
import type { Alias } from '../../values/names.ts';
import type { Bytes } from '../../values/units.ts';
import type { NamedVersion } from '../named-version.ts';
import type { NamedReference } from '../references.ts';

/** A change that was refused, and why. */
export interface RefusedAction {
  readonly action: Action;
  readonly refusal: Refusal;
}

/** A well-known mistake of cleanup scripts, with its evidence. */
export type Finding =
  | {
      /** It deleted links, which frees nothing (DEL-5). */
      readonly kind: 'link deleted';
      readonly links: readonly (NamedVersion & { readonly link: string })[];
    }
  | {
      /** It ended at the first refusal. */
      readonly kind: 'stopped at refusal';
      readonly refused: RefusedAction;
      /** The versions that it had listed and did not try to delete. */
      readonly untouched: readonly NamedVersion[];
    }
  | {
      /** Changes were refused, and neither its exit status nor its output says so. */
      readonly kind: 'refusals swallowed';
      readonly refused: readonly RefusedAction[];
    }
  | {
      /** It deleted versions of a list before it read the next page. */
      readonly kind: 'deleted while paging';
      /** How many it deleted between two pages. */
      readonly deleted: number;
      /** The versions that it would not have seen where pages are counted by offset. */
      readonly skipped: readonly NamedVersion[];
    }
  | {
      /** It deleted what an alias other than `latest` named. */
      readonly kind: 'named version deleted';
      readonly versions: readonly (NamedVersion & { readonly aliases: readonly Alias[] })[];
    }
  | {
      /** It deleted what a run of another project uses, or what another artifact refers to (DEL-12, DEL-18). */
      readonly kind: 'used elsewhere';
      readonly used: readonly (NamedVersion & { readonly run: string })[];
      readonly referred: readonly NamedReference[];
    }
  | {
      /** It asked for what does not exist, and went on to change something. */
      readonly kind: 'not found';
      readonly names: readonly string[];
    }
  | {
      /** Other versions hold nearly everything that it deleted (GC-2). */
      readonly kind: 'freed little';
      readonly deletedBytes: Bytes;
      readonly freedBytes: Bytes;
      readonly keepers: readonly NamedVersion[];
    }
  | {
      /** It deleted nothing, since all that it considered has the alias `latest` (DEL-2). */
      readonly kind: 'latest kept all';
      readonly versions: readonly NamedVersion[];
    }
  | {
      /** It deleted the last version of artifact collections, which remain (DEL-9). */
      readonly kind: 'collections left empty';
      readonly collections: readonly string[];
    }
  | {
      /** It tried to delete what the service manages or generates itself (DEL-17). */
      readonly kind: 'system type touched';
      readonly versions: readonly (NamedVersion & { readonly artifactType: string })[];
    };
