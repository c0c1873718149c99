import type { Context } from './context.ts';

/** How the fields of a type are resolved from its nodes; the fields that are left out are properties of the node. */
export type Resolvers<Node> = Readonly<Record<string, Resolver<Node>>>;

// GraphQL checks the arguments against the schema, so each resolver says for itself what it gets.
type Resolver<Node> = (node: Node, args: never, context: Context) => unknown;
