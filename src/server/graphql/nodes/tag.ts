import { nodeId } from '../ids.ts';

/** A tag of a version or of an artifact collection. Equal tags are one tag. */
export interface TagNode {
  readonly id: string;
  readonly name: string;
}

/** The tag of a name. */
export function tagNode(name: string): TagNode {
  return { id: nodeId('Tag', name), name };
}
