import { Kind, parse } from 'graphql';
import { z } from 'zod';
import { unknownWord } from '../../scenario/yaml/nearest-word.ts';
import { SDL } from '../graphql/schema.ts';

const MOST_TIMES = 1_000_000;
const LONGEST_SECONDS = 60;

/** Requests of clients by name: fields of Mutation and Query, requests for files, and `*` for all of these. */
const OPERATIONS = ['*', 'upload', 'download', 'fileStream', ...fieldsOf('Mutation'), ...fieldsOf('Query')];

/** A fault that the next matching calls have. */
export const fault = z
  .strictObject({
    operation: z
      .string()
      .refine((name) => OPERATIONS.includes(name), {
        error: ({ input }) => unknownWord('operation', String(input), OPERATIONS),
      })
      .meta({
        description:
          'A field of Mutation or Query such as deleteArtifact; upload, download or fileStream; * for every call',
      }),
    times: z.int().min(1).max(MOST_TIMES).default(1).meta({ description: 'How many calls have it' }),
    status: z
      .int()
      .min(400)
      .max(599)
      .optional()
      .meta({ description: 'The HTTP status that answers the call' }),
    delay: z.number().min(0).max(LONGEST_SECONDS).default(0).meta({ description: 'Seconds to wait first' }),
    drop: z.boolean().default(false).meta({ description: 'Close the connection without an answer' }),
  })
  .refine(({ status, delay, drop }) => status !== undefined || delay > 0 || drop, {
    error: 'expected a status, a delay or drop',
  })
  .refine(({ status, drop }) => status === undefined || !drop, {
    error: 'expected a status or drop, not both',
  });

/** A fault of the next calls. */
export type Fault = z.output<typeof fault>;

/** The faults that are still to happen, in the order in which they were planned. */
export class Faults {
  #planned: Fault[] = [];

  /** The faults, with how many calls each still has. */
  get planned(): readonly Fault[] {
    return this.#planned;
  }

  /** Plans a fault, after those that are planned for the same calls. */
  plan(planned: Fault): void {
    this.#planned.push(planned);
  }

  /** Forgets all faults. */
  clear(): void {
    this.#planned = [];
  }

  /** The fault of a call with any of these names, which is used up by it. */
  take(names: readonly string[]): Fault | undefined {
    const at = this.#planned.findIndex(({ operation }) => operation === '*' || names.includes(operation));
    const found = this.#planned[at];
    if (found === undefined) return undefined;
    const left = { ...found, times: found.times - 1 };
    this.#planned.splice(at, 1, ...(left.times > 0 ? [left] : []));
    return found;
  }
}

function fieldsOf(type: 'Mutation' | 'Query'): readonly string[] {
  return parse(SDL).definitions.flatMap((definition) =>
    (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION) &&
    definition.name.value === type
      ? (definition.fields ?? []).map(({ name }) => name.value)
      : [],
  );
}
