import { createHmac } from 'node:crypto';
import type { Subscriber } from '../../core/jobs/execute-request.ts';
import type { Job, Notification } from '../../core/jobs/job.ts';
import type { Ports } from '../../core/ports.ts';
import { Refusal } from '../../core/shared/errors.ts';
import type { SigningKeys } from '../../core/shared/signing-keys.ts';
import { jobMembers } from '../observe/job-members.ts';
import { logger } from '../observe/logger.ts';

/** An answer of a subscriber that is worth another attempt. */
class NotDelivered extends Error {
  readonly status: number;

  constructor(uri: string, status: number) {
    super(`The subscriber ${uri} answered ${status}`);
    this.status = status;
    this.name = 'NotDelivered';
  }
}

/**
 * POSTs a document to a subscriber if it asked for it and nobody has told it, and records in the job how that went.
 * Every callback goes through here, so that none is sent twice, whoever thinks of it. It is signed so that the
 * subscriber can tell who sent it: `Signature` is `t=<Unix time>,v1=<HMAC-SHA256 of "<t>.<body>" in hexadecimal>` with the key of the service,
 * and a second `v1` with the key before a rotation.
 *
 * @param signal ends waiting for the answer.
 * @returns whether it was delivered now; not where nobody wants it, it was told before, or the address is refused.
 * @throws when it should be tried again
 */
export async function deliverCallback(
  job: Job,
  event: keyof Subscriber,
  document: unknown,
  ports: Pick<Ports, 'jobs' | 'egress' | 'clock' | 'secrets'>,
  signal?: AbortSignal,
): Promise<boolean> {
  const uri = job.request.subscriber?.[event];
  if (!uri || job.notifications?.[event]?.delivered) return false;
  const claim = await ports.jobs.claimNotification(job.jobID, event, ports.clock.now().toISOString());
  if (claim === 'told') return false;
  if (claim === 'taken') throw new Error(`The subscriber ${uri} is already being notified`);
  const note = (outcome: Omit<Notification, 'at'>) =>
    ports.jobs.notified(job.jobID, event, { at: ports.clock.now().toISOString(), ...outcome });
  try {
    const status = await send(uri, document, ports, signal);
    await note({ delivered: true, status });
    logger.info('Callback:Delivered', { ...jobMembers(job), event, status });
    return true;
  } catch (error) {
    const status = error instanceof NotDelivered ? { status: error.status } : {};
    await note({ delivered: false, ...status, detail: (error as Error).message });
    // An address that is refused today is refused in a minute.
    if (error instanceof Refusal) {
      logger.warn('Callback:Refused', { ...jobMembers(job), event, error });
      return false;
    }
    throw error;
  }
}

async function send(
  uri: string,
  document: unknown,
  { egress, clock, secrets }: Pick<Ports, 'egress' | 'clock' | 'secrets'>,
  signal: AbortSignal | undefined,
): Promise<number> {
  const body = JSON.stringify(document);
  const time = Math.floor(clock.now().getTime() / 1000);
  const headers = {
    'Content-Type': 'application/json',
    Signature: signatures(await secrets.signingKeys(), time, body),
  };
  const status = await egress.post(uri, body, headers, signal);
  if (status >= 300) throw new NotDelivered(uri, status);
  return status;
}

/** By the current key, and after a rotation by the one before, which subscribers may still have: any that fits will do. */
export const signatures = ({ current, previous }: SigningKeys, time: number, body: string): string =>
  [current, previous]
    .filter((key) => key !== undefined)
    .reduce((header, key) => `${header},v1=${signature(key, time, body)}`, `t=${time}`);

export const signature = (secret: string, time: number, body: string): string =>
  createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
