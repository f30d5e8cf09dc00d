import { createInterface } from 'node:readline';
import { bombs } from '../corpus/index.ts';
import { defuse } from './defuse.ts';

/** Executes the bombs whose names come line by line, and answers what became of each. */

// Answers alone go to the standard output, whatever libraries print.
console.log = console.error;
console.info = console.error;
console.warn = console.error;

for await (const line of createInterface({ input: process.stdin })) {
  const name = JSON.parse(line) as string;
  const bomb = bombs.find((candidate) => candidate.name === name);
  if (!bomb) throw new Error(`There is no bomb ${name}`);
  process.stdout.write(`${JSON.stringify(await defuse(bomb))}\n`);
}
process.exit(0);
