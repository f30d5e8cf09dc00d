import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  exitCode,
  groupRuns,
  processRuns,
  readCommandLine,
  run,
  startProgram,
  stopGroup,
} from '../../scripts/lib/processes.ts';
import { Problem } from '../../scripts/lib/progress.ts';

const directory = mkdtempSync(join(tmpdir(), 'processes-'));
after(() => rmSync(directory, { recursive: true, force: true }));
const log = join(directory, 'output.log');
const node = (code: string) => ['-e', code];

/** Waits until a program has written a line. */
async function hasWritten(text: string, file: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (readFileSync(file, 'utf8').includes(text)) return;
    await sleep(25);
  }
  throw new Error(`"${text}" was not written`);
}

describe('stopping what was started', () => {
  test('ends a program that does not want to, and what it has started', async () => {
    const file = join(directory, 'stubborn.log');
    const stubborn = `process.on('SIGTERM', () => {});
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      console.log('child ' + child.pid + '.'); setInterval(() => {}, 1000);`;
    const child = startProgram(process.execPath, node(stubborn), process.env, file);
    await hasWritten('.', file);
    const grandchild = Number(/child (\d+)/.exec(readFileSync(file, 'utf8'))?.[1]);
    assert.ok(child.pid && processRuns(grandchild));
    await stopGroup(child.pid, 0.2);
    assert.equal(groupRuns(child.pid), false);
    assert.equal(processRuns(grandchild), false);
  });

  test('lets a program end by itself when it listens', async () => {
    const file = join(directory, 'polite.log');
    const polite = `process.on('SIGTERM', () => { console.log('saved'); process.exit(0); });
      console.log('ready'); setInterval(() => {}, 1000);`;
    const child = startProgram(process.execPath, node(polite), process.env, file);
    await hasWritten('ready', file);
    const ended = once(child, 'exit');
    assert.ok(child.pid);
    await stopGroup(child.pid, 10);
    assert.deepEqual((await ended)[0], 0);
    assert.match(readFileSync(file, 'utf8'), /saved/);
  });

  test('is no error when it has ended already', async () => {
    const child = startProgram(process.execPath, node(''), process.env, log);
    await once(child, 'exit');
    assert.ok(child.pid);
    await stopGroup(child.pid);
    assert.equal(processRuns(child.pid), false);
    assert.equal(readCommandLine(child.pid), '');
  });
});

describe('running a program', () => {
  test('that fails says which, how, and what it said last', async () => {
    const failing = {
      name: 'the helper',
      args: node('console.error("no space left"); process.exit(3)'),
      env: process.env,
    };
    await assert.rejects(run(process.execPath, { ...failing, log }), (error) => {
      assert.ok(error instanceof Problem);
      assert.match(error.message, /the helper failed \(exit code 3\)/);
      assert.match(error.message, /no space left/);
      return true;
    });
  });

  test('ends with the script that is told to stop', async () => {
    const controller = new AbortController();
    const endless = { name: 'endless', args: node('setInterval(() => {}, 1000)'), env: process.env, log };
    const running = exitCode(process.execPath, { ...endless, signal: controller.signal });
    controller.abort(new Problem('Stopped.'));
    assert.notEqual(await running, 0);
  });
});
