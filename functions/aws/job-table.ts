import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { isRepetition, recordFromChange } from '../../core/jobs/changes.ts';
import type { Subscriber } from '../../core/jobs/execute-request.ts';
import type { KeyClaim } from '../../core/jobs/idempotency-key.ts';
import {
  type Claim,
  type everyone,
  type Job,
  type JobChange,
  type JobFilter,
  type JobPage,
  type JobPosition,
  NOTIFICATION_SECONDS,
  type Notification,
  type Waiting,
  type WaitingJob,
} from '../../core/jobs/job.ts';
import { isFinal, type JobStatus, jobStatuses, predecessors } from '../../core/jobs/lifecycle.ts';
import { firstCheck } from '../../core/jobs/sweeping.ts';
import { WAITING } from '../../core/jobs/waiting-line.ts';
import type { Clock, JobStore } from '../../core/ports.ts';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import { shortened } from '../../core/shared/problems.ts';
import { dueJobs } from './due-jobs.ts';
import { dynamodb } from './dynamodb.ts';
import { ItemTable, type Update } from './item-table.ts';
import {
  type ClaimItem,
  computeShard,
  forgottenAttributes,
  isTombstone,
  itemFromJob,
  type JobItem,
  jobFromItem,
  makeClaimID,
  makeSweepKey,
  type Tombstone,
} from './job-item.ts';
import { listJobItems } from './job-list.ts';
import { makeWaitPosition, readLine } from './read-line.ts';

const finalStatuses = jobStatuses.filter(isFinal);
const unfinishedStatuses = jobStatuses.filter((status) => !isFinal(status));

/** A job leaves the index of the sweep with the write that ends it. */
const NEVER_DUE = 'REMOVE #sweepKey, #due';
/** A job of version 0.1.0 is not in that index: from its next change on it is, so that its end is not missed. */
const STILL_DUE = ', #sweepKey = if_not_exists(#sweepKey, :sweepKey), #due = if_not_exists(#due, :due)';
/** Any change of the status ends the waiting. */
const NO_MORE_WAITING = 'REMOVE #waiting, #waitsFor, #waitPosition';
const lineNames = { '#waiting': 'waiting', '#waitsFor': 'waitsFor', '#waitPosition': 'waitPosition' };
const sweepNames = { '#sweepKey': 'sweepKey', '#due': 'due' };

const statusCondition = (statuses: readonly string[]): string =>
  `#status IN (${statuses.map((status) => `:${status}`).join(', ')})`;
const statusValues = (statuses: readonly string[]): Record<string, string> =>
  Object.fromEntries(statuses.map((status) => [`:${status}`, status]));

