import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** The folders from top to bottom: each imports only from those above it. */
const LIFECYCLE = [
  'rules',
  'values',
  'bucket',
  'store',
  'lifecycle',
  'gc',
  'decider',
  'simulator',
  'insight',
  'explore',
  'synthetic',
  'narration',
  'scenario',
  'service',
];
const ADAPTERS = ['sdk', 'inventory', 'server', 'cli', 'page'];
/** Folders that run anywhere, a browser included, and give the same bytes for the same input. */
const PURE = LIFECYCLE;

/** What a pure folder may not touch: a clock, randomness, input and output, the machine's language. */
const IMPURE =
  /\b(Date|Math\.random|process|performance|setTimeout|setInterval|setImmediate|queueMicrotask|console|crypto|fetch|require|globalThis|localeCompare|toLocale\w+|Intl)\b/;

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => name.replaceAll('\\', '/'))
  .sort();

function code(file: string): string {
  const text = readFileSync(path.join(SRC, file), 'utf8');
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}

function importsOf(file: string, text: string): readonly Import[] {
  const specifiers = [
    ...text.matchAll(/\bfrom\s+'([^']+)'|\bimport\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g),
  ];
  return specifiers.map(([, from, bare, dynamic]) => {
    const to = from ?? bare ?? dynamic ?? '';
    return { from: file, to: to.startsWith('.') ? path.posix.join(path.posix.dirname(file), to) : to };
  });
}

const imports = files.flatMap((file) => importsOf(file, code(file)));
const folderOf = (file: string) => file.split('/')[0] ?? '';

/** The edges that break the direction, each named. */
function wrongEdges(edges: readonly Import[]): readonly string[] {
  return edges
    .filter(({ to }) => files.includes(to) || to.includes('/'))
    .filter(({ from, to }) => {
      const [upper, lower] = [folderOf(to), folderOf(from)];
      if (upper === lower || !to.endsWith('.ts')) return false;
      // The command line starts the others.
      if (ADAPTERS.includes(upper)) return lower !== 'cli';
      if (ADAPTERS.includes(lower)) return false;
      return LIFECYCLE.indexOf(upper) > LIFECYCLE.indexOf(lower);
    })
    .map(({ from, to }) => `${from} imports ${to}`);
}

function importersOf(library: string): readonly string[] {
  const found = imports.filter(({ to }) => to === library || to.startsWith(`${library}/`));
  return [...new Set(found.map(({ from }) => from))];
}

describe('the folders of the source', () => {
  test('are the ones that the design names', () => {
    const folders = [...new Set(files.map(folderOf))].filter((folder) => !folder.endsWith('.ts'));
    expect(folders.filter((folder) => ![...LIFECYCLE, ...ADAPTERS].includes(folder))).toEqual([]);
  });

  test('hold at most fifteen files each, apart from sub-folders', () => {
    const sizes = new Map<string, number>();
    for (const file of files) sizes.set(path.dirname(file), (sizes.get(path.dirname(file)) ?? 0) + 1);
    expect([...sizes].filter(([, size]) => size > 15)).toEqual([]);
  });

  test('import only from the folders above them, and no adapter imports another', () => {
    expect(wrongEdges(imports)).toEqual([]);
  });

  test('would be distinguished from other folders', () => {
    const edges = [
      { from: 'store/store.ts', to: 'lifecycle/logging.ts' },
      { from: 'sdk/api.ts', to: 'cli/main.ts' },
      { from: 'server/app.ts', to: 'sdk/api.ts' },
      { from: 'cli/main.ts', to: 'server/app.ts' },
      { from: 'lifecycle/logging.ts', to: 'store/store.ts' },
    ];
    expect(wrongEdges(edges)).toEqual([
      'store/store.ts imports lifecycle/logging.ts',
      'sdk/api.ts imports cli/main.ts',
      'server/app.ts imports sdk/api.ts',
    ]);
  });

  test('have no two files that import each other, however far around', () => {
    const reached = new Map<string, ReadonlySet<string>>();
    const reach = (file: string, open: readonly string[]): ReadonlySet<string> => {
      if (open.includes(file)) throw new Error(`a circle: ${[...open, file].join(' → ')}`);
      const known = reached.get(file);
      if (known !== undefined) return known;
      const targets = imports.filter(({ from, to }) => from === file && files.includes(to));
      const all = new Set(targets.flatMap(({ to }) => [to, ...reach(to, [...open, file])]));
      reached.set(file, all);
      return all;
    };
    for (const file of files) expect(reach(file, []).has(file), file).toBe(false);
  });
});

describe('the pure folders', () => {
  const pureFiles = files.filter((file) => PURE.includes(folderOf(file)));

  test.each(pureFiles)('%s touches no clock, no randomness, no input or output, no locale', (file) => {
    // Texts may speak of what code may not touch.
    const bare = code(file)
      .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
      .replace(/`(?:[^`\\$]|\\.|\$(?!\{))*`/g, '``');
    expect(IMPURE.exec(bare)?.[0]).toBeUndefined();
  });

  test('import no module of Node', () => {
    expect(imports.filter(({ from, to }) => PURE.includes(folderOf(from)) && to.startsWith('node:'))).toEqual(
      [],
    );
  });
});

describe('the libraries', () => {
  test('immutable is known to the table alone', () => {
    expect(importersOf('immutable')).toEqual(['values/table.ts']);
  });

  test('Vitest is known to its own entry alone', () => {
    expect(importersOf('vitest')).toEqual(['sdk/testing/vitest.ts']);
  });

  test('sorted-btree is known to the sorted table alone', () => {
    expect(importersOf('sorted-btree')).toEqual(['values/sorted-table.ts']);
  });

  test('Zod and YAML are known to the scenario language and to the adapters alone, and Zod to snapshots', () => {
    const readers = [...importersOf('zod'), ...importersOf('yaml')];
    const others = readers.filter((file) => !['scenario', ...ADAPTERS].includes(folderOf(file)));
    const snapshots = importersOf('zod').filter((file) => file.startsWith('simulator/snapshot/'));
    expect(others.filter((file) => !snapshots.includes(file))).toEqual([]);
  });

  test('Fastify and GraphQL are known to the server alone, which the command line loads only to serve', () => {
    const importers = [...importersOf('fastify'), ...importersOf('graphql')];
    expect(importers.filter((file) => folderOf(file) !== 'server')).toEqual([]);
    const eager = files
      .filter((file) => folderOf(file) === 'cli')
      .filter((file) => /^import (?!type)[^;]*from '[./]*\/server\//m.test(code(file)));
    expect(eager).toEqual([]);
  });

  test('fflate is known to the bytes of snapshots alone, and pure-rand to synthetic stores', () => {
    expect(importersOf('fflate')).toEqual(['simulator/snapshot/bytes.ts']);
    expect(importersOf('pure-rand').filter((file) => folderOf(file) !== 'synthetic')).toEqual([]);
  });
});
