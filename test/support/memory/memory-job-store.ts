import { changed } from '../../../core/jobs/changes.ts';
import type { Subscriber } from '../../../core/jobs/execute-request.ts';
import { passes } from '../../../core/jobs/filter.ts';
import type { KeyClaim } from '../../../core/jobs/idempotency-key.ts';
import {
  type Claim,
  everyone,
  type Job,
  type JobChange,
  type JobFilter,
  type JobPage,
  type JobPosition,
  NOTIFICATION_SECONDS,
  type Notification,
  type Waiting,
  type WaitingJob,
} from '../../../core/jobs/job.ts';
import { isFinal, type JobStatus } from '../../../core/jobs/lifecycle.ts';
import { isWithin, newestFirst, positionRange } from '../../../core/jobs/position.ts';
import { firstCheck } from '../../../core/jobs/sweeping.ts';
import { WAITING } from '../../../core/jobs/waiting-line.ts';
import type { Clock, JobStore } from '../../../core/ports.ts';
import type { ComputeClass } from '../../../core/processes/declaration.ts';
import { shortened } from '../../../core/shared/problems.ts';
import { groupOfOwner } from '../../../functions/aws/group-of-owner.ts';

interface Tombstone {
  readonly removed: true;
  readonly owner: string;
  readonly expires: number;
}

/** Jobs in a map. Every method decides and writes in one turn, as one conditional write does. */
export class MemoryJobStore implements JobStore {
  /** What is stored, for tests to look at. */
  readonly items = new Map<string, Job | Tombstone>();
  /** What the keys of clients stand for. */
  readonly claims = new Map<string, KeyClaim>();
  /** When the sweep looks at a job, by its id: the sparse index. */
  readonly #due = new Map<string, string>();
  readonly #clock: Pick<Clock, 'now'>;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** How many jobs the sweep will look at, now or later. */
  get unsettled(): number {
    return this.#due.size;
  }

  async claimKey(claim: KeyClaim, instead?: string): Promise<KeyClaim> {
    const held = this.claims.get(claim.key);
    const isHeld = held && held.expires * 1000 > this.#clock.now().getTime() && held.jobID !== instead;
    if (isHeld) return held;
    this.claims.set(claim.key, claim);
    return claim;
  }

  async create(job: Job): Promise<void> {
    if (this.items.has(job.jobID)) throw new Error(`Job ${job.jobID} exists already`);
    this.items.set(job.jobID, structuredClone(job));
    if (!isFinal(job.status)) this.#due.set(job.jobID, firstCheck(job.created));
  }

  async get(jobID: string): Promise<Job | 'removed' | undefined> {
    const item = this.#kept(jobID);
    return item && 'removed' in item ? 'removed' : structuredClone(item);
  }

  async ownerOfRemoved(jobID: string): Promise<string | undefined> {
    const item = this.#kept(jobID);
    return item && 'removed' in item ? item.owner : undefined;
  }

  async change(jobID: string, change: JobChange): Promise<Job | undefined> {
    const job = this.#job(jobID);
    const next = job && changed(job, structuredClone(change));
    if (next) this.items.set(jobID, next);
    if (next && isFinal(next.status) && !change.staysDue) this.#due.delete(jobID);
    return structuredClone(next);
  }

  async progress(jobID: string, progress: number, message: string | undefined, at: string): Promise<boolean> {
    const job = this.#job(jobID);
    if (job?.status !== 'running') return false;
    if (progress < (job.progress ?? 0)) return true;
    const said = message === undefined ? {} : { message: shortened(message) };
    this.items.set(jobID, { ...job, ...said, progress, updated: at });
    return true;
  }

  async wait(jobID: string, waiting: Waiting, at: string): Promise<Job | undefined> {
    const job = this.#job(jobID);
    if (!job || isFinal(job.status)) return undefined;
    const next = { ...job, waiting: { ...waiting }, message: WAITING, updated: at };
    this.items.set(jobID, next);
    return structuredClone(next);
  }

  async line(computeClass: ComputeClass, limit: number, owner?: string): Promise<readonly WaitingJob[]> {
    return [...this.items.keys()]
      .map((jobID) => this.#job(jobID))
      .filter((job) => job?.waiting?.computeClass === computeClass)
      .map((job) => job as Job)
      .filter((job) => owner === undefined || job.owner === owner)
      .map((job) => ({ jobID: job.jobID, group: groupOfOwner(job.owner), created: job.created }))
      .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1))
      .slice(0, limit);
  }

  async claimNotification(jobID: string, event: keyof Subscriber, at: string): Promise<Claim> {
    const job = this.#job(jobID);
    if (!job?.notifications) return 'told';
    const last = job.notifications[event];
    if (last?.delivered) return 'told';
    const dead = Date.parse(at) - NOTIFICATION_SECONDS * 1000;
    if (last?.sending && Date.parse(last.at) >= dead) return 'taken';
    await this.notified(jobID, event, { at, delivered: false, sending: true });
    return 'granted';
  }

  async notified(jobID: string, event: keyof Subscriber, notification: Notification): Promise<void> {
    const job = this.#job(jobID);
    if (!job?.notifications) return;
    this.items.set(jobID, { ...job, notifications: { ...job.notifications, [event]: notification } });
    if (event === 'successUri' && notification.delivered) this.#due.delete(jobID);
  }

  async due(now: Date, limit: number): Promise<readonly string[]> {
    return [...this.#due]
      .filter(([, due]) => due <= now.toISOString())
      .sort(([, one], [, other]) => (one < other ? -1 : 1))
      .slice(0, limit)
      .map(([jobID]) => jobID);
  }

  async postpone(jobID: string, until: string): Promise<void> {
    if (this.#due.has(jobID)) this.#due.set(jobID, until);
  }

  async settle(jobID: string, as: JobStatus | 'removed'): Promise<void> {
    const item = this.items.get(jobID);
    const status = item && ('removed' in item ? 'removed' : item.status);
    if (status === as && (status === 'removed' || isFinal(status))) this.#due.delete(jobID);
  }

  async remove(jobID: string, due: string): Promise<boolean> {
    const job = this.#job(jobID);
    if (!job || !isFinal(job.status)) return false;
    this.#due.set(jobID, due);
    this.items.set(jobID, { removed: true, owner: job.owner, expires: job.expires });
    return true;
  }

  async list(
    owner: string | typeof everyone,
    filter: JobFilter,
    limit: number,
    after: JobPosition | undefined,
    now: Date,
  ): Promise<JobPage> {
    const range = positionRange(filter, after);
    const jobs = [...this.items.keys()]
      .filter((jobID) => this.#kept(jobID))
      .map((jobID) => this.#job(jobID))
      .filter((job) => job !== undefined)
      .filter((job) => owner === everyone || job.owner === owner)
      .filter((job) => isWithin(job, range) && job.jobID !== after?.jobID)
      .filter((job) => passes(job, filter, now))
      .sort(newestFirst);
    const page = structuredClone(jobs.slice(0, limit));
    const last = page.at(-1);
    if (jobs.length <= limit || !last) return { jobs: page };
    return { jobs: page, next: { created: last.created, jobID: last.jobID } };
  }

  /** The item, if its retention is not over. */
  #kept(jobID: string): Job | Tombstone | undefined {
    const item = this.items.get(jobID);
    return item && item.expires * 1000 > this.#clock.now().getTime() ? item : undefined;
  }

  #job(jobID: string): Job | undefined {
    const item = this.items.get(jobID);
    return item && 'removed' in item ? undefined : item;
  }
}

const placeOf = ({ group, created, jobID }: WaitingJob): string => `${group}#${created}#${jobID}`;
