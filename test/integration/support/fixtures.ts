import { setTimeout as sleep } from 'node:timers/promises';
import type { ReceivedCallback } from './fixture-server.ts';

/** Base URL of the server for input links and callbacks; the service under test may reach it. */
export const fixtureUrl: string = (() => {
  const url = process.env['FIXTURE_URL'];
  if (!url)
    throw new Error('FIXTURE_URL is not set: run "npm run test:integration", which starts the server');
  return url;
})();

/** URL of a file below `test/fixtures`. @param query options of the server, for example `ranges=no` */
export const fileUrl = (path: string, query = ''): string =>
  `${fixtureUrl}/files/${path}${query && `?${query}`}`;

/** Waits until a callback has come as often as expected, and gives all that came. */
export async function waitForCallbacks(
  name: string,
  expected = 1,
  seconds = 60,
): Promise<ReceivedCallback[]> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const response = await fetch(`${fixtureUrl}/callbacks/${encodeURIComponent(name)}`);
    const received = (await response.json()) as ReceivedCallback[];
    if (received.length >= expected || Date.now() > end) return received;
    await sleep(200);
  }
}
