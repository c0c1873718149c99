import type { Command } from '../../decider/command.ts';
import { decide } from '../../decider/decide.ts';
import { evolve } from '../../decider/evolve.ts';
import type { EditAliases } from '../../lifecycle/aliasing.ts';
import type { Refusal } from '../../lifecycle/decision.ts';
import { protectionText } from '../../lifecycle/linking.ts';
import { linkNameOf } from '../../store/look-up.ts';
import { type Protection, protectionOfLink } from '../../store/protection.ts';
import type { Store } from '../../store/store.ts';

// Who has to take off more protected aliases than this should know what the registry is for.
const MOST_PROTECTED = 5;

/** A deletion after an admin has taken the protected aliases off (ALI-7). */
export function* withoutProtection(command: Command, start: Store): Generator<readonly Command[]> {
  const removals: Command[] = [];
  for (let store = start; removals.length <= MOST_PROTECTED; ) {
    const decision = decide(command, store);
    if (decision.ok) {
      yield [...removals, command];
      return;
    }
    if (decision.refusal.code !== 'protected-alias') {
      if (command.type === 'deleteVersion') yield [...removals, { ...command, deleteAliases: true }];
      return;
    }
    const protection = protectionIn(store, decision.refusal);
    if (protection === undefined) return;
    const removal = unprotecting(store, protection);
    const removed = decide(removal, store);
    if (!removed.ok || removed.events.length === 0) return;
    removals.push(removal);
    store = evolve(store, removed.events);
  }
}

/** The command that takes a protected alias off its link (ALI-7). */
function unprotecting(store: Store, { link, alias }: Protection): EditAliases {
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
