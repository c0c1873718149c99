/**
 * The words of a scenario as the naive model reads them: its blocks and steps as YAML gives them, and the values in
 * them. Written from the description of the language alone, like the model.
 */

import type { StoryFile } from '../histories/story-step.ts';

/** A time to live: the team's default, none, or seconds. */
export type Ttl = 'inherit' | 'none' | number;
/**
 * One path's content: a named file with its size in bytes, or a reference. One into the store knows its target once it is
 * logged (DEL-18), and what that has there.
 */
export type Item =
  | { readonly content: string; readonly size: number }
  | { readonly ref: string }
  | { readonly target: { readonly version: object; readonly path: string }; readonly item: Item };
/** The content of each path. */
export type Manifest = Map<string, Item>;

/** Thrown where a step is refused; its message is the code. */
export class Refused extends Error {}

/** Refuses the step. */
export function refuse(code: string): never {
  throw new Refused(code);
}

/** A day in seconds. */
export const DAY = 86_400;

/** Seconds of a duration such as `6h`. */
export function seconds(text: string): number {
  const unit = { s: 1, m: 60, h: 3600, d: DAY, w: 7 * DAY }[text.slice(-1)];
  return Number(text.slice(0, -1)) * (unit ?? Number.NaN);
}

function bytes(text: string): number {
  const [, count, unit] = /^([0-9.]+)(.*)$/.exec(text) ?? [];
  const power = ['B', 'KB', 'MB', 'GB', 'TB'].indexOf((unit ?? '').replace('i', ''));
  return Number(count) * (unit?.includes('i') ? 1024 : 1000) ** power;
}

/** The name of a collection with its entity and its project. */
export function fullName(name: string): string {
  return ['team/demo/', 'team/', ''][name.split('/').length - 1] + name;
}

/** The project of an artifact collection or a run, with its entity. */
export function projectOf(name: string): string {
  return fullName(name).split('/').slice(0, 2).join('/');
}

/** The name of a project with its entity. */
export function fullProject(name: string): string {
  return name.includes('/') ? name : `team/${name}`;
}

/** The manifest of a `files` block. */
export function manifestOf(files: Readonly<Record<string, StoryFile>>): Manifest {
  const manifest: Manifest = new Map();
  for (const [path, file] of Object.entries(files)) {
    if (typeof file === 'object') manifest.set(path, { ref: file.ref });
    else {
      const [size = '', ...content] = file.split(' of ');
      manifest.set(path, { content: content.length > 0 ? content.join(' of ') : path, size: bytes(size) });
    }
  }
  return manifest;
}

/** Whether two manifests have the same digest (LOG-9). */
export function sameContent(one: Manifest, other: Manifest): boolean {
  return contentText(one) === contentText(other);
}

/** What the digest of a manifest depends on, in its place (LOG-9). */
export function contentText(manifest: Manifest): string {
  return JSON.stringify(
    [...manifest]
      .map(([path, given]) => {
        // The checksum of a reference into the store is that of what it points to.
        const item = 'target' in given ? given.item : given;
        return [path, 'content' in item ? item.content : `ref ${'ref' in item ? item.ref : ''}`];
      })
      .sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)),
  );
}

/** The files of a manifest, a content as often as paths have it; no references. */
export function filesOf(manifest: Manifest): { content: string; size: number }[] {
  return [...manifest.values()].filter((item) => 'content' in item);
}

/** Refuses what cannot be an alias (ALI-3, ALI-4). */
export function checkAliases(aliases: readonly string[]): void {
  for (const alias of aliases) if (alias === '' || /[/:]|^v[0-9]+$/.test(alias)) refuse('bad-alias');
}

/** A TTL, `inherit` only where it has a meaning (TTL-1). */
export function readTtl(text: string, allowed: readonly string[]): Ttl {
  if (text === 'none' || (text === 'inherit' && allowed.includes(text))) return text;
  const lifetime = seconds(text);
  return lifetime > 0 && Number.isInteger(lifetime) ? lifetime : refuse('bad-ttl');
}

/** Whether nobody can delete artifacts of this type (DEL-17). */
export function isManaged(type: string): boolean {
  return type === 'wandb-history' || type === 'wandb-events';
}

/** Whether the service makes artifacts of this type itself (DEL-17). */
export function takesNoTtl(type: string): boolean {
  return type.startsWith('wandb-') || ['run_table', 'code', 'job'].includes(type);
}
