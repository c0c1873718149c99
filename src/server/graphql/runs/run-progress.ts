import { z } from 'zod';
import { type Json, jsonObjectOf, jsonValue } from '../../../values/json.ts';
import { objectIn } from './run-config.ts';

/** The streams of lines that a run sends. */
export const STREAMS = ['history', 'events', 'output'] as const;
/** One of the streams. */
export type Stream = (typeof STREAMS)[number];

const stream = z
  .object({ lines: z.number().int().nonnegative(), last: z.string().nullable() })
  .catch({ lines: 0, last: null });

const progress = z
  .object({ history: stream, events: stream, output: stream, clients: z.unknown() })
  .partial()
  .catch({});

/** What a client needs to resume a run. */
export interface Progress {
  /** How many lines of each stream were sent, and what the last one says of its step and time: JSON. */
  readonly streams: Readonly<Record<Stream, z.infer<typeof stream>>>;
  /** What the client keeps for itself in the configuration; null for nothing. */
  readonly clients: unknown;
}

const NOTHING = { lines: 0, last: null };

/** Reads the progress of a run, as `progressJson` writes it. What a story says instead counts as nothing. */
export function progressOf(json: Json): Progress {
  const {
    history = NOTHING,
    events = NOTHING,
    output = NOTHING,
    clients = null,
  } = progress.parse(jsonValue(json));
  return { streams: { history, events, output }, clients };
}

/** Writes the progress of a run. Null if it is too deep. */
export function progressJson({ streams, clients }: Progress): Json | null {
  return jsonObjectOf({ ...streams, clients });
}

/** The progress after lines of a stream that begin at this offset. Lines that are sent again count once. */
export function withLines(
  before: Progress,
  stream: Stream,
  offset: number,
  lines: readonly string[],
): Progress {
  const known = before.streams[stream];
  const end = offset + lines.length;
  const last = lines.at(-1);
  if (last === undefined || end <= known.lines) return before;
  return { ...before, streams: { ...before.streams, [stream]: { lines: end, last: stepAndTime(last) } } };
}

// Clients resume from these; the metrics of a line can be large.
const STEP_AND_TIME = ['_step', '_runtime', '_timestamp'];

function stepAndTime(line: string): string | null {
  const values = objectIn(line);
  return (
    values &&
    jsonObjectOf(new Map(STEP_AND_TIME.filter((key) => values.has(key)).map((key) => [key, values.get(key)])))
  );
}
