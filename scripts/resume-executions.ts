import { SWITCH_ON } from '../core/usage/switch-value.ts';
import { turnSwitch } from './lib/execution-switch.ts';
import { main } from './lib/progress.ts';

/** `npm run resume-executions -- STAGE`: executions go on, within seconds. */
await main(async () => {
  const [stage] = process.argv.slice(2);
  if (!stage) {
    console.error('Usage: npm run resume-executions -- STAGE');
    return 2;
  }
  console.log(`Resumed: ${await turnSwitch(stage, SWITCH_ON)}`);
  return 0;
});
