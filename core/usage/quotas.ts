/** What one owner may use; what is absent has no bound. Days are those of UTC. */
export interface Quotas {
  /** Jobs that run at the same time. */
  readonly runningJobs?: number;
  /** Jobs beyond these that wait for their turn; where jobs do not wait, none. */
  readonly waitingJobs?: number;
  /** Executions a day, whether the client waits for them or not, and uploads. */
  readonly executionsPerDay?: number;
  /** Gigabytes of workers' memory times seconds a day: what Lambda charges for. */
  readonly gbSecondsPerDay?: number;
  /** Bytes of uploads and results a day. */
  readonly storedBytesPerDay?: number;
}

export type QuotaName = keyof Quotas;

export const quotaNames = [
  'runningJobs',
  'waitingJobs',
  'executionsPerDay',
  'gbSecondsPerDay',
  'storedBytesPerDay',
] as const satisfies readonly QuotaName[];
