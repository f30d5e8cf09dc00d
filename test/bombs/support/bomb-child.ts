import { createInterface } from 'node:readline';
import { extremes } from '../corpus/extremes.ts';
import { bombs } from '../corpus/index.ts';
import { defuse } from './defuse.ts';

/** Executes the bombs whose names come line by line, and answers what became of each. */

// Answers alone go to the standard output, whatever libraries print.
console.log = console.error;
console.info = console.error;
console.warn = console.error;

const known = new Map([...bombs, ...extremes].map((bomb) => [bomb.name, bomb]));

for await (const line of createInterface({ input: process.stdin })) {
  const name = JSON.parse(line) as string;
  const bomb = known.get(name);
  if (!bomb) throw new Error(`There is no bomb ${name}`);
  process.stdout.write(`${JSON.stringify(await defuse(bomb))}\n`);
}
process.exit(0);
