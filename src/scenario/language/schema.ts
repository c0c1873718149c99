import { z } from 'zod';
import { isRuleId, type RuleId } from '../../rules/rules.ts';
import { parsed, unparsed } from '../../values/result.ts';
import { stateClaims } from './schema-expect.ts';
import { registries, team } from './schema-people.ts';
import { server } from './schema-server.ts';
import { STEP_KINDS, STEP_SCHEMAS, type StepKind } from './schema-steps.ts';
import { count, someText, text, textOf, unixTime } from './schema-values.ts';

const ruleId = textOf<RuleId>(
  (given) =>
    isRuleId(given)
      ? parsed(given)
      : unparsed('the identifier of a rule, such as DEL-2; limbo rules lists them'),
  'the identifier of a rule, such as DEL-2',
  /^[A-Z]+-\d+$/,
);

const HEAD_SHAPE = {
  title: someText.meta({ description: 'What the story shows, in one line' }),
  rules: z.array(ruleId).optional().meta({ description: 'The rules that the story shows' }),
  about: text.optional().meta({ description: 'Prose for the reader' }),
  begins: unixTime.optional().meta({
    description:
      'When day 0 begins, in UTC: instants are then shown as dates, and wait: { until: 2026-03-01 } is possible',
  }),
  server: server
    .optional()
    .meta({ description: 'The settings of the server; what is not named has its default' }),
  team: team.optional().meta({ description: 'The members of the team and its TTL settings' }),
  crashes: count.optional().meta({
    description: 'How often the collector may crash when the story is explored (0)',
  }),
  always: stateClaims
    .optional()
    .meta({ description: 'What must hold in every state that the actors reach, as in an expect' }),
  finally: stateClaims.optional().meta({ description: 'What must hold when all actors are done' }),
  reachable: stateClaims
    .optional()
    .meta({ description: 'What must hold in some state; limbo explore shows how to reach it' }),
  registries: registries
    .optional()
    .meta({ description: 'Projects whose artifact collections contain links, with their own members' }),
};

/** Everything in a scenario file except its steps, which are parsed one by one. */
export const HEAD = z.strictObject(HEAD_SHAPE);

/** The steps that can be written as their name alone. */
export const BARE_STEPS = ['collect', 'expire', 'verify'] as const;

/** How many steps all repeats of a story may take together. */
export const MOST_REPEATED_STEPS = 100_000;

const PLAIN_STEPS = [z.enum(BARE_STEPS), ...Object.values(STEP_SCHEMAS)] as const;
const REPEATED_STEP = z.union(PLAIN_STEPS).meta({ id: 'repeatedStep' });

/** Steps that are repeated; `{n}` in their texts and keys is the number of the repetition. */
export const REPEAT = repeatOf(REPEATED_STEP).meta({
  description: 'Takes steps many times; {n} in their texts counts from 0, as in log: "run-{n}"',
});
/** The same without its steps, which are parsed one by one. */
export const REPEAT_HEAD = repeatOf(z.unknown());

function repeatOf<Item extends z.ZodType>(step: Item) {
  const error = () => `expected a whole number, from 1 to ${MOST_REPEATED_STEPS}`;
  return z.strictObject({
    repeat: z.int({ error }).min(1, { error }).max(MOST_REPEATED_STEPS, { error }).meta({
      description: 'How many times',
    }),
    steps: z
      .array(step)
      .min(1, { error: () => 'expected a list of steps, with at least one' })
      .meta({ description: 'The steps, in order; none of them is a repeat' }),
  });
}

/** Every key that begins a step. */
export const STEP_NAMES = [...STEP_KINDS, 'repeat'] as const;

const STEP = z.union([...PLAIN_STEPS, REPEAT]).meta({ id: 'step' });

/** A whole scenario file. Each step is parsed by the schema that its key names. */
export const SCENARIO = z.strictObject({
  ...HEAD_SHAPE,
  given: z.array(STEP).optional().meta({ description: 'Set-up steps, summarized in one line' }),
  steps: z.array(STEP).min(1).meta({ description: 'What happens, in order' }),
  together: z
    .record(z.string(), z.array(STEP))
    .optional()
    .meta({ description: 'Actors whose steps interleave; limbo explore tries every order' }),
});

/** The kinds of step that the keys of a mapping could mean. */
export function kindsNamedBy(step: Readonly<Record<string, unknown>>): readonly StepKind[] {
  return STEP_KINDS.filter((kind) => Object.hasOwn(step, kind));
}

/** A JSON Schema (2020-12) of scenario files, for completion and checks in editors. */
export function scenarioJsonSchema(): Readonly<Record<string, unknown>> {
  const { $defs = {}, ...schema } = z.toJSONSchema(SCENARIO, {
    io: 'input',
    target: 'draft-2020-12',
    unrepresentable: 'any',
  });
  return {
    ...schema,
    title: 'limbo scenario',
    description: 'A story about an artifact store that limbo runs and checks.',
    $defs: { ...$defs, repeatedStep: repeated($defs['repeatedStep']) },
  };
}

// In a repeat, a text with {n} is checked when it is filled.
function repeated(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(repeated);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, inner]) => [
      key,
      key === 'pattern' ? `${inner}|\\{n\\}` : repeated(inner),
    ]),
  );
}
