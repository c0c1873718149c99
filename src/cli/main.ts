#!/usr/bin/env node
import { runProgram } from './program.ts';
import { processTerminal } from './terminal.ts';

// A reader such as `head` may close the pipe before everything is written, which is no failure of ours.
process.stdout.on('error', (problem: NodeJS.ErrnoException) => {
  if (problem.code === 'EPIPE') process.exit();
  throw problem;
});

process.exitCode = await runProgram(process.argv.slice(2), processTerminal());
