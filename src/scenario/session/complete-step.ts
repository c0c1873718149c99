import type { Store } from '../../store/store.ts';
import { BARE_STEPS, kindsNamedBy } from '../language/schema.ts';
import { STEP_KINDS, STEP_SCHEMAS, type StepKind } from '../language/schema-steps.ts';
import { textInYaml } from '../yaml/flow-text.ts';
import { type LinePlace, placeInLine } from './line-place.ts';
import {
  aliasNames,
  collectionNames,
  fileNames,
  pathsOf,
  projectNames,
  runNames,
  versionNames,
} from './name-completion.ts';
import { keysKnownAt, wordsKnownAt } from './schema-places.ts';

/** The context of a step that is being typed. */
export interface Typing {
  readonly store: Store;
  /** The people of the story. */
  readonly people: readonly string[];
  /** The ids that steps have given to versions. */
  readonly ids: readonly string[];
}

/** The completions at the end of a step, and the typed part that they replace. */
export interface Offers {
  readonly offers: readonly string[];
  readonly typed: string;
}

/** Completes the end of a step: its keys, the names of the store, the words that a key takes. */
export function completeStep(line: string, typing: Typing): Offers {
  const place = placeInLine(line);
  const kind = kindOf(place);
  const offers = kind === null ? kindOffers(place) : offersWithin(kind, place, typing);
  return { offers: offers.filter((offer) => offer.startsWith(place.typed)), typed: place.typed };
}

function kindOf({ keys, siblings, values }: LinePlace): StepKind | null {
  const named = [...keys.slice(0, 1), ...(keys.length <= 1 ? siblings : []), ...values.keys()];
  const kinds = kindsNamedBy(Object.fromEntries(named.map((key) => [key, true])));
  return kinds.find((kind) => kinds.every((key) => key in STEP_SCHEMAS[kind].shape)) ?? null;
}

function kindOffers({ keys, expects }: LinePlace): readonly string[] {
  if (keys.length > 0 || expects === 'value') return [];
  return STEP_KINDS.map((kind) => ((BARE_STEPS as readonly string[]).includes(kind) ? kind : `${kind}: `));
}

function offersWithin(kind: StepKind, place: LinePlace, typing: Typing): readonly string[] {
  const names = namesAt(kind, place, typing).map((name) => inForm(name, place.typed));
  if (place.expects === 'value') return [...wordsKnownAt(STEP_SCHEMAS[kind], place.keys), ...names];
  const keys = keysKnownAt(STEP_SCHEMAS[kind], place.keys).filter((key) => !place.siblings.includes(key));
  return [...keys.map((key) => `${key}: `), ...names];
}

function namesAt(kind: StepKind, place: LinePlace, typing: Typing): readonly string[] {
  const [first = '', second = '', third] = place.keys;
  const { store } = typing;
  const typed = place.typed.replace(/^["']/, '');
  const target = place.values.get(kind) ?? '';
  if (first === 'expect') return claimedNames(second, third, place.expects, typed, store);
  if (place.expects === 'key' || second !== '') return second === 'with' ? aliasNames(store, target) : [];
  switch (first) {
    case 'as':
      return typing.people;
    case 'run':
    case 'describe run':
    case 'delete run':
      return runNames(store);
    case 'delete project':
      return projectNames(store);
    case 'commit':
    case 'abandon':
      return typing.ids;
    case 'log':
    case 'begin':
    case 'describe collection':
    case 'rename collection':
    case 'collection type':
    case 'delete collection':
    case 'delete all':
      return collectionNames(store);
    case 'to':
      return kind === 'link' ? collectionNames(store) : [];
    case 'restore':
    case 'recover':
      return versionNames(store, typed, true);
    case 'bucket delete':
    case 'bucket undelete':
      return fileNames(store, typed);
    case 'remove':
      return kind === 'draft' ? pathsOf(store, target) : aliasNames(store, target);
    case 'delete':
    case 'use':
    case 'alias':
    case 'describe':
    case 'draft':
    case 'link':
    case 'unlink':
    case 'ttl':
      return versionNames(store, typed, false);
    default:
      return [];
  }
}

// Claims name things of the store in their keys or values.
function claimedNames(
  claim: string,
  key: string | undefined,
  expects: LinePlace['expects'],
  typed: string,
  store: Store,
): readonly string[] {
  switch (claim) {
    case 'state':
      return expects === 'key'
        ? versionNames(store, typed, false).concat(versionNames(store, typed, true))
        : [];
    case 'ttl':
    case 'expires in':
      return expects === 'key' ? versionNames(store, typed, false) : [];
    case 'links':
    case 'not found':
      return versionNames(store, typed, false);
    case 'holders':
      return expects === 'key' ? fileNames(store, typed) : versionNames(store, typed, false);
    case 'object':
      return expects === 'key' ? fileNames(store, typed) : [];
    case 'collections':
      return collectionNames(store);
    case 'versions':
    case 'aliases':
      return key === undefined ? collectionNames(store) : aliasNames(store, key);
    default:
      return [];
  }
}

// Keeps an open quote. A partial name is not closed.
function inForm(name: string, typed: string): string {
  const [, quote = ''] = /^(["'])/.exec(typed) ?? [];
  const isPart = name.endsWith(':') || /:[^/]*\/$/.test(name);
  if (quote !== '') return isPart ? `${quote}${name}` : `${quote}${name}${quote}`;
  return isPart ? name : textInYaml(name);
}
