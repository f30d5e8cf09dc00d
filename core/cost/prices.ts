/**
 * List prices of AWS in US dollars, without free tiers, discounts and taxes, of the first tier where there are several, copied by
 * hand from the pages of https://aws.amazon.com/pricing/ on the date below. They are for orders of magnitude and nothing keeps
 * them up to date: check them there before a decision depends on one.
 */
export const PRICES_OF = '2026-11-29';

/** Regions with prices here. */
export const pricedRegions = ['us-east-1', 'eu-central-1'] as const;
export type PricedRegion = (typeof pricedRegions)[number];

export interface Prices {
  /** Lambda on arm64, a GB-second. */
  readonly lambdaGbSecond: number;
  /** Lambda, a request. */
  readonly lambdaRequest: number;
  /** Lambda, a GB-second of `/tmp` beyond 512 MB. */
  readonly lambdaStorageGbSecond: number;
  /** API Gateway, a request of a REST API. */
  readonly apiRequest: number;
  /** Step Functions, a transition of a standard workflow. */
  readonly stateTransition: number;
  /** DynamoDB on demand, a write of up to 1 KB. */
  readonly dynamoWrite: number;
  /** DynamoDB on demand, a strongly consistent read of up to 4 KB. */
  readonly dynamoRead: number;
  /** S3 Standard, a GB and month. */
  readonly s3GbMonth: number;
  /** S3, a PUT, COPY, POST or LIST. */
  readonly s3Put: number;
  /** S3, a GET. */
  readonly s3Get: number;
  /** Data to the internet, a GB. */
  readonly egressGb: number;
  /** SQS, a request to a standard queue. */
  readonly sqsRequest: number;
  /** CloudWatch Logs, a GB that is taken in. */
  readonly logsGb: number;
  /** Fargate on arm64, a processor and hour. */
  readonly fargateCpuHour: number;
  /** Fargate on arm64, a GB of memory and hour. */
  readonly fargateGbHour: number;
  /** Fargate, a GB and hour of disk beyond 20 GB. */
  readonly fargateDiskGbHour: number;
}

const MILLION = 1_000_000;

export const prices: Readonly<Record<PricedRegion, Prices>> = {
  'us-east-1': {
    lambdaGbSecond: 0.0000133334,
    lambdaRequest: 0.2 / MILLION,
    lambdaStorageGbSecond: 0.0000000309,
    apiRequest: 3.5 / MILLION,
    stateTransition: 25 / MILLION,
    dynamoWrite: 0.625 / MILLION,
    dynamoRead: 0.125 / MILLION,
    s3GbMonth: 0.023,
    s3Put: 5 / MILLION,
    s3Get: 0.4 / MILLION,
    egressGb: 0.09,
    sqsRequest: 0.4 / MILLION,
    logsGb: 0.5,
    fargateCpuHour: 0.032_38,
    fargateGbHour: 0.003_56,
    fargateDiskGbHour: 0.000_111,
  },
  'eu-central-1': {
    lambdaGbSecond: 0.0000133334,
    lambdaRequest: 0.2 / MILLION,
    lambdaStorageGbSecond: 0.0000000352,
    apiRequest: 3.7 / MILLION,
    stateTransition: 25 / MILLION,
    dynamoWrite: 0.762 / MILLION,
    dynamoRead: 0.1525 / MILLION,
    s3GbMonth: 0.0245,
    s3Put: 5.4 / MILLION,
    s3Get: 0.43 / MILLION,
    egressGb: 0.09,
    sqsRequest: 0.4 / MILLION,
    logsGb: 0.63,
    fargateCpuHour: 0.037_25,
    fargateGbHour: 0.004_09,
    fargateDiskGbHour: 0.000_133,
  },
};

/** Hours of a month as AWS reckons it. */
export const HOURS_PER_MONTH = 730;

/** What there is whether it is used or not, and what servers are made of that are always on: list prices of us-east-1. */
export const fixedPrices = {
  /** Secrets Manager, a secret and month. */
  secretMonth: 0.4,
  /** EC2 t4g.small: 2 burstable cores, 2 GB. */
  instanceHour: 0.0168,
  /** RDS for PostgreSQL on db.t4g.micro in one availability zone, and its disk. */
  databaseHour: 0.016,
  databaseGbMonth: 0.115,
  diskGbMonth: 0.08,
  loadBalancerHour: 0.0225,
  addressHour: 0.005,
} as const;

/** The region whose prices estimates are made with. */
export const REFERENCE_REGION: PricedRegion = 'us-east-1';
