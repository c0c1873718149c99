import type { Exploration } from '../../explore/exploration.ts';
import type { SearchResult } from '../../explore/explore.ts';
import { type Choice, follow } from '../../explore/transitions.ts';
import type { MissingRequirement } from '../../gc/requirements.ts';
import type { Plan } from '../../insight/plan/plan.ts';
import type { NamedReference, ReferenceTarget } from '../../insight/references.ts';
import type { Timeline } from '../../insight/timeline.ts';
import type { Going } from '../../insight/usage/freeable.ts';
import type { UsageRow } from '../../insight/usage/rows.ts';
import type { Usage } from '../../insight/usage/usage.ts';
import type { Finding, Verification } from '../../insight/verify.ts';
import type { Why } from '../../insight/why.ts';
import { digestOfObjectId } from '../../store/stored-object.ts';
import { formatUnixTime, type UnixTime } from '../../values/dates.ts';
import { formatInstant, type Instant } from '../../values/units.ts';
import { entryJson, reportEvent } from '../events/event-json.ts';
import { type ActionText, actionTexts } from './advice.ts';
import { labelOf } from './search.ts';
import type { UsageLevel } from './usage.ts';
import { staying } from './why.ts';

// The JSON documents of the command line. Sizes are bytes, instants ISO 8601 durations since `begins`, which is absent if
// it is unknown; names replace internal keys. Equal answers give equal bytes.

type Json = Readonly<Record<string, unknown>>;

/** The document of `limbo why`. */
export function whyJson(answer: Why, textOf: ActionText): Json {
  if (answer.kind === 'not found') return answer;
  const { versionId: _id, ...asked } = answer;
  if (asked.kind === 'no such path') return asked;
  const { now: _now, begins, ...facts } = asked;
  const found = { ...beginsJson(begins), ...facts, entry: entryJson(facts.entry) };
  switch (found.kind) {
    case 'reference':
      return {
        ...found,
        target: found.target && targetJson(found.target),
        recovery: found.recovery && textOf(found.recovery),
      };
    case 'gone':
      return { ...found, since: instant(found.since) };
    case 'copy':
      return {
        ...found,
        since: instant(found.since),
        keptUntil: instant(found.keptUntil),
        recovery: textOf(found.recovery),
      };
    case 'stored': {
      const { retentionSeconds: _retention, ...stored } = found;
      return {
        ...stored,
        since: instant(found.since),
        freedAt: instant(staying(found.holders, textOf) === undefined ? found.freedAt : null),
        holders: found.holders.map(({ versionId: _holderId, stays: _stays, ...holder }) => ({
          ...holder,
          retainedUntil: instant(holder.retainedUntil),
          expiresAt: instant(holder.expiresAt),
          referredToBy: holder.referredToBy && {
            count: holder.referredToBy.count,
            first: referenceJson(holder.referredToBy.first),
          },
          advice: actionTexts(holder.advice, textOf),
        })),
        missing: found.missing.map((one) => missingJson(one, textOf)),
      };
    }
  }
}

/** The document of `limbo plan`. */
export function planJson(plan: Plan, textOf: ActionText): Json {
  const { figures } = plan;
  return {
    ...beginsJson(plan.begins),
    now: instant(plan.now),
    refused: plan.refused.map(({ asked, within, refusal, advice }) => ({
      asked: textOf(asked),
      version: within?.version ?? null,
      refusal,
      advice: actionTexts(advice, textOf),
    })),
    idle: plan.idle.map((asked) => textOf(asked)),
    deleted: {
      versions: plan.versions.map(({ versionId: _id, ...version }) => version),
      links: plan.links.map(({ link, version, aliases }) => ({ link, version, aliases })),
      collections: plan.collections.map(({ collection }) => collection),
      runs: plan.runs.map(({ run }) => run),
    },
    objects: plan.objects.map(({ objectId, version, path, sizeBytes, fate, ...rest }) => ({
      version,
      path,
      digest: digestOfObjectId(objectId),
      sizeBytes,
      fate,
      freedAt: instant(rest.freedAt),
      billedUntil: instant(rest.billedUntil),
      otherHolders: {
        count: rest.otherHolders.count,
        first: rest.otherHolders.first.map((holder) => holder.version),
      },
    })),
    dangling: plan.dangling.map(referenceJson),
    references: plan.references,
    remaining: plan.remaining.map(({ versionId: _id, ...version }) => version),
    figures: { ...figures, later: figures.later.map((later) => ({ ...later, at: instant(later.at) })) },
    missing: plan.missing.map((one) => missingJson(one, textOf)),
    mayBeLate: plan.mayBeLate,
  };
}

