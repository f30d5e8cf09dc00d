import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import { execute, type Result } from '../support/product.ts';
import { type Case, formatName, makeOrder, soundFile } from './cases.ts';
import { damage } from './damage.ts';
import { catchFault } from './faults.ts';

/**
 * Has damaged files read, all of a question at the same time: a list of cases per line. Answers with what is wrong with each
 * outcome, null where nothing is, and with what was rejected and awaited by nobody.
 */
const directory = mkdtempSync(join(tmpdir(), 'damage-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

// Answers alone go to the standard output, whatever libraries print.
console.log = console.error;
console.info = console.error;

const rejections: string[] = [];
process.on('unhandledRejection', (reason) => {
  rejections.push(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason));
});

async function settleOutcome(one: Case): Promise<string | null> {
  const { bytes, how } = damage(soundFile(one.file), formatName(one));
  const result = await computeResult(one, bytes);
  const fault = catchFault(result);
  if (fault !== undefined) return fault;
  return how.endsWith('truncated') && !isOfLines(one.file) && (await isLess(one, result))
    ? `cut without a word: ${how}, and what came is not what comes of the whole file`
    : null;
}

async function computeResult(one: Case, bytes: Uint8Array): Promise<Result> {
  const folder = mkdtempSync(join(directory, 'case-'));
  const path = join(folder, one.file);
  writeFileSync(path, bytes);
  try {
    return await execute(makeOrder(one, path));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where a text ends nobody knows who reads it line by line. */
const isOfLines = (file: string): boolean => /\.(?:csv|geojsons|gmt|gxt|mif\.zip|mpr\.zip)$/.test(file);

/** Results of the sound files, by what is done with them. */
const whole = new Map<string, Promise<Result>>();

/** Whether a truncated file was read as if it were whole, and something else came of it than of the whole one. */
async function isLess(one: Case, result: Result): Promise<boolean> {
  if (result.kind !== 'done') return false;
  const { process: id, mediaType } = makeOrder(one, '');
  const key = `${one.file} ${id} ${mediaType}`;
  if (!whole.has(key)) whole.set(key, computeResult(one, soundFile(one.file)));
  const sound = await whole.get(key)!;
  if (sound.kind !== 'done') return false;
  const told = result.messages.some((message) => !sound.messages.includes(message));
  return !told && !isDeepStrictEqual(result.value, sound.value);
}

for await (const line of createInterface({ input: process.stdin })) {
  const cases = JSON.parse(line) as Case[];
  const faults = await Promise.all(cases.map(settleOutcome));
  // What nobody awaits is told after the next turn of the loop.
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
  process.stdout.write(`${JSON.stringify({ faults, rejections: rejections.splice(0) })}\n`);
}
process.exit(0);