/** Jobs in a DynamoDB table. Every decision about a job is the condition of one write. */
export class JobTable implements JobStore {
  readonly #table: ItemTable;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(client: DynamoDBClient, table: string, clock: Pick<Clock, 'now'>) {
    this.#table = new ItemTable(client, table);
    this.#clock = clock;
  }

  async claimKey(claim: KeyClaim, instead = ''): Promise<KeyClaim> {
    const { key, jobID: claimed, fingerprint, expires } = claim;
    const { refused, item } = await outcome<ClaimItem>(
      this.#table.put({
        Item: { jobID: makeClaimID(key), claimed, fingerprint, expires } satisfies ClaimItem,
        ConditionExpression: 'attribute_not_exists(jobID) OR #expires <= :now OR #claimed = :instead',
        ExpressionAttributeNames: { '#expires': 'expires', '#claimed': 'claimed' },
        ExpressionAttributeValues: {
          ':now': Math.floor(this.#clock.now().getTime() / 1000),
          ':instead': instead,
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    if (!refused || !item) return claim;
    return { key, jobID: item.claimed, fingerprint: item.fingerprint, expires: item.expires };
  }

  async create(job: Job): Promise<void> {
    const Item = itemFromJob(job);
    const { refused, item } = await outcome(
      this.#table.put({
        Item,
        ConditionExpression: 'attribute_not_exists(jobID)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    if (!refused) return;
    // The first attempt got through although its answer did not.
    const isOwn = item && !isTombstone(item) && item.position === Item.position;
    if (!isOwn) throw new Error(`Job ${job.jobID} exists already`);
  }

  async get(jobID: string): Promise<Job | 'removed' | undefined> {
    const item = await this.#read(jobID);
    if (!item) return undefined;
    return isTombstone(item) ? 'removed' : jobFromItem(item);
  }

  async ownerOfRemoved(jobID: string): Promise<string | undefined> {
    const item = await this.#read(jobID);
    return item && isTombstone(item) ? item.owner : undefined;
  }

  async change(jobID: string, change: JobChange): Promise<Job | undefined> {
    const record = Object.entries(recordFromChange(change));
    const from = predecessors(change.to);
    if (from.length === 0) return undefined;
    const settles = isFinal(change.to) && !change.staysDue;
    const { refused, item } = await this.#update({
      Key: { jobID },
      UpdateExpression: `SET ${record.map(([name]) => assignment(name)).join(', ')}${settles ? '' : STILL_DUE} ${NO_MORE_WAITING}${settles ? ', #sweepKey, #due' : ''}`,
      ConditionExpression: `#status IN (${from.map((status) => `:from_${status}`).join(', ')})`,
      ExpressionAttributeNames: {
        '#status': 'status',
        ...lineNames,
        ...sweepNames,
        ...Object.fromEntries(record.map(([name]) => [`#${name}`, name])),
      },
      ExpressionAttributeValues: {
        ...(settles ? {} : { ':sweepKey': makeSweepKey(computeShard(jobID)), ':due': firstCheck(change.at) }),
        ...Object.fromEntries(from.map((status) => [`:from_${status}`, status])),
        ...Object.fromEntries(record.map(([name, value]) => [`:${name}`, value])),
      },
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    if (!item || isTombstone(item)) return undefined;
    return !refused || isRepetition(item, change) ? jobFromItem(item) : undefined;
  }

  async progress(jobID: string, progress: number, message: string | undefined, at: string): Promise<boolean> {
    const said = message !== undefined;
    const { refused, item } = await this.#update({
      Key: { jobID },
      UpdateExpression: `SET #progress = :progress, #updated = :at${said ? ', #message = :message' : ''}`,
      ConditionExpression:
        '#status = :running AND (attribute_not_exists(#progress) OR #progress <= :progress)',
      ExpressionAttributeNames: {
        '#status': 'status',
        '#progress': 'progress',
        '#updated': 'updated',
        ...(said ? { '#message': 'message' } : {}),
      },
      ExpressionAttributeValues: {
        ':running': 'running',
        ':progress': progress,
        ':at': at,
        ...(said ? { ':message': shortened(message) } : {}),
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    // Refused because it would go backwards: the job still runs, so its worker goes on.
    return !refused || (item !== undefined && !isTombstone(item) && item.status === 'running');
  }

  async claimNotification(jobID: string, event: keyof Subscriber, at: string): Promise<Claim> {
    const dead = new Date(Date.parse(at) - NOTIFICATION_SECONDS * 1000).toISOString();
    const { refused, item } = await this.#update({
      Key: { jobID },
      UpdateExpression: 'SET #notifications.#event = :claim',
      ConditionExpression:
        'attribute_exists(#notifications) AND (attribute_not_exists(#notifications.#event) OR ' +
        '(#notifications.#event.#delivered = :false AND ' +
        '(attribute_not_exists(#notifications.#event.#sending) OR #notifications.#event.#at < :dead)))',
      ExpressionAttributeNames: {
        '#notifications': 'notifications',
        '#event': event,
        '#delivered': 'delivered',
        '#sending': 'sending',
        '#at': 'at',
      },
      ExpressionAttributeValues: {
        ':claim': { at, delivered: false, sending: true } satisfies Notification,
        ':false': false,
        ':dead': dead,
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    if (!refused) return 'granted';
    const last = item && !isTombstone(item) ? item.notifications?.[event] : undefined;
    // A claim whose answer was lost counts as taken: better told a minute late than twice.
    return !last || last.delivered ? 'told' : 'taken';
  }

  async notified(jobID: string, event: keyof Subscriber, notification: Notification): Promise<void> {
    const settles = event === 'successUri' && notification.delivered;
    await this.#update({
      Key: { jobID },
      UpdateExpression: `SET #notifications.#event = :notification${settles ? ` ${NEVER_DUE}` : ''}`,
      ConditionExpression: 'attribute_exists(#notifications)',
      ExpressionAttributeNames: {
        '#notifications': 'notifications',
        '#event': event,
        ...(settles ? sweepNames : {}),
      },
      ExpressionAttributeValues: { ':notification': notification },
    });
  }

  async wait(jobID: string, waiting: Waiting, at: string): Promise<Job | undefined> {
    const job = await this.get(jobID);
    if (job === undefined || job === 'removed') return undefined;
    const { refused, item } = await this.#update({
      Key: { jobID },
      UpdateExpression:
        'SET #waiting = :waiting, #waitsFor = :waitsFor, #waitPosition = :waitPosition, #message = :message, #updated = :at',
      ConditionExpression: statusCondition(unfinishedStatuses),
      ExpressionAttributeNames: {
        '#status': 'status',
        '#message': 'message',
        '#updated': 'updated',
        ...lineNames,
      },
      ExpressionAttributeValues: {
        ...statusValues(unfinishedStatuses),
        ':waiting': waiting,
        ':waitsFor': waiting.computeClass,
        ':waitPosition': makeWaitPosition(job),
        ':message': WAITING,
        ':at': at,
      },
      ReturnValues: 'ALL_NEW',
    });
    return refused || !item || isTombstone(item) ? undefined : jobFromItem(item);
  }

  line(computeClass: ComputeClass, limit: number, owner?: string): Promise<readonly WaitingJob[]> {
    return readLine(this.#table, { computeClass, limit, owner });
  }

  due(now: Date, limit: number): Promise<readonly string[]> {
    return dueJobs(this.#table, now, limit);
  }

  async postpone(jobID: string, until: string): Promise<void> {
    await this.#update({
      Key: { jobID },
      UpdateExpression: 'SET #due = :until',
      ConditionExpression: 'attribute_exists(#sweepKey)',
      ExpressionAttributeNames: sweepNames,
      ExpressionAttributeValues: { ':until': until },
    });
  }

  async settle(jobID: string, as: JobStatus | 'removed'): Promise<void> {
    const isRemoved = as === 'removed';
    if (!isRemoved && !isFinal(as)) return;
    await this.#update({
      Key: { jobID },
      UpdateExpression: NEVER_DUE,
      ConditionExpression: isRemoved ? 'attribute_exists(#removed)' : '#status = :status',
      ExpressionAttributeNames: {
        ...(isRemoved ? { '#removed': 'removed' } : { '#status': 'status' }),
        ...sweepNames,
      },
      ...(isRemoved ? {} : { ExpressionAttributeValues: { ':status': as } }),
    });
  }

  async remove(jobID: string, due: string): Promise<boolean> {
    const { refused } = await this.#update({
      Key: { jobID },
      UpdateExpression: `SET #removed = :true, #sweepKey = :sweepKey, #due = :due REMOVE ${forgottenAttributes.map((name) => `#${name}`).join(', ')}`,
      ConditionExpression: statusCondition(finalStatuses),
      ExpressionAttributeNames: {
        '#removed': 'removed',
        ...sweepNames,
        ...Object.fromEntries(forgottenAttributes.map((name) => [`#${name}`, name])),
      },
      ExpressionAttributeValues: {
        ':true': true,
        ':sweepKey': makeSweepKey(computeShard(jobID)),
        ':due': due,
        ...statusValues(finalStatuses),
      },
    });
    return !refused;
  }

  list(
    owner: string | typeof everyone,
    filter: JobFilter,
    limit: number,
    after: JobPosition | undefined,
    now: Date,
  ): Promise<JobPage> {
    return listJobItems(this.#table, { owner, filter, limit, after, now });
  }

  /** The item, if its retention is not over: DynamoDB deletes it some time after. */
  async #read(jobID: string): Promise<JobItem | Tombstone | undefined> {
    const item = (await this.#table.get({ jobID })) as JobItem | Tombstone | undefined;
    return item && item.expires * 1000 > this.#clock.now().getTime() ? item : undefined;
  }

  #update(update: Update): Promise<Outcome<JobItem | Tombstone>> {
    return outcome(this.#table.update(update));
  }
}

/** A conditional write: whether it was refused, and the item after it or, when refused, as it is. */
interface Outcome<T> {
  readonly refused: boolean;
  readonly item: T | undefined;
}

async function outcome<T = JobItem | Tombstone>(writing: Promise<unknown>): Promise<Outcome<T>> {
  try {
    return { refused: false, item: (await writing) as T | undefined };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { refused: true, item: error.Item && (unmarshall(error.Item) as T) };
  }
}

/** The first start counts: a worker that is started again continues the job. */
const assignment = (name: string): string =>
  name === 'started' ? '#started = if_not_exists(#started, :started)' : `#${name} = :${name}`;

/** The table that the environment names. */
export const jobTable = (table: string, clock: Clock): JobStore => new JobTable(dynamodb(), table, clock);
