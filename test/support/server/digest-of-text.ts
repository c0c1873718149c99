import { createHash } from 'node:crypto';
import type { ContentDigest } from '../../../src/values/digest.ts';

/** The digest of a file that contains this text, computed without the code that is tested. */
export function digestOfText(text: string): ContentDigest {
  return createHash('md5').update(text).digest('base64') as ContentDigest;
}
