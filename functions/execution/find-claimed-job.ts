import type { ApiRequest } from '../../core/api/http.ts';
import { isUnstarted, KeyReused, makeClaim, parseIdempotencyKey } from '../../core/jobs/idempotency-key.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { Ports } from '../../core/ports.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { JobGone, Refusal } from '../../core/shared/errors.ts';
import { ExceptionType } from '../../core/shared/uris.ts';

/** A job that is to be made under an id; `job` is there where somebody has made it and perhaps not started it. */
export interface ClaimedJob {
  readonly jobID: string;
  /** True where requests with the same key make or start it too, perhaps in this moment. */
  readonly isShared: boolean;
  /** True where another request came before with the same key. */
  readonly isRepeat: boolean;
  readonly job?: Job;
}

/**
 * The id under which a request makes its job: of requests with the same `Idempotency-Key` the same one, so that a client that
 * got no answer can ask again, also at the same time, and whoever comes later does what somebody who died has left undone.
 * Only where the client was told that its job could not be started the key stands for a new one.
 *
 * @throws KeyReused where the key came with another request; JobGone where its job was removed
 */
export async function findClaimedJob(
  { method, headers, owner, body = new Uint8Array() }: ApiRequest,
  { id: processID }: ProcessDeclaration,
  { jobs, clock }: Pick<Ports, 'jobs' | 'clock'>,
): Promise<ClaimedJob> {
  const jobID = clock.newID();
  const key = method === 'POST' ? parseIdempotencyKey(headers['idempotency-key']) : undefined;
  if (key === undefined) return { jobID, isShared: false, isRepeat: false };
  const claim = makeClaim(key, { owner, processID, body }, jobID, clock.now());
  let instead: string | undefined;
  for (let attempt = 0; attempt < 3; attempt++) {
    const held = await jobs.claimKey(claim, instead);
    if (held.fingerprint !== claim.fingerprint) throw new KeyReused();
    if (held.jobID === jobID) return { jobID, isShared: true, isRepeat: false };
    const job = await jobs.get(held.jobID);
    if (job === 'removed') throw new JobGone(held.jobID);
    if (job === undefined) return { jobID: held.jobID, isShared: true, isRepeat: true };
    if (!isUnstarted(job)) return { jobID: held.jobID, isShared: true, isRepeat: true, job };
    instead = held.jobID;
  }
  throw new Refusal(503, ExceptionType.jobFailed, 'The job could not be started', {
    detail: 'Several requests with this Idempotency-Key could not be started. Send the request again.',
    headers: { 'Retry-After': '5' },
  });
}
