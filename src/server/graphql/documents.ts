import {
  buildSchema,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  Lexer,
  parse,
  type SelectionSetNode,
  Source,
  TokenKind,
  validate,
} from 'graphql';
import { requestError } from './errors.ts';
import { SDL } from './schema.ts';

/** The schema that documents are checked against. */
export const SCHEMA = buildSchema(SDL);

/** A document that can be executed, or what is wrong with it. */
export type ReadDocument = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

// Several times what the largest documents of clients have.
const MOST_TOKENS = 5_000;
const MOST_FIELDS = 2_000;
const DEEPEST = 30;

/**
 * Parses and validates a document. One that is too large or too deep is refused before that, since both take long, and
 * recursion, for such a document.
 */
export function readDocument(query: string): ReadDocument {
  const known = recent.get(query);
  if (known !== undefined) return { document: known };
  try {
    checkTokens(query);
    const document = parse(query);
    checkSize(document);
    const errors = validate(SCHEMA, document);
    if (errors.length > 0) return { errors };
    remember(query, document);
    return { document };
  } catch (problem) {
    if (problem instanceof GraphQLError) return { errors: [problem] };
    throw problem;
  }
}

// Clients send few documents, again and again. The cache is bounded, since documents come from outside.
const recent = new Map<string, DocumentNode>();
const MOST_RECENT = 500;
const LONGEST_RECENT = 50_000;

function remember(query: string, document: DocumentNode): void {
  if (query.length > LONGEST_RECENT) return;
  if (recent.size === MOST_RECENT) recent.clear();
  recent.set(query, document);
}

function checkTokens(query: string): void {
  const lexer = new Lexer(new Source(query));
  let depth = 0;
  for (let tokens = 0; lexer.advance().kind !== TokenKind.EOF; tokens += 1) {
    if (OPENING.has(lexer.token.kind)) depth += 1;
    if (CLOSING.has(lexer.token.kind)) depth -= 1;
    if (tokens > MOST_TOKENS) throw requestError(`The document has more than ${MOST_TOKENS} tokens.`);
    if (depth > DEEPEST) throw requestError(`The document is more than ${DEEPEST} levels deep.`);
  }
}

const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

// How much a selection is with its fragments, each counted as often as it is spread.
interface Size {
  readonly fields: number;
  readonly depth: number;
}

function checkSize({ definitions }: DocumentNode): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const sizes = new Map<string, Size>();
  const sizeOf = (set: SelectionSetNode | undefined): Size => {
    let [fields, depth] = [0, 0];
    for (const selection of set?.selections ?? []) {
      const isField = selection.kind === Kind.FIELD;
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? sizeOfFragment(selection.name.value)
          : sizeOf(selection.selectionSet);
      fields += inner.fields + (isField ? 1 : 0);
      depth = Math.max(depth, inner.depth + (isField ? 1 : 0));
    }
    if (fields > MOST_FIELDS) throw requestError(`The document selects more than ${MOST_FIELDS} fields.`);
    if (depth > DEEPEST) throw requestError(`The document is more than ${DEEPEST} levels deep.`);
    return { fields, depth };
  };
  const sizeOfFragment = (name: string): Size => {
    const known = sizes.get(name);
    if (known !== undefined) return known;
    // A fragment that spreads itself is a mistake that validation reports.
    sizes.set(name, { fields: 0, depth: 0 });
    const size = sizeOf(fragments.get(name)?.selectionSet);
    sizes.set(name, size);
    return size;
  };
  for (const definition of definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) sizeOf(definition.selectionSet);
  }
}
