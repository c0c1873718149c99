import { z } from 'zod';
import { type FileEntry, type ManifestEntry, withExtra } from '../../store/manifest.ts';
import { isArtifactAddress, parseArtifactAddress } from '../../store/references/artifact-address.ts';
import { type ContentDigest, digestOfName } from '../../values/digest.ts';
import type { Json } from '../../values/json.ts';
import { type Parsed, parsed, unparsed } from '../../values/result.ts';
import { type Bytes, NO_BYTES, parseSize, SIZE_PATTERN } from '../../values/units.ts';
import { entriesOf, jsonObject, size, text, textOf } from './schema-values.ts';

const EXPECTED = 'a size such as 2MB, or "2MB of march" to name the content';

/** What a scenario gives for one path. */
type Content =
  | { readonly kind: 'named'; readonly sizeBytes: Bytes; readonly name: string | null; readonly extra?: Json }
  | {
      readonly kind: 'digest';
      readonly sizeBytes: Bytes;
      readonly digest: ContentDigest;
      readonly extra: Json | undefined;
    }
  | {
      readonly kind: 'reference';
      readonly address: string;
      readonly sizeBytes: Bytes;
      readonly checksum: string | null;
      readonly extra: Json | undefined;
    };

function parseContent(given: string): Parsed<Content & { readonly kind: 'named' }> {
  const [, amount = given, name = null] = /^(.*?) of (.+)$/s.exec(given) ?? [];
  const sizeBytes = parseSize(amount);
  if (sizeBytes.ok) return parsed({ kind: 'named', sizeBytes: sizeBytes.value, name });
  return unparsed(
    name === null ? sizeBytes.expected.replace(/^a size such as [^;]*/, EXPECTED) : sizeBytes.expected,
  );
}

const CONTENT_PATTERN = new RegExp(SIZE_PATTERN.source.replace(/\$$/, '( of [\\s\\S]+)?$'));
const namedContent = textOf(parseContent, EXPECTED, CONTENT_PATTERN);

// What it points to is looked up at the log; a story that cannot be played is refused before that.
const address = text.superRefine((given, { addIssue }) => {
  if (!isArtifactAddress(given)) return;
  const read = parseArtifactAddress(given);
  if (!read.ok) addIssue({ code: 'custom', message: `expected ${read.expected}` });
});

const extra = jsonObject.meta({
  description: 'What a client says of the entry for itself, such as { etag: x }; no rule reads it',
});

const reference = z
  .strictObject({
    ref: address.meta({
      description: 'Where the content is: outside the store, or wandb-artifact://animals:v0/cat.jpg',
    }),
    size: size.optional(),
    checksum: text.optional().meta({ description: 'What the other place says of the content' }),
    extra: extra.optional(),
  })
  .transform(
    (given): Content => ({
      kind: 'reference',
      address: given.ref,
      sizeBytes: given.size ?? NO_BYTES,
      checksum: given.checksum ?? null,
      extra: given.extra,
    }),
  );

const digested = z
  .strictObject({
    size,
    md5: text.regex(/^[A-Za-z0-9+/]{22}==$/, { error: () => 'expected a base64 MD5 of 24 characters' }).meta({
      description: 'The base64 MD5 of the bytes, for content that has no name: what code logged',
    }),
    extra: extra.optional(),
  })
  .transform(
    (given): Content => ({
      kind: 'digest',
      sizeBytes: given.size,
      digest: given.md5 as ContentDigest,
      extra: given.extra,
    }),
  );

const namedWithExtra = z
  .strictObject({ size: namedContent, extra })
  .transform((given): Content => ({ ...given.size, extra: given.extra }));

/** Paths and their content, as manifest entries. */
const listed = entriesOf(
  z.union([namedContent, reference, digested, namedWithExtra], {
    error: ({ input }) =>
      `expected ${EXPECTED}, or { ref: s3://bucket/key, size: 5GB }${typeof input === 'number' ? '; a bare number has no unit' : ''}`,
  }),
  'a mapping of paths to sizes',
).transform((entries): readonly ManifestEntry[] =>
  entries.map(([path, content]): ManifestEntry => {
    if (content.kind === 'reference') {
      const { address, sizeBytes, checksum } = content;
      const entry = { kind: content.kind, path, address, sizeBytes, checksum: checksum ?? address };
      return withExtra(entry, content.extra);
    }
    const digest = content.kind === 'digest' ? content.digest : digestOfName(content.name ?? path);
    return withExtra({ kind: 'file', path, digest, sizeBytes: content.sizeBytes }, content.extra);
  }),
);

const folder = z.strictObject({
  from: text.meta({
    description: 'A real folder, relative to the scenario: the MD5 and size of the real bytes',
  }),
});

/** The files of a version: paths with their content, or a real folder. `from: 2MB` is a file named `from`. */
export const files = z.union([listed, folder], {
  error: () => 'expected a mapping of paths to sizes, or { from: ./folder }',
});
/** The files that a draft adds or replaces. */
export const addedFiles = listed;

/** The files that a run uploads for itself. Refuses references. */
export const ownFiles = listed.transform((entries, context): readonly FileEntry[] => {
  const own = entries.filter((entry) => entry.kind === 'file');
  if (own.length === entries.length) return own;
  context.issues.push({ code: 'custom', message: 'expected files without references', input: entries });
  return z.NEVER;
});