/** The document of `limbo usage`, with these levels. */
export function usageJson(usage: Usage, levels: readonly UsageLevel[], textOf: ActionText): Json {
  const { softDeleted, heldByNothing, copies, withoutAliases, missing } = usage.freeable;
  const rows: Readonly<Record<UsageLevel, Json>> = {
    project: { projects: usage.projects.map(withoutId) },
    collection: { collections: usage.collections.map(withoutId) },
    version: {
      versions: usage.versions.map((row) => {
        const { committedVersions: _one, ...version } = withoutId(row);
        return version;
      }),
    },
  };
  return {
    ...beginsJson(usage.begins),
    now: instant(usage.now),
    total: usage.total,
    ...Object.assign({}, ...levels.map((level) => rows[level])),
    freeable: {
      softDeleted: softDeleted.map(goingJson),
      heldByNothing: heldByNothing.map(goingJson),
      copies: copies.map(goingJson),
      withoutAliases,
      missing: missing.map((one) => missingJson(one, textOf)),
    },
  };
}

/** The document of `limbo timeline`, with every version and state. */
export function timelineJson({ end, begins, versions }: Timeline) {
  return {
    ...beginsJson(begins),
    end: formatInstant(end.at),
    versions: versions.map(({ fullName, spans, marks }) => ({
      name: fullName,
      states: spans.map(({ state, from, to }) => ({
        state,
        from: formatInstant(from.at),
        /** Null for the final state. */
        to: instant(to?.at ?? null),
      })),
      marks: marks.map(({ kind, at }) => ({ mark: kind, at: formatInstant(at) })),
    })),
  };
}

/** The document of `limbo verify`. */
export function findingsJson({ findings, checked, begins }: Verification, textOf: ActionText) {
  return {
    ...beginsJson(begins),
    verdict: findings.length === 0 ? 'nothing is wrong' : 'something is wrong',
    findings: findings.map((finding) => findingJson(finding, textOf)),
    checked,
  };
}

function missingJson({ repair, ...refusal }: MissingRequirement, textOf: ActionText): Json {
  return { ...refusal, advice: actionTexts([repair], textOf) };
}

function findingJson(finding: Finding, textOf: ActionText): Json {
  switch (finding.kind) {
    case 'file missing': {
      const { versionId: _id, ...missing } = finding;
      const recovery = finding.recovery && textOf(finding.recovery);
      return { ...missing, keptUntil: instant(finding.keptUntil), recovery };
    }
    case 'reference dangles':
      return {
        kind: finding.kind,
        ...referenceJson(finding),
        recovery: finding.recovery && textOf(finding.recovery),
      };
    case 'held by nothing': {
      const { objectId: _id, ...unreferenced } = finding;
      const { once } = finding;
      return { ...unreferenced, once: once === null ? null : `${once.version}/${once.path}` };
    }
    case 'miscounted':
      return finding;
  }
}

/** The document of `limbo explore`. The same story gives the same bytes, unless a time limit ended the search. */
export function searchJson(file: string, exploration: Exploration, result: SearchResult): Json {
  return {
    file,
    collector: exploration.start.settings.collector,
    states: result.states,
    transitions: result.transitions,
    orders: String(result.orders),
    bound: result.bound,
    properties: result.verdicts.map(({ property, holds, counterexample, example }) => ({
      name: property.name,
      kind: property.kind,
      holds,
      counterexample: counterexample && pathJson(exploration, counterexample.choices),
      wrong: counterexample?.wrong ?? [],
      example: example && pathJson(exploration, example),
    })),
  };
}

/** A reference with the names of its ends. */
export function referenceJson({ version, path, target }: NamedReference): Json {
  return { version, path, target: targetJson(target) };
}

function targetJson({ versionId: _id, ...target }: ReferenceTarget): Json {
  return target;
}

function pathJson(exploration: Exploration, choices: readonly Choice[]): readonly Json[] {
  return follow(exploration, choices).map((transition) => ({
    actor: exploration.actors[transition.choice.actor]?.name ?? '',
    step: labelOf(exploration, transition).text,
    events: transition.events.map((event) => reportEvent(event, transition.after.store)),
    refusal: transition.refusal,
  }));
}

function withoutId<Row extends UsageRow<string>>({ id: _id, ...row }: Row): Omit<Row, 'id'> {
  return row;
}

function goingJson({ at, ...rest }: Going): Json {
  return { at: instant(at), ...rest };
}

/** The key `begins` of a document: the real time of day 0, in UTC; absent if it is unknown. */
export function beginsJson(begins: UnixTime | null): { readonly begins?: string } {
  return begins === null ? {} : { begins: formatUnixTime(begins) };
}

function instant(value: Instant | null): string | null {
  return value === null ? null : formatInstant(value);
}
