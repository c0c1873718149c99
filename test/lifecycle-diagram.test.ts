import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readScenario } from '../src/cli/files/read-scenario.ts';
import { shippedScenarios } from '../src/cli/shipped.ts';
import type { StoreEventType } from '../src/decider/event.ts';
import { RULES } from '../src/rules/rules.ts';
import { play } from '../src/scenario/play/play.ts';
import { Transitions, transitionText } from './support/coverage/transitions.ts';
import { capturingTerminal } from './support/process/terminal.ts';
import { playSteps } from './support/stores/story.ts';

/** The events that the words on the arrows mean, where a word is a step of a scenario. */
const STEPS = new Map<string, StoreEventType>([
  ['log', 'versionBegun'],
  ['begin', 'versionBegun'],
  ['commit', 'versionCommitted'],
  ['abandon', 'versionAbandoned'],
  ['delete', 'versionDeleted'],
  ['delete collection', 'versionDeleted'],
  ['restore', 'versionRestored'],
  ['recover', 'versionRecovered'],
]);
/** The events that the words mean, where a scheduled job causes them. */
const JOBS = new Map<string, StoreEventType>([
  ['expiry', 'versionExpired'],
  ['review', 'versionsReviewed'],
  ['release', 'holdsReleased'],
  ['close', 'versionClosed'],
]);

/** An arrow of the diagram; an arrow with several causes counts once for each. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly word: string;
  readonly rule: string;
}

const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8');
const diagrams = [...readme.matchAll(/^```mermaid\n(stateDiagram-v2\n[\s\S]*?)^```$/gm)].map(
  ([, text = '']) => text,
);
const edges = diagrams.flatMap(edgesIn);

/** The arrows of a diagram: `COMMITTED --> waiting: delete (DEL-1), expiry (TTL-6)`. */
function edgesIn(diagram: string): readonly Edge[] {
  return diagram.split('\n').flatMap((line) => {
    if (!line.includes('-->')) return [];
    const [, from = '', to = '', label = ''] = /^\s*(\S+) --> (\S+): (.+)$/.exec(line) ?? [];
    return label.split(', ').map((cause): Edge => {
      const [, word = '', rule = ''] = /^([a-z ]+) \(([A-Z]+-\d+)\)$/.exec(cause) ?? [];
      if (word === '') throw new Error(`the arrow "${line.trim()}" has no cause such as "delete (DEL-1)"`);
      return { from, to, word, rule };
    });
  });
}

/** An arrow of the diagram in the form of `transitionText`. */
function drawn({ from, to, word }: Edge): string {
  const by = STEPS.get(word) ?? JOBS.get(word);
  if (by === undefined) throw new Error(`"${word}" is the name of no event`);
  return `${from} --> ${to}: ${by}`;
}

const VERSIONED = `server: { deployment: self-managed, env: { GORILLA_ARTIFACT_GC_ENABLED: "true" }, bucket: { provider: aws, versioning: true } }`;

/** Histories that are too unusual for a story, but possible. */
const UNUSUAL: readonly (readonly string[])[] = [
  // Garbage collection crashes between two of its steps, and somebody restores the version.
  ...[1, 2].flatMap((steps) =>
    ['restore', 'recover'].map((back) => [
      VERSIONED,
      'log: animals\nfiles: { cat: 2MB }',
      'delete: animals:v0\ndeleteAliases: true',
      'server: { retention: 0s }',
      `crash: after ${steps}`,
      'collect',
      ...(steps === 2 && back === 'restore'
        ? ['restore: animals:v0\nrefused: not-restorable']
        : [`${back}: animals:v0`]),
    ]),
  ),
  // A soft-deleted version is recovered, although it could be restored, because its file is gone.
  [
    VERSIONED,
    'log: animals\nfiles: { cat: 2MB }',
    'delete: animals:v0\ndeleteAliases: true',
    'bucket delete: animals:v0/cat',
    'recover: animals:v0',
  ],
  // Each cascading deletion also deletes an upload.
  ['begin: animals\nid: up\nfiles: { cat: 2MB }', 'delete collection: animals'],
  ['begin: animals\nid: up\nrun: r\nfiles: { cat: 2MB }', 'delete run: r\nartifacts: true'],
  ['begin: animals\nid: up\nfiles: { cat: 2MB }', 'delete project: demo'],
];

const transitions = new Transitions();
const { terminal } = capturingTerminal();
for (const file of await shippedScenarios()) {
  const { scenario, folders } = await readScenario(file, terminal);
  play(scenario, folders, (frame) => transitions.look(frame));
}
for (const steps of UNUSUAL) {
  const { frames, failures } = playSteps(...steps);
  if (failures.length > 0) throw new Error(`an unusual history fails: ${JSON.stringify(failures)}`);
  for (const frame of frames) transitions.look(frame);
}
const seen = [...new Set(transitions.all.map(transitionText))];

describe('the lifecycle in the README', () => {
  test('is one state diagram', () => {
    expect(diagrams).toHaveLength(1);
  });

  test('shows every transition of a version in any story', () => {
    const drawnTexts = new Set(edges.map(drawn));
    expect(seen.filter((text) => !drawnTexts.has(text))).toEqual([]);
  });

  test('shows only transitions that happen', () => {
    expect(edges.map(drawn).filter((text) => !seen.includes(text))).toEqual([]);
  });

  test('names the scenario step that causes each transition', () => {
    const untrue = edges.filter(({ from, to, word }) => {
      const during = transitions.all.filter((seen) => seen.from === from && seen.to === to);
      return STEPS.has(word) && !during.some((seen) => seen.during === word);
    });
    expect(untrue).toEqual([]);
  });

  test('shows no arrow twice', () => {
    const texts = edges.map(({ from, to, word }) => `${from} --> ${to}: ${word}`);
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
  });

  test('names only existing rules', () => {
    const known: readonly string[] = RULES.map(({ id }) => id);
    expect(edges.map(({ rule }) => rule).filter((rule) => !known.includes(rule))).toEqual([]);
  });

  test('shows the steps of garbage collection inside PENDING_DELETION', () => {
    const inside = diagrams.flatMap(
      (text) => /state PENDING_DELETION \{\n([\s\S]*?)\n\s*\}/.exec(text)?.[1] ?? [],
    );
    expect(inside.flatMap(edgesIn).map(({ from, to }) => [from, to])).toEqual([
      ['waiting', 'reviewed'],
      ['reviewed', 'released'],
    ]);
  });
});
