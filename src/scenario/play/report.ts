import { type BlobStatus, statusOf } from '../../bucket/blob.ts';
import type { Refusal } from '../../lifecycle/decision.ts';
import { beginsJson } from '../../narration/answers/json.ts';
import { type EventReport, reportEvent } from '../../narration/events/event-json.ts';
import type { RuleId } from '../../rules/rules.ts';
import { allVersions, holdersOfAll } from '../../store/holders.ts';
import { fullNameOfVersion } from '../../store/look-up.ts';
import type { Store } from '../../store/store.ts';
import { aliasesOf, type VersionStateName } from '../../store/version.ts';
import { byCodePoint } from '../../values/order.ts';
import { formatInstant } from '../../values/units.ts';
import type { Failure, Frame, StepOutcome } from './frame.ts';
import type { Playback } from './play.ts';

/** The document that `limbo run --json` prints. Sizes are bytes, instants ISO 8601 durations since the beginning. */
export interface RunReport {
  readonly passed: number;
  readonly failed: number;
  readonly scenarios: readonly ScenarioReport[];
}

/** What one scenario came to. */
export interface ScenarioReport {
  readonly file: string;
  readonly title: string;
  readonly rules: readonly RuleId[];
  /** The real time of day 0, if the story says it. */
  readonly begins?: string;
  readonly verdict: 'passed' | 'failed';
  readonly steps: readonly StepReport[];
  readonly failures: readonly Failure[];
  readonly final: FinalReport;
}

/** What one step came to. */
export interface StepReport {
  readonly step: string;
  readonly line: number;
  readonly outcome: StepOutcome;
  readonly events: readonly EventReport[];
  readonly refusal: Refusal | null;
  /** The steps that would go through instead, each on a line. */
  readonly advice: readonly string[];
}

/** The store in which a scenario ended. */
export interface FinalReport {
  readonly now: string;
  readonly versions: readonly {
    readonly name: string;
    readonly state: VersionStateName;
    readonly aliases: readonly string[];
    readonly size: number;
  }[];
  readonly objects: readonly {
    readonly digest: string;
    readonly size: number;
    readonly holders: readonly string[];
    readonly bucket: BlobStatus;
  }[];
  readonly bytes: { readonly logical: number; readonly stored: number; readonly billed: number };
}

/** The report of several scenarios. */
export function reportRun(scenarios: readonly ScenarioReport[]): RunReport {
  const failed = scenarios.filter(({ verdict }) => verdict === 'failed').length;
  return { passed: scenarios.length - failed, failed, scenarios };
}

/** The report of one step; the same scenario gives the same bytes, on every machine. */
export function reportStep({ step, outcome, events, refusal, advice, after }: Frame): StepReport {
  return {
    step: step.text,
    line: step.line,
    outcome,
    events: events.map((event) => reportEvent(event, after)),
    refusal,
    advice,
  };
}

/** The report of one scenario, whose steps were reported as they were played. */
export function reportScenario(
  { scenario, failures, final }: Playback,
  steps: readonly StepReport[],
): ScenarioReport {
  return {
    file: scenario.file,
    title: scenario.title,
    rules: scenario.rules,
    ...beginsJson(scenario.begins),
    verdict: failures.length === 0 ? 'passed' : 'failed',
    steps,
    failures,
    final: reportFinal(final),
  };
}

/** The report of a store. */
export function reportFinal(store: Store): FinalReport {
  const holders = holdersOfAll(store);
  return {
    now: formatInstant(store.now),
    versions: allVersions(store).map((version) => ({
      name: fullNameOfVersion(store, version.id),
      state: version.state.kind,
      aliases: aliasesOf(version),
      size: version.manifest.sizeBytes,
    })),
    objects: [...store.objects.unorderedRows()]
      .sort((left, right) => byCodePoint(left.digest, right.digest) || byCodePoint(left.id, right.id))
      .map((object) => ({
        digest: object.digest,
        size: object.sizeBytes,
        holders: (holders.get(object.id) ?? []).map((holder) => fullNameOfVersion(store, holder.id)),
        bucket: statusOf(store.bucket.blobs.get(object.id)),
      })),
    bytes: {
      logical: store.logicalBytes,
      stored: store.bucket.storedBytes,
      billed: store.bucket.billedBytes,
    },
  };
}
