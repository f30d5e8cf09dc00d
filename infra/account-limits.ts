/**
 * Limits of AWS for an account and region that has not asked for more, and what cannot be raised, as AWS documents them; looked through on
 * the date below. Rates are per second. `large` are us-east-1, us-west-2 and eu-west-1, `other` all other regions.
 */
export const LIMITS_OF = '2026-11-29';

export const regionSizes = ['large', 'other'] as const;
export type RegionSize = (typeof regionSizes)[number];

export const accountLimits = {
  /** API Gateway: requests to all APIs of the account. */
  apiRequests: 10_000,
  lambda: {
    /** Functions that run at the same time, of the whole account; can be raised. */
    concurrency: 1000,
    /** By how many one function may grow in ten seconds. */
    rampPerTenSeconds: 1000,
  },
  stepFunctions: {
    /** `StartExecution` of standard workflows: what is refilled, and what may be used at once. Can be raised. */
    starts: { large: { rate: 300, burst: 1300 }, other: { rate: 150, burst: 800 } },
    /** State transitions of standard workflows; can be raised. */
    transitions: { large: 5000, other: 800 },
    /** `SendTaskSuccess`. */
    answers: { large: 500, other: 200 },
    /** Executions that have not ended; can be raised. */
    openExecutions: 1_000_000,
  },
  dynamo: {
    /** Units of one partition, which no setting raises. */
    partitionWrites: 1000,
    partitionReads: 3000,
    /** Units of a new table on demand; later it takes twice its former peak. */
    newTableWrites: 4000,
    newTableReads: 12_000,
    /** Units of a table on demand, or of an index of it, at any time; can be raised. */
    tableReads: 40_000,
  },
  /** S3: requests to one prefix; it divides prefixes that get more within some minutes. */
  s3: { puts: 3500, gets: 5500 },
  /** SQS, standard queues: messages that are received and not deleted; sending and receiving have no limit. */
  sqs: { inFlight: 120_000 },
} as const;
