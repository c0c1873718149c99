import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../../../src/cli/shell/input.ts';
import { PATIENCE_MS } from '../../support/property-runs.ts';

const MAIN = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));
const TSX = createRequire(import.meta.url).resolve('tsx');

function piped(input: string | Uint8Array): Promise<{ status: number | null; out: string; err: string }> {
  const started = spawn(process.execPath, ['--import', TSX, MAIN, 'shell']);
  const text = { out: '', err: '' };
  started.stdout.setEncoding('utf8').on('data', (piece) => {
    text.out += piece;
  });
  started.stderr.setEncoding('utf8').on('data', (piece) => {
    text.err += piece;
  });
  started.stdin.end(input);
  return new Promise((resolve, reject) => {
    started.on('error', reject);
    started.on('close', (status) => resolve({ status, ...text }));
  });
}

async function linesIn(...pieces: readonly Uint8Array[]): Promise<readonly string[]> {
  const arriving = async function* () {
    yield* pieces;
  };
  const lines: string[] = [];
  for await (const line of linesOf(arriving())) lines.push(line);
  return lines;
}

describe('a script that is piped in', { timeout: PATIENCE_MS }, () => {
  test('is played without a prompt and without colors, and its last line needs no newline', async () => {
    const { status, out, err } = await piped('wait: 1d\r\nexpect: { stored: 0B }');
    expect([status, err]).toEqual([0, '']);
    expect(out).toMatch(/^ {2}1 {2}wait: 1d\n[\s\S]*\n {2}2 {2}expect\n {5}✓ stored 0B\n$/);
    expect(out).not.toMatch(/limbo|\p{Cc}(?<!\n)/u);
  });

  test('ends with 2 at input that is not text', async () => {
    const { status, err } = await piped(Uint8Array.of(0x77, 0xff, 0x0a));
    expect([status, err]).toEqual([2, 'stdin:1:1: invalid UTF-8 here or later in the input\n']);
  });
});

describe('the lines of a stream', () => {
  test('are the same wherever its pieces end, within a character too', async () => {
    const bytes = new TextEncoder().encode('é: 🐈\r\n\nlast');
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(await linesIn(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(['é: 🐈', '', 'last']);
    }
    expect(await linesIn()).toEqual([]);
    expect(await linesIn(new TextEncoder().encode('a\n'))).toEqual(['a']);
  });

  test('that ends within a character are no text', async () => {
    await expect(linesIn(Uint8Array.of(0x61, 0x0a, 0xc3))).rejects.toThrow('stdin:2:1: invalid UTF-8');
  });
});
