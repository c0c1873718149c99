import type { Timeline } from '../../insight/timeline.ts';
import { formatInstant } from '../../values/units.ts';

/** The document that `limbo timeline --json` prints. Instants are ISO 8601 durations since the beginning. */
export interface TimelineReport {
  readonly end: string;
  readonly versions: readonly {
    readonly name: string;
    /** One after the other; `to` is null for the state in which the version was when the story ended. */
    readonly states: readonly { readonly state: string; readonly from: string; readonly to: string | null }[];
    readonly marks: readonly { readonly mark: string; readonly at: string }[];
  }[];
}

/** Writes a timeline for a document, with every version and every state, however short. */
export function reportTimeline({ end, versions }: Timeline): TimelineReport {
  return {
    end: formatInstant(end.at),
    versions: versions.map(({ fullName, spans, marks }) => ({
      name: fullName,
      states: spans.map(({ state, from, to }) => ({
        state,
        from: formatInstant(from.at),
        to: to === null ? null : formatInstant(to.at),
      })),
      marks: marks.map(({ kind, at }) => ({ mark: kind, at: formatInstant(at) })),
    })),
  };
}
