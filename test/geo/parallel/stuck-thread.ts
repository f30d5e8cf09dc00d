import { parentPort } from 'node:worker_threads';
import { Channel } from '../../../geo/parallel/channel.ts';
import { Claims } from '../../../geo/parallel/claims.ts';
import type { HelperSide, SharerSide } from '../../../geo/parallel/messages.ts';

/** A helper that takes a part, says so and never ends. */
new Channel<HelperSide, SharerSide>(parentPort!, {
  help: ({ claims, thread, threads }) => {
    new Claims(claims, thread, threads).take();
    new BroadcastChannel('stuck').postMessage('taken');
    for (;;);
  },
});
