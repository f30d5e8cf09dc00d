import { parentPort } from 'node:worker_threads';
import { Claims } from '../../../geo/parallel/claims.ts';
import type { WorkMessage } from '../../../geo/parallel/messages.ts';

/** A helper that takes a part and ends. */
parentPort!.on('message', ({ claims, thread, threads }: WorkMessage) => {
  new Claims(claims, thread, threads).take();
  process.exit(3);
});
