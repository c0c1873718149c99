import type { Context } from '../context.ts';
import { UserNode } from './viewer.ts';

/** The fields of `Query`. Each gets its arguments and the context. */
export const QUERIES = {
  viewer: (_: unknown, { user }: Context) => new UserNode(user),
  serverInfo: () => ({ features: [] }),
};
