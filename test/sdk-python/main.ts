import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// Runs the tests of this folder against the built wheel, with each version of the SDK in a virtual environment of its own,
// which is kept for the next time. `npm run test:sdk -- 0.31.0 -k ttl` runs some of the tests with one version.
const VERSIONS = ['0.28.2', '0.30.0', '0.31.0'];

const TESTS = fileURLToPath(new URL('.', import.meta.url));
const ROOT = path.join(TESTS, '../..');
const CACHE = path.join(ROOT, 'node_modules/.cache/sdk-python');
const WHEELS = path.join(ROOT, 'dist/wheel');
const { PYTHON = 'python3', LIMBO_SDK_CACHE = CACHE } = process.env;

const given = process.argv.slice(2);
const versions = VERSIONS.filter((version) => given.includes(version));
const options = given.filter((argument) => !VERSIONS.includes(argument));
const results = (versions.length === 0 ? VERSIONS : versions).map((version) => pass(version, options));
process.exitCode = results.every((passed) => passed) ? 0 : 1;

/** Runs the tests with a version of the SDK, and prints one line; all that they print only if they fail. */
function pass(version: string, options: readonly string[]): boolean {
  const { status, stdout } = run(
    pythonWith(version),
    '-m',
    'pytest',
    '-c',
    `${TESTS}pytest.ini`,
    ...options,
    TESTS,
  );
  if (status !== 0) process.stdout.write(stdout);
  const summary = stdout.trimEnd().split('\n').at(-1) ?? '';
  process.stdout.write(`wandb ${version}: ${summary.replace(/^=+ | =+$/g, '')}\n`);
  return status === 0;
}

/** The Python of a virtual environment that has this version of the SDK and the wheel as it is now. */
function pythonWith(version: string): string {
  const folder = path.join(LIMBO_SDK_CACHE, version);
  const python = path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const wheel = path.join(WHEELS, readdirSync(WHEELS)[0] ?? '');
  if (!existsSync(python)) mustRun(PYTHON, '-m', 'venv', '--clear', folder);
  const install = [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'] as const;
  mustRun(...install, `wandb==${version}`, 'pytest~=8.4', wheel);
  // Whatever has changed in the wheel, its version has not.
  mustRun(...install, '--force-reinstall', '--no-deps', wheel);
  return python;
}

function mustRun(program: string, ...args: readonly string[]): void {
  const { status, stdout } = run(program, ...args);
  if (status === 0) return;
  process.stdout.write(stdout);
  throw new Error(`${program} ${args.join(' ')}: exit status ${status}`);
}

function run(program: string, ...args: readonly string[]) {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  const { error, ...result } = spawnSync(program, args, {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: Infinity,
  });
  if (error !== undefined) throw error;
  return result;
}
