import { switchOff } from '../core/usage/switch-value.ts';
import { turnSwitch } from './lib/execution-switch.ts';
import { main } from './lib/progress.ts';

/** `npm run stop-executions -- STAGE "message"`: new executions are refused with the message, within seconds. */
await main(async () => {
  const [stage, message = ''] = process.argv.slice(2);
  if (!stage) {
    console.error('Usage: npm run stop-executions -- STAGE "message for clients"');
    return 2;
  }
  console.log(`Stopped: ${await turnSwitch(stage, switchOff(message))}`);
  return 0;
});
