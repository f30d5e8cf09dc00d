import { createHmac } from 'node:crypto';
import type { Ports } from '../../../core/ports.ts';

/** An answer of a subscriber that is worth another attempt. */
export class NotDelivered extends Error {
  constructor(uri: string, status: number) {
    super(`The subscriber ${uri} answered ${status}`);
    this.name = 'NotDelivered';
  }
}

/**
 * POSTs a document to a subscriber, signed so that it can tell who sent it: `Signature` is
 * `t=<Unix time>,v1=<HMAC-SHA256 of "<t>.<body>" in hexadecimal>` with the key of the service.
 */
export async function deliver(
  uri: string,
  document: unknown,
  { egress, clock, settings }: Pick<Ports, 'egress' | 'clock' | 'settings'>,
): Promise<void> {
  const body = JSON.stringify(document);
  const time = Math.floor(clock.now().getTime() / 1000);
  const status = await egress.post(uri, body, {
    'Content-Type': 'application/json',
    Signature: `t=${time},v1=${signature(settings.signingSecret, time, body)}`,
  });
  if (status >= 400) throw new NotDelivered(uri, status);
}

export const signature = (secret: string, time: number, body: string): string =>
  createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
