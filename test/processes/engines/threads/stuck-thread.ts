import { parentPort } from 'node:worker_threads';
import { Claims } from '../../../../processes/engines/threads/claims.ts';
import type { WorkMessage } from '../../../../processes/engines/threads/messages.ts';

/** A helper that takes a part, says so and never ends. */
parentPort!.on('message', ({ claims, thread, threads }: WorkMessage) => {
  new Claims(claims, thread, threads).take();
  new BroadcastChannel('stuck').postMessage('taken');
  for (;;);
});
