import type { StoreEvent, StoreEventType } from '../../../src/decider/event.ts';
import { EventDescriber } from '../../../src/narration/events/describe-event.ts';
import { sentenceText } from '../../../src/narration/layout/plain-text.ts';
import type { Store } from '../../../src/store/store.ts';
import { playText, storyWith } from '../../support/stores/story.ts';

const KEEPING = 'server: { deployment: bring-your-own-bucket, bucket: { provider: aws, versioning: true } }';

/** Stories that together cause every kind of event, by what they are about. */
export const EVENTFUL = {
  logging: storyWith(
    '',
    'log: animals\nfiles: { cat: 2MB, map: { ref: s3://maps/1, size: 5GB } }\naliases: [best]\nrun: train',
    'log: animals\nfiles: { cat: 2MB, map: { ref: s3://maps/1, size: 5GB } }',
    'log: animals\nfiles: { cat: 2MB, dog: 1MB }\naliases: [best]\ndescription: both\nmetadata: { __proto__: [1] }',
    'describe: animals:v0\ndescription: one cat\nmetadata: { cats: 1 }',
    'alias: animals:v0\nadd: [old]',
    'alias: animals:v0\nremove: [old]',
    'begin: animals\nid: up',
    'upload: up\nfiles: { cat: 2MB, rat: 3MB }\nrun: other',
    'abandon: up',
    'start run: lab/eval\nname: "the evaluation"\ntags: [nightly]\nconfig: { rate: 0.1 }\nsummary: {}',
    'use: animals:v0\nrun: lab/eval',
    'describe run: lab/eval\ngroup: nightly\nprogress: { lines: 2 }\nfiles: { a.log: { size: 1KB, extra: { etag: x } } }',
    'finish run: lab/eval\nstate: failed',
    'start run: lab/eval',
    'log: animals\nfiles: { cat: 2MB, dog: 1MB }\nrun: lab/eval',
    'begin: animals\nid: again\nfiles: { rat: 3MB }\nclient ids: [one, two]',
    'begin: animals\nclient ids: [one]\nannounced: none\naliases: [best]',
    'commit: again',
  ),
  changing: storyWith(
    '',
    'log: animals\nfiles: { cat: 2MB }',
    'log: plants\nfiles: { fern: 1MB }',
    'describe collection: animals\ndescription: ""\ntags: [EU west, "2026"]',
    'collection type: animals\nis: model',
    'rename collection: animals\nto: beasts',
    'delete collection: plants',
    'rename collection: beasts\nto: plants',
  ),
  linking: storyWith(
    'registries: { models: {} }',
    'log: animals\nfiles: { cat: 2MB }\nttl: 30d',
    'link: animals:v0\nto: models/prod',
    'link: animals:v0\nto: models/test',
    'alias: models/prod:v0\nprotect: [production]',
    'ttl: animals:v0\nis: 1d',
    'unlink: models/test:v0',
  ),
  deleting: storyWith(
    '',
    'log: animals\nfiles: { cat: 2MB }\nrun: train',
    'log: animals\nfiles: { dog: 1MB }\naliases: [best]',
    'delete all: animals',
    'delete: animals:v1\ndeleteAliases: true',
    'restore: animals:v0',
    'link: animals:v0\nto: prod',
    'delete collection: prod',
    'delete run: train',
    'delete collection: animals',
    'log: animals\nfiles: { rat: 3MB }',
    'delete project: demo',
  ),
  expiring: storyWith(
    'team: { members: { bob: member, alice: admin }, membersMaySetTtl: false }',
    'log: animals\nfiles: { cat: 2MB }\naliases: [best]\nttl: 30d',
    'ttl: animals:v0\nis: none\nas: bob',
    'ttl: animals:v0\nis: inherit',
    'team ttl: 36h\nmembersMaySetTtl: true\nas: alice',
    'team ttl: none',
    'ttl: animals:v0\nis: none',
    'ttl: animals:v0\nis: 2d',
    'wait: 3d',
    'log: reports\ntype: run_table',
    'ttl: reports:v0\nis: none',
    'ttl: reports:v0\nis: inherit',
  ),
  collecting: storyWith(
    'server: { retention: 0s }',
    'log: animals\nfiles: { cat: 2MB, dog: 1MB }',
    'log: animals\nfiles: { cat: 2MB }',
    'delete: animals:v0',
    'crash: after 2',
    'collect',
    'begin: animals\nid: up\nfiles: { dog: 1MB }',
    'crash: after 1',
    'collect',
    'collect',
    'crash: after 99',
    'abandon: up',
    'collect',
  ),
  skipping: storyWith(
    'server: { deployment: self-managed, bucket: { versioning: true }, retention: 0s }',
    'log: animals\nfiles: { cat: 2MB }',
    'delete: animals:v0\ndeleteAliases: true',
    'wait: 6h',
    'wait: 7d',
    'server: { env: { GORILLA_ARTIFACT_GC_ENABLED: "true" }, bucket: { lifecycle: [{ noncurrentDays: 3 }] } }',
    'wait: 6h',
  ),
  bucket: storyWith(
    KEEPING,
    'server: { retention: 0s, bucket faults: [{ call: put, fault: answers twice }, { call: delete, fault: fails, times: 2 }] }',
    'log: animals\nfiles: { cat: 2MB }',
    'bucket delete: animals:v0/cat',
    'bucket undelete: animals:v0/cat',
    'delete: animals:v0\ndeleteAliases: true',
    'collect',
    'server: { bucket faults: [] }',
    'collect',
    'recover: animals:v0',
    'bucket delete: animals:v0/cat',
    'wait: 30d',
  ),
} as const satisfies Readonly<Record<string, string>>;

/** One of them. */
export type Eventful = keyof typeof EVENTFUL;

/** A step's events with the store after it. */
export interface PlayedStep {
  readonly events: readonly StoreEvent[];
  readonly after: Store;
}

/** The steps of one of them as they were played; what is refused there is a mistake in the test. */
export function stepsOf(story: Eventful): readonly PlayedStep[] {
  const { frames, failures } = playText(EVENTFUL[story]);
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
  return frames;
}

/** Every event of some steps, or those of one kind, as they are told: the rule, or a dash, and the sentence. */
export function described(steps: readonly PlayedStep[], only?: StoreEventType): readonly string[] {
  const describer = new EventDescriber();
  return steps.flatMap(({ events, after }) =>
    describer
      .describe(events, after)
      .filter((_, at) => only === undefined || events[at]?.type === only)
      .map(({ sentence, rule }) => `${rule ?? '-'}: ${sentenceText(sentence)}`),
  );
}
