import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { executionMode } from '../../../core/execution/mode.ts';
import { parsePrefer } from '../../../core/execution/preferences.ts';
import type { ProcessDeclaration } from '../../../core/processes/declaration.ts';
import { everything } from '../../support/process-fixture.ts';

const LONGEST_WAIT = 25;
const sync = { kind: 'sync' };
const async = { kind: 'async' };
const wait = (seconds: number) => ({ kind: 'wait', seconds });

/** The table of the standard: options of the process by what the client prefers. */
const rows: [options: string[], byPreference: Record<string, object>][] = [
  [
    ['sync-execute'],
    {
      '': sync,
      'respond-async': sync,
      'wait=5': sync,
      'respond-async, wait=5': sync,
      'return=minimal': sync,
    },
  ],
  [
    ['async-execute', 'dismiss'],
    { '': async, 'respond-async': async, 'wait=5': async, 'respond-async, wait=5': async },
  ],
  [
    ['sync-execute', 'async-execute', 'dismiss'],
    {
      '': sync,
      'return=minimal': sync,
      'respond-async': async,
      'wait=5': wait(5),
      'respond-async, wait=5': wait(5),
      'wait=5, respond-async': wait(5),
      'wait=1000': wait(LONGEST_WAIT),
      'wait=0, respond-async': wait(0),
      'wait=soon': sync,
    },
  ],
];

describe('/req/core/process-execute-default-execution-mode, /req/core/process-execute-auto-execution-mode: a process that offers', () => {
  for (const [options, byPreference] of rows) {
    const process = { ...everything, jobControlOptions: options } as unknown as ProcessDeclaration;
    for (const [prefer, expected] of Object.entries(byPreference)) {
      test(`${options.join(' and ')}, for who prefers "${prefer}"`, () => {
        assert.deepEqual(executionMode(process, parsePrefer(prefer), LONGEST_WAIT), expected);
      });
    }
  }
});
