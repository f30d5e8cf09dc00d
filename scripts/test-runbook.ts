import { dirname } from 'node:path';
import { stopSignal } from './lib/processes.ts';
import { main } from './lib/progress.ts';
import { pythonWith } from './lib/python.ts';
import { runRingsOnEmulator } from './lib/rings-on-emulator.ts';
import { conclude, runbookRing } from './lib/tests.ts';

const environment = {
  folder: 'operator',
  title: 'the AWS command line',
  requirements: 'test/runbook/requirements.txt',
} as const;

/** `npm run test:runbook`: the commands of docs/operate on an emulator of its own, with the stack of alarms. */
await main(async () => {
  const signal = stopSignal();
  const AWS_CLI_DIRECTORY = dirname(await pythonWith(environment, signal));
  const ring = { ...runbookRing, env: { AWS_CLI_DIRECTORY } };
  return conclude(await runRingsOnEmulator([ring], signal, { settings: { WATCH: 'on' } }));
});
