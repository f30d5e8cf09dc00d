/**
 * Limits of AWS for an account and region that has not asked for more, and what cannot be raised, as AWS documents them; looked through on
 * the date below. Each is followed by the title of its page in the documentation. Rates are per second. `large` are us-east-1, us-west-2
 * and eu-west-1, `other` all other regions. New accounts begin with less of most of them, which AWS raises by itself as they are used.
 */
export const LIMITS_OF = '2026-11-30';

export const regionSizes = ['large', 'other'] as const;
export type RegionSize = (typeof regionSizes)[number];

export const accountLimits = {
  /** API Gateway: requests to all APIs of the account; a quarter of it in some newer regions ("Amazon API Gateway quotas and important notes"). */
  apiRequests: 10_000,
  lambda: {
    /** Functions that run at the same time, of the whole account; can be raised ("Lambda quotas"). */
    concurrency: 1000,
    /** By how many one function may grow in ten seconds ("Lambda scaling behavior"). */
    rampPerTenSeconds: 1000,
  },
  /** "Step Functions service quotas", formerly "Quotas". */
  stepFunctions: {
    /** `StartExecution` of standard workflows: what is refilled, and what may be used at once. Can be raised. */
    starts: { large: { rate: 300, burst: 1300 }, other: { rate: 150, burst: 800 } },
    /** State transitions of standard workflows; can be raised. Editions of the page differ in how fast they are refilled: 1500 and 500 in one of 2022. */
    transitions: { large: 5000, other: 800 },
    /** `SendTaskSuccess`: what is refilled; can be raised. */
    answers: { large: 500, other: 300 },
    /** Executions that have not ended; can be raised. */
    openExecutions: 1_000_000,
  },
  dynamo: {
    /** Units of one partition, which no setting raises ("Best practices for designing and using partition keys effectively"). */
    partitionWrites: 1000,
    partitionReads: 3000,
    /** Units of a new table on demand; later it takes twice its former peak ("DynamoDB on-demand capacity mode"). */
    newTableWrites: 4000,
    newTableReads: 12_000,
    /** Units of a table on demand, or of an index of it, at any time; can be raised ("Quotas in Amazon DynamoDB"). */
    tableReads: 40_000,
  },
  /** S3: requests to one prefix; it divides prefixes that get more within some minutes ("Best practices design patterns: optimizing Amazon S3 performance"). */
  s3: { puts: 3500, gets: 5500 },
  /** SQS, standard queues: messages that are received and not deleted; sending and receiving have no limit ("Amazon SQS message quotas"). */
  sqs: { inFlight: 120_000 },
  /** Processors of tasks of Fargate that run at the same time; can be raised ("Amazon ECS service quotas"). */
  fargateProcessors: 6,
} as const;
