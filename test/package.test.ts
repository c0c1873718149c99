import { type ExecFileOptions, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIBRARY_FILES, outputOf, UNTRIED } from './readme/library.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LIBRARIES = path.join(ROOT, 'node_modules');
const PATIENCE_MS = 300_000;

/** Never copied: what belongs to this clone alone, or is made anew. */
const LEFT_BEHIND: ReadonlySet<string> = new Set(['node_modules', '.git', 'dist', 'coverage']);

const manifest: {
  readonly version: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies: Readonly<Record<string, string>>;
} = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
const targets = Object.values(manifest.exports).flatMap((target) =>
  typeof target === 'string' ? [target] : Object.values(target),
);

const folder = mkdtempSync(path.join(tmpdir(), 'limbo-package-'));
const clone = path.join(folder, 'clone');
const project = path.join(folder, 'project');
let packed: readonly string[] = [];

beforeAll(async () => {
  mkdirSync(clone);
  for (const name of readdirSync(ROOT).filter((entry) => !LEFT_BEHIND.has(entry))) {
    cpSync(path.join(ROOT, name), path.join(clone, name), { recursive: true });
  }
  symlinkSync(LIBRARIES, path.join(clone, 'node_modules'), 'dir');
  // What a build of another day has left.
  mkdirSync(path.join(clone, 'dist'));
  writeFileSync(path.join(clone, 'dist', 'left-over.js'), '');
  await npm(clone, 'run', 'build');
  packed = await pack();
  await beginProject();
}, PATIENCE_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  test('is what every line of TypeScript in the README is tried with', () => {
    expect(UNTRIED).toEqual([]);
  });

  test('contains compiled modules and their types, and what npm always adds', () => {
    const others = packed.filter(
      (file) => !/^dist(\/[a-z-]+)+\.(js|d\.ts)$/.test(file) && !file.startsWith('scenarios/'),
    );
    expect(others).toEqual(['LICENSE', 'README.md', 'dist/cli/licenses.md', 'package.json']);
  });

  test('contains the command line as few files, with the licenses of what it bundles', () => {
    const program = packed.filter((file) => file.startsWith('dist/cli/'));
    const files = ['licenses.md', 'main.js', 'server.js', 'shared.js'];
    expect(program).toEqual(files.map((name) => `dist/cli/${name}`));
    const licensed = textOf('dist/cli/licenses.md').matchAll(/^## (\S+) - /gm);
    const names = [...licensed].map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining(['commander', 'fastify', 'graphql', 'yaml', 'zod']));
  });

  test('loads what serves only where it is needed', () => {
    const [main, shared] = ['dist/cli/main.js', 'dist/cli/shared.js'].map(textOf);
    expect(main).toContain("import('./server.js')".replaceAll("'", '"'));
    expect([main, shared].join()).not.toMatch(/(^|\n)import [^\n]*server\.js/);
    expect([main, shared].join()).not.toContain('FastifyError');
    expect(textOf('dist/cli/server.js')).toContain('FastifyError');
  });

  test('contains all that it exports', () => {
    expect(
      targets.map((target) => target.slice('./'.length)).filter((file) => !packed.includes(file)),
    ).toEqual([]);
  });

  test('depends on exactly what it imports', () => {
    const compiled = packed.filter((file) => file.endsWith('.js'));
    const imported = compiled.flatMap((file) =>
      [
        ...textOf(file).matchAll(
          /^(?:import|export) (?:[^'"\n]* from )?["']((?:@[^/"']+\/)?[^./"'][^/"']*)/gm,
        ),
      ].map(([, name = '']) => name),
    );
    const others = [...new Set(imported)].filter((name) => !isBuiltin(name));
    expect(others.sort()).toEqual([...Object.keys(manifest.dependencies), 'vitest'].sort());
  });

  test('names no file of TypeScript source in what it imports', () => {
    const compiled = packed.filter((file) => file.endsWith('.js'));
    const dangling = compiled.filter((file) => /\bfrom ["']\.[^"']*\.ts["']/.test(textOf(file)));
    expect(dangling).toEqual([]);
  });
});

describe('a fresh project that installs the package', () => {
  test('type-checks and runs the library section of the README', { timeout: PATIENCE_MS }, async () => {
    await node(path.join(LIBRARIES, 'typescript/bin/tsc'), '-p', '.');
    const compared: string[] = [];
    for (const name of LIBRARY_FILES.keys()) {
      const output = outputOf(name);
      if (output === null) continue;
      expect(await node(`out/${name.replace(/\.ts$/, '.js')}`), name).toBe(output);
      compared.push(name);
    }
    expect(compared).not.toEqual([]);
  });

  test('runs every recipe, and the tests of that section', { timeout: PATIENCE_MS }, async () => {
    const vitest = path.join(LIBRARIES, 'vitest/vitest.mjs');
    await node(
      vitest,
      'run',
      '--exclude=out',
      '--reporter=default',
      ...['--reporter=json', '--outputFile=answer.json'],
    );
    const answer: TestRun = JSON.parse(readFileSync(path.join(project, 'answer.json'), 'utf8'));
    expect(answer.success).toBe(true);
    const ran = answer.testResults.map(({ name }) => path.basename(name)).sort();
    const shown = [...LIBRARY_FILES.keys()].filter((name) => name.endsWith('.test.ts'));
    expect(shown).not.toEqual([]);
    expect(ran).toEqual([...shown, 'recipes.test.ts'].sort());
  });

  test('runs the command line, and the stories that come with it', async () => {
    const program = 'node_modules/artifact-limbo/dist/cli/main.js';
    expect(await node(program, '--version')).toBe(`${manifest.version}\n`);
    writeFileSync(
      path.join(project, 'story.yaml'),
      'title: One\nsteps:\n  - log: animals\n    files: { cat.jpg: 2MB }\n',
    );
    expect(await node(program, 'run', '--quiet', 'story.yaml')).toBe('passed  story.yaml  One\n');
    expect(await node(program, 'rules', 'DEL-1')).toContain('scenarios/3-deleting/');
    expect(await node(program, 'run', '--stories')).toContain('✓  3 deleting');
  });

  test('serves', async () => {
    const program = path.join(project, 'node_modules/artifact-limbo/dist/cli/main.js');
    const server = spawn(process.execPath, [program, 'serve', '--port', '0', '--json'], { cwd: project });
    const [line] = await once(createInterface(server.stdout), 'line');
    const { url, keys } = JSON.parse(line);
    const headers = { authorization: `Bearer ${keys.admin}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ query: '{ viewer { username } }' });
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
    expect(await response.json()).toEqual({ data: { viewer: { username: 'admin' } } });
    server.kill('SIGINT');
    expect(await once(server, 'exit')).toEqual([0, null]);
  });
});

/** What Vitest says of a run. */
interface TestRun {
  readonly success: boolean;
  readonly testResults: readonly { readonly name: string }[];
}

/** A file of the package, as it is installed. */
function textOf(file: string): string {
  return readFileSync(path.join(project, 'node_modules/artifact-limbo', file), 'utf8');
}

async function pack(): Promise<readonly string[]> {
  const answer: readonly {
    readonly filename: string;
    readonly files: readonly { readonly path: string }[];
  }[] = JSON.parse(await npm(clone, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder));
  const [tarball] = answer;
  if (tarball === undefined) throw new Error('npm packed nothing');
  mkdirSync(path.join(project, 'node_modules'), { recursive: true });
  await run(folder, 'tar', '-xzf', tarball.filename, '-C', path.join(project, 'node_modules'));
  cpSync(path.join(project, 'node_modules/package'), path.join(project, 'node_modules/artifact-limbo'), {
    recursive: true,
  });
  return tarball.files.map((file) => file.path).sort();
}

// As after an installation, but without the network: the dependencies are those of this clone, and no others.
async function beginProject(): Promise<void> {
  for (const name of [...Object.keys(manifest.dependencies), '@types/node', 'vitest']) {
    const place = path.join(project, 'node_modules', name);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(path.join(LIBRARIES, name), place, 'dir');
  }
  const files: readonly (readonly [string, string])[] = [
    ['package.json', JSON.stringify({ name: 'project', private: true, type: 'module' })],
    [
      'tsconfig.json',
      JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ['*.ts', 'recipes/*.ts'] }),
    ],
    ['types.ts', TYPES],
    ...LIBRARY_FILES,
    ...recipes(),
  ];
  mkdirSync(path.join(project, 'recipes'));
  for (const [name, text] of files) writeFileSync(path.join(project, name), text);
}

/** The recipes with their tests, as they are where the simulator is a dependency. */
function recipes(): readonly (readonly [name: string, text: string])[] {
  const sdk = path.join(ROOT, 'test/sdk');
  const names = readdirSync(path.join(sdk, 'recipes')).map((name) => `recipes/${name}`);
  return ['scene.ts', ...names]
    .map((name) => {
      const text = readFileSync(path.join(sdk, name), 'utf8');
      return [name, text.replaceAll(/'(\.\.\/)+src\/sdk\/index\.ts'/g, "'artifact-limbo'")] as const;
    })
    .filter(([, text]) => !NOT_FOR_USERS.test(text));
}

/** What compares recipes with stories needs more of this clone than the package. */
const NOT_FOR_USERS = /'(\.\.\/)+(src|support)\/|'\.\/scripts\.ts'/;

const COMPILER_OPTIONS = {
  target: 'ES2023',
  module: 'NodeNext',
  types: ['node'],
  strict: true,
  skipLibCheck: true,
  rewriteRelativeImportExtensions: true,
  exactOptionalPropertyTypes: true,
  outDir: 'out',
};

/** Types that were not found would be `any`, and each of these lines would then be no error. */
const TYPES = `
import { Simulator } from 'artifact-limbo';
import { formatSize } from 'artifact-limbo/model';
import { assertState } from 'artifact-limbo/assertions';
import { test } from 'artifact-limbo/vitest';
import { expect } from 'vitest';
const simulator = new Simulator();
// @ts-expect-error: a length of time is no date
simulator.advance(new Date());
// @ts-expect-error: a size is in bytes
formatSize('2MB');
// @ts-expect-error: there is no such state
assertState(simulator, 'animals:v0', 'GONE');
// @ts-expect-error: there is no such fixture
test('a test', ({ nobody }) => nobody);
// @ts-expect-error: there is no such state
expect(simulator).toHaveState('animals:v0', 'GONE');
`;

function node(...args: readonly string[]): Promise<string> {
  return run(project, process.execPath, ...args);
}

function npm(where: string, ...args: readonly string[]): Promise<string> {
  return run(where, 'npm', ...args);
}

// What the test runner says to its own processes is not for these.
async function run(where: string, program: string, ...args: readonly string[]): Promise<string> {
  const { VITEST: _vitest, NODE_OPTIONS: _options, NODE_ENV: _env, ...env } = process.env;
  const options: ExecFileOptions = { cwd: where, env: { ...env, npm_config_offline: 'true', NO_COLOR: '1' } };
  try {
    const { stdout } = await promisify(execFile)(program, args, { ...options, encoding: 'utf8' });
    return stdout;
  } catch (problem) {
    throw new Error(
      `${program} ${args.join(' ')}: ${String(problem)}\n${String(Reflect.get(Object(problem), 'stdout'))}`,
    );
  }
}
