import { z } from 'zod';
import { nearest } from '../../scenario/yaml/nearest-word.ts';
import type { Host } from '../host.ts';
import { ControlError } from './control-error.ts';
import type { Faults } from './faults.ts';

/** What the control API acts on. */
export interface Control {
  readonly host: Host;
  /** The faults of the next calls of clients. */
  readonly faults: Faults;
}

/** A request as its handler gets it. */
export interface ControlRequest<Query, Body> {
  readonly query: Query;
  readonly body: Body;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** A signal that is aborted when the client leaves or the server stops. */
  readonly closed: () => AbortSignal;
}

/** An answer other than a JSON document. */
export class Content {
  readonly type: string;
  /** Text, or pieces that are sent as the client reads them. */
  readonly body: string | AsyncIterable<string> | Iterable<Uint8Array>;

  constructor(type: string, body: Content['body']) {
    this.type = type;
    this.body = body;
  }
}

interface RouteFacts {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/limbo/v1`. */
  readonly path: string;
  readonly summary: string;
  /** What it answers, by media type. */
  readonly answers: Readonly<Record<string, z.ZodType>>;
  /** Whether it can be refused, with status 409. */
  readonly refuses?: boolean;
}

/** A route with the schemas that its requests are checked by and documented with. */
export interface Route extends RouteFacts {
  readonly query: z.ZodType;
  readonly body: z.ZodType;
  /** Answers a request: a JSON document, or other content. Throws `ControlError` for one that does not fit the schemas. */
  readonly take: (control: Control, asked: ControlRequest<unknown, unknown>) => Promise<unknown>;
}

const NOTHING = z.strictObject({});

/** A route whose handler gets what its schemas read. */
export function route<Query extends z.ZodType = typeof NOTHING, Body extends z.ZodType = typeof NOTHING>({
  handle,
  ...facts
}: RouteFacts & {
  readonly query?: Query;
  readonly body?: Body;
  readonly handle: (control: Control, asked: ControlRequest<z.output<Query>, z.output<Body>>) => unknown;
}): Route {
  const { query = NOTHING, body = NOTHING } = facts;
  return {
    ...facts,
    query,
    body,
    take: async (control, asked) =>
      handle(control, {
        ...asked,
        query: read(query, asked.query) as z.output<Query>,
        body: read(body, asked.body ?? {}) as z.output<Body>,
      }),
  };
}

function read(schema: z.ZodType, given: unknown): unknown {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const known = fieldsOf(schema);
  const messages = result.error.issues.flatMap((issue) => {
    const place = issue.path.map(String).join('.');
    if (issue.code !== 'unrecognized_keys')
      return [place === '' ? issue.message : `${place}: ${issue.message}`];
    return issue.keys.map((key) => {
      const meant = nearest(key, known);
      return `${key}: unknown field${meant === null ? '' : `; did you mean ${meant}?`}`;
    });
  });
  throw ControlError.badRequest(messages.join('; '));
}

function fieldsOf(schema: z.core.$ZodType): readonly string[] {
  if (schema instanceof z.ZodPipe) return fieldsOf(schema.def.in);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}
