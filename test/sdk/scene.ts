import { expect } from 'vitest';
import {
  type ApiError,
  Artifact,
  type Content,
  type RefusalCode,
  type Simulator,
} from '../../src/sdk/index.ts';

/** Files as tests write them: each path with its size, or with its text or bytes. */
export type Files = Readonly<Record<string, Content>>;

/** How a version is logged in a test. */
export interface Details {
  readonly type?: string;
  readonly aliases?: readonly string[];
  readonly tags?: readonly string[];
  readonly run?: string;
  readonly as?: string;
}

/** A draft with these files; a text such as `2MB` is a size, any other is what is in the file. */
export function draftOf(name: string, files: Files, type = 'dataset'): Artifact {
  const artifact = new Artifact(name, type);
  for (const [path, content] of Object.entries(files)) artifact.addFile(path, contentOf(content));
  return artifact;
}

/** Logs a version by a run, and waits for it. */
export async function logged(
  simulator: Simulator,
  name: string,
  files: Files = { [name]: '1MB' },
  { type, run = 'train-1', as, aliases = [], tags = [] }: Details = {},
): Promise<Artifact> {
  const by = simulator.init({ id: run, ...(as === undefined ? {} : { as }) });
  const artifact = draftOf(name, files, type);
  await by.logArtifact(artifact, { aliases, tags });
  return artifact.wait();
}

/** Logs so many versions of one name, each with a file of its own. */
export async function loggedMany(simulator: Simulator, name: string, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) await logged(simulator, name, { [`file-${at}`]: '1MB' });
}

/** What a call was refused with: the error of this class with this code. */
export async function refusal<Failure extends ApiError>(
  call: Promise<unknown> | (() => unknown),
  kind: new (...given: never[]) => Failure,
  code: RefusalCode,
): Promise<Failure> {
  const error = await failure(call, kind);
  expect(error.refusal?.code).toBe(code);
  return error;
}

/** The error of this class that a call fails with. */
export async function failure<Failure extends Error>(
  call: Promise<unknown> | (() => unknown),
  kind: new (...given: never[]) => Failure,
): Promise<Failure> {
  try {
    await (typeof call === 'function' ? call() : call);
  } catch (error) {
    expect(error).toBeInstanceOf(kind);
    return error as Failure;
  }
  throw new Error('it went through');
}

/** The names of artifacts, in their order. */
export function namesOf(artifacts: Iterable<Artifact>): readonly string[] {
  return Array.from(artifacts, ({ name }) => name);
}

function contentOf(content: Content): Content {
  return typeof content === 'string' && /^\d+[KMG]?B( of .+)?$/.test(content) ? synthetic(content) : content;
}

function synthetic(text: string): Content {
  const [size = '', of] = text.split(' of ');
  return of === undefined ? { size } : { size, of };
}
