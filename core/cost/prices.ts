/** Seconds of a month as AWS reckons it: 730 hours. */
export const HOURS_PER_MONTH = 730;

/**
 * List prices in US dollars in the region us-east-1, Lambda and Fargate on arm64, without free tiers, savings plans and
 * taxes. What is charged is what AWS says; the date tells how old this table is.
 */
export const prices = {
  currency: 'USD',
  region: 'us-east-1',
  /** When the table was looked through, RFC 3339 full-date. */
  date: '2026-11-29',
  lambda: {
    request: 0.2 / 1e6,
    gigabyteSecond: 0.000_013_333_4,
    /** Of `/tmp` beyond 512 MB. */
    storageGigabyteSecond: 0.000_000_030_9,
  },
  stepFunctions: { transition: 0.025 / 1000 },
  dynamodb: {
    /** Up to 1 KB written to the table or to one of its indexes. */
    writeUnit: 0.625 / 1e6,
    /** Up to 4 KB read consistently, or 8 KB otherwise. */
    readUnit: 0.125 / 1e6,
    gigabyteMonth: 0.25,
  },
  s3: { write: 0.005 / 1000, read: 0.0004 / 1000, gigabyteMonth: 0.023 },
  apiGateway: { request: 3.5 / 1e6 },
  logs: { gigabyte: 0.5 },
  secretsManager: { secretMonth: 0.4 },
  /** What a server that is always on is made of. */
  alwaysOn: {
    fargate: { cpuHour: 0.032_38, gigabyteHour: 0.003_56 },
    /** EC2 t4g.small: 2 burstable cores, 2 GB. */
    instanceHour: 0.0168,
    /** RDS for PostgreSQL on db.t4g.micro, one availability zone. */
    databaseHour: 0.016,
    databaseGigabyteMonth: 0.115,
    diskGigabyteMonth: 0.08,
    loadBalancerHour: 0.0225,
    addressHour: 0.005,
  },
} as const;
