import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from '../../scripts/lib/paths.ts';
import { hasRoomForTwo } from '../../scripts/lib/second-lane.ts';

const directory = mkdtempSync(join(tmpdir(), 'second-lane-'));
after(() => rmSync(directory, { recursive: true, force: true }));

/** What a script shows that speaks, starts a lane, speaks again, and waits for the lane; and what the lane came to. */
function run(lane: string) {
  const script = join(directory, 'lane.ts');
  writeFileSync(script, lane);
  const module = pathToFileURL(join(root, 'scripts/lib/second-lane.ts')).href;
  const first = `
    import { startLane } from '${module}';
    import { setTimeout as sleep } from 'node:timers/promises';
    const lane = startLane(${JSON.stringify(script)}, new AbortController().signal);
    await sleep(500);
    console.log('first lane');
    console.log(JSON.stringify(await lane.finish()));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', first], {
    encoding: 'utf8',
  });
  const lines = stdout.trim().split('\n');
  return { lines: lines.slice(0, -1), tallies: JSON.parse(lines.at(-1) ?? '') };
}
const write = (text: string) =>
  `import { writeFileSync } from 'node:fs'; writeFileSync(process.argv[2]!, ${JSON.stringify(text)});`;

describe('tests beside others', () => {
  test('are heard when the others are done, to their last word', () => {
    const { lines, tallies } = run(
      `console.log('early'); await new Promise((done) => setTimeout(done, 900)); console.log('late'); ${write('[{"passed":3,"failed":0}]')}`,
    );
    assert.deepEqual(lines, ['first lane', 'early', 'late']);
    assert.deepEqual(tallies, [{ passed: 3, failed: 0 }]);
  });

  test('that end badly are a failure, whatever they had counted', () => {
    for (const [lane, expected] of [
      ['process.exit(1);', [{ passed: 0, failed: 1 }]],
      [
        `${write('[{"passed":3,"failed":0}]')} process.exit(1);`,
        [
          { passed: 3, failed: 0 },
          { passed: 0, failed: 1 },
        ],
      ],
      [`${write('[{"passed":3,"failed":2}]')} process.exit(1);`, [{ passed: 3, failed: 2 }]],
      ['process.kill(process.pid, "SIGKILL");', [{ passed: 0, failed: 1 }]],
    ] as const)
      assert.deepEqual(run(lane).tallies, expected, lane);
  });

  test('run where there is memory for both', () => {
    assert.deepEqual([hasRoomForTwo(8 * 1024 ** 3), hasRoomForTwo(24 * 1024 ** 3)], [false, true]);
  });
});
