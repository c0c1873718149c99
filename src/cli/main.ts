#!/usr/bin/env node
import { runProgram } from './program.ts';
import { processTerminal } from './terminal.ts';

// A reader such as `head` may close the pipe early. That is not an error: finish the work, so that the exit status is
// right.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (problem: NodeJS.ErrnoException) => {
    if (problem.code === 'EPIPE') return;
    process.stderr.write(`limbo: the output cannot be written (${problem.code})\n`);
    process.exit(1);
  });
}

process.exitCode = await runProgram(process.argv.slice(2), processTerminal());
