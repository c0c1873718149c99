import type { Command } from '../../decider/command.ts';
import { decide } from '../../decider/decide.ts';
import { evolve } from '../../decider/evolve.ts';
import type { EditAliases } from '../../lifecycle/aliasing.ts';
import type { Refusal } from '../../lifecycle/decision.ts';
import { heldReference } from '../../lifecycle/deletion/held-reference.ts';
import { protectionText } from '../../lifecycle/linking.ts';
import { indexedName, linkNameOf, versionById } from '../../store/look-up.ts';
import { type Protection, protectionOfLink } from '../../store/protection.ts';
import type { Store } from '../../store/store.ts';
import type { VersionId } from '../../values/names.ts';

// Who has to remove more blockers than this should know what they are for.
const MOST_REMOVED = 5;

/** A deletion after an admin has taken the protected aliases off (ALI-7), and after what refers to it is gone (DEL-18). */
export function* withoutBlockers(command: Command, start: Store): Generator<readonly Command[]> {
  const removals: Command[] = [];
  for (let store = start; removals.length <= MOST_REMOVED; ) {
    const decision = decide(command, store);
    if (decision.ok) {
      yield [...removals, command];
      return;
    }
    const { code } = decision.refusal;
    if (code !== 'protected-alias' && code !== 'referred-to') {
      if (command.type === 'deleteVersion') yield [...removals, { ...command, deleteAliases: true }];
      return;
    }
    const removal =
      code === 'referred-to' ? removalOfReferrer(command, store) : unprotecting(store, decision.refusal);
    if (removal === undefined) return;
    const removed = decide(removal, store);
    if (!removed.ok || removed.events.length === 0) return;
    removals.push(removal);
    store = evolve(store, removed.events);
  }
}

/** The command that takes a protected alias off its link (ALI-7). */
function unprotecting(store: Store, refusal: Refusal): EditAliases | undefined {
  const protection = protectionIn(store, refusal);
  if (protection === undefined) return undefined;
  const { link, alias } = protection;
  const version = linkNameOf(store, link);
  return { type: 'editAliases', version, add: [], remove: [alias], protect: [], by: null };
}

function protectionIn(store: Store, { blockers }: Refusal): Protection | undefined {
  for (const link of store.links.unorderedRows()) {
    const protection = protectionOfLink(store, link);
    if (protection !== undefined && protectionText(store, protection) === blockers[0]) return protection;
  }
  return undefined;
}

// What the command would delete shows where references dangle.
function removalOfReferrer(command: Command, store: Store): Command | undefined {
  const dangling = { ...store, settings: { ...store.settings, artifactReferences: 'dangle' } } as const;
  const asked = command.type === 'deleteVersion' ? { ...command, deleteAliases: true } : command;
  const decision = decide(asked, dangling);
  const held = decision.ok ? heldReference(store, decision.events) : undefined;
  return held && deletionOf(store, held.referrerId);
}

function deletionOf(store: Store, versionId: VersionId): Command {
  const version = versionById(store, versionId);
  const { state } = version;
  if (state.kind === 'PENDING') return { type: 'abandonVersion', versionId, by: null };
  const target = { by: 'name', name: indexedName(store, version) } as const;
  const deleteAliases = state.kind === 'COMMITTED' && state.aliases.length > 0;
  return { type: 'deleteVersion', target, deleteAliases, by: null };
}
