import { HOURS_PER_MONTH, prices, REFERENCE_REGION } from './prices.ts';

/** What AWS charges for, in the units in which it does. */
export interface Usage {
  readonly apiRequests: number;
  readonly invocations: number;
  readonly gigabyteSeconds: number;
  /** Of `/tmp` beyond what is free. */
  readonly storageGigabyteSeconds: number;
  readonly transitions: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly objectWrites: number;
  readonly objectReads: number;
  readonly logBytes: number;
}

const listed = prices[REFERENCE_REGION];

/** Price of one of each, in US dollars. */
const unitPrices: Readonly<Record<keyof Usage, number>> = {
  apiRequests: listed.apiRequest,
  invocations: listed.lambdaRequest,
  gigabyteSeconds: listed.lambdaGbSecond,
  storageGigabyteSeconds: listed.lambdaStorageGbSecond,
  transitions: listed.stateTransition,
  writeUnits: listed.dynamoWrite,
  readUnits: listed.dynamoRead,
  objectWrites: listed.s3Put,
  objectReads: listed.s3Get,
  logBytes: listed.logsGb / 1e9,
};

const members = Object.keys(unitPrices) as (keyof Usage)[];

export const noUsage = Object.fromEntries(members.map((name) => [name, 0])) as unknown as Usage;

/** The sum of some usages. */
export const addUsages = (...usages: readonly Usage[]): Usage =>
  Object.fromEntries(
    members.map((name) => [name, usages.reduce((sum, usage) => sum + usage[name], 0)]),
  ) as unknown as Usage;

/** The usage of several runs that are alike. */
export const multiplyUsage = (usage: Usage, times: number): Usage =>
  Object.fromEntries(members.map((name) => [name, usage[name] * times])) as unknown as Usage;

/** What each member of a usage costs, in US dollars. */
export const itemise = (usage: Usage): Readonly<Record<keyof Usage, number>> =>
  Object.fromEntries(members.map((name) => [name, usage[name] * unitPrices[name]])) as Record<
    keyof Usage,
    number
  >;

/** What a usage costs, in US dollars. */
export const usageCost = (usage: Usage): number =>
  Object.values(itemise(usage)).reduce((sum, part) => sum + part, 0);

/** Megabytes of memory and of `/tmp` that a function has, as its configuration names them. */
export interface FunctionSize {
  readonly memory: number;
  readonly ephemeralStorage: number;
}

/** Megabytes of `/tmp` that cost nothing. */
const FREE_STORAGE = 512;

/** A run of a function. @param seconds for which it is billed */
export const invocation = ({ memory, ephemeralStorage }: FunctionSize, seconds: number): Usage => ({
  ...noUsage,
  invocations: 1,
  gigabyteSeconds: (memory / 1024) * seconds,
  storageGigabyteSeconds: (Math.max(0, ephemeralStorage - FREE_STORAGE) / 1024) * seconds,
});

/** What something that is always there costs in a month. @param hourly US dollars for an hour */
export const monthly = (hourly: number): number => hourly * HOURS_PER_MONTH;
