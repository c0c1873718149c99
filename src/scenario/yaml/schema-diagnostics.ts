import { z } from 'zod';
import type { Diagnostic } from './diagnostic.ts';
import { nearest, unknownWord } from './nearest-word.ts';
import { decodeKey } from './yaml-keys.ts';
import { type PathPart, valueAt, type YamlTree } from './yaml-tree.ts';

type Issue = z.core.$ZodIssue;

/** Turns the issues that a schema finds into diagnostics at their places in the text. */
export function diagnosticsOf(
  issues: readonly Issue[],
  tree: YamlTree,
  base: readonly PathPart[],
  schema: z.ZodType,
  below: readonly PathPart[] = [],
): readonly Diagnostic[] {
  const unknownKeys = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []));
  return issues.flatMap((issue) => {
    const inner = [...below, ...(issue.path as PathPart[])];
    const path = [...base, ...inner];
    switch (issue.code) {
      case 'invalid_union': {
        const branch = likeliestBranch(issue.errors);
        return branch === undefined
          ? [{ ...tree.position(path), message: messageOf(issue, tree, path) }]
          : diagnosticsOf(branch, tree, base, schema, inner);
      }
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({
          ...tree.keyPosition([...path, key]),
          // A schema can say what to write in place of certain keys.
          message:
            issue.message.startsWith('expected') && issue.message.includes(`"${key}"`)
              ? issue.message
              : unknownWord('key', decodeKey(key), keysAt(schema, inner)),
        }));
      case 'custom':
        if (issue.params?.['key'] !== true) break;
        return [{ ...tree.keyPosition(path), message: messageOf(issue, tree, path) }];
      default:
        // A misspelled key is reported once, where it is written, and not also as a missing key.
        if (
          isMissing(tree, path) &&
          unknownKeys.some((key) => nearest(key, [String(path.at(-1))]) !== null)
        ) {
          return [];
        }
    }
    return [{ ...tree.position(path), message: messageOf(issue, tree, path) }];
  });
}

function isMissing(tree: YamlTree, path: readonly PathPart[]): boolean {
  return typeof path.at(-1) === 'string' && valueAt(tree.value, path) === undefined;
}

function messageOf(issue: Issue, tree: YamlTree, path: readonly PathPart[]): string {
  const message = sentence(issue);
  return isMissing(tree, path) ? `missing "${decodeKey(String(path.at(-1)))}": ${message}` : message;
}

// Prefer our own messages; those of the library are for programmers.
function sentence(issue: Issue): string {
  if (issue.message.startsWith('expected')) return issue.message;
  if (issue.code !== 'invalid_type') return 'expected something else here';
  switch (issue.expected) {
    case 'array':
      return 'expected a list';
    case 'object':
    case 'record':
      return 'expected a mapping';
    case 'boolean':
      return 'expected true or false';
    default:
      return 'expected something else here';
  }
}

// Of the branches that allow every key, report the one that got furthest: { ref: 5 } fails as a reference.
function likeliestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const depth = (issues: readonly Issue[]) =>
    issues.reduce((most, issue) => Math.max(most, issue.path.length), 0);
  const unknownKeys = (issues: readonly Issue[]) =>
    issues.filter((issue) => issue.code === 'unrecognized_keys').length;
  const [furthest] = branches
    .filter((issues) => depth(issues) > 0)
    .sort(
      (left, right) =>
        unknownKeys(left) - unknownKeys(right) || depth(right) - depth(left) || left.length - right.length,
    );
  return furthest ?? branches.find((issues) => issues.every((issue) => issue.code !== 'invalid_type'));
}

// The keys that the schema allows at a path, to suggest one for an unknown key.
function keysAt(schema: z.core.$ZodType, path: readonly PathPart[]): readonly string[] {
  if (schema instanceof z.ZodOptional) return keysAt(schema.def.innerType, path);
  if (schema instanceof z.ZodPipe) return keysAt(schema.def.in, path);
  if (schema instanceof z.ZodUnion) {
    return [...new Set(schema.def.options.flatMap((option) => keysAt(option, path)))];
  }
  const [part, ...rest] = path;
  if (schema instanceof z.ZodArray && part !== undefined) return keysAt(schema.def.element, rest);
  if (schema instanceof z.ZodRecord && part !== undefined) return keysAt(schema.def.valueType, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  if (part === undefined) return Object.keys(schema.def.shape);
  const inner = schema.def.shape[part];
  return inner === undefined ? [] : keysAt(inner, rest);
}
