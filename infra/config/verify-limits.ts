import { computeClasses } from '../../core/processes/declaration.ts';
import type { Settings } from './config.ts';

/** Megabytes that a function of Lambda may have. */
const MEMORY = { least: 128, most: 10_240 };

/** More executions at a time than AWS grants: tens of thousands in a region, on request (Lambda quotas). */
const MOST_AT_ONCE = 100_000;

/** Entries of an owner's day that a function certainly reads (functions/aws/usage-table.ts). */
const MOST_COUNTED = 100_000;

/** @throws Error naming the setting of a limit that is out of its range */
export function verifyLimits({ workers, quotas, budget, throttle, executionThrottle }: Settings): void {
  for (const computeClass of computeClasses) {
    const { memory, reservedConcurrency } = workers[computeClass];
    if (!Number.isInteger(memory) || memory < MEMORY.least || memory > MEMORY.most)
      throw new Error(
        `The memory of the worker ${computeClass} is ${memory}: use ${MEMORY.least} to ${MEMORY.most} MB`,
      );
    if (
      reservedConcurrency !== undefined &&
      !(isCount(reservedConcurrency) && reservedConcurrency <= MOST_AT_ONCE)
    )
      throw new Error(
        `The reserved concurrency of the worker ${computeClass} is ${reservedConcurrency}: use a whole number from 1 to ${MOST_AT_ONCE}, or leave it out`,
      );
  }
  for (const [name, amount] of Object.entries(quotas))
    if (!isCount(amount))
      throw new Error(`The quota ${name} is ${amount}: use a whole number from 1, or leave it out`);
  if ((quotas.executionsPerDay ?? 0) > MOST_COUNTED)
    throw new Error(
      `The quota executionsPerDay is ${quotas.executionsPerDay}: use up to ${MOST_COUNTED}, as many as are counted of an owner in a day`,
    );
  for (const { rate, burst } of [throttle, executionThrottle])
    if (!isCount(rate) || !isCount(burst))
      throw new Error(`A throttle has the rate ${rate} and the burst ${burst}: use whole numbers from 1`);
  if (budget && !(budget.amount > 0))
    throw new Error(`The budget is ${budget.amount}: use a positive amount in US dollars per month`);
  if (budget && !/^[^\s@]+@[^\s@]+$/.test(budget.mail))
    throw new Error(`The budget notifies "${budget.mail}": use an e-mail address such as ops@example.org`);
}

const isCount = (amount: number): boolean => Number.isSafeInteger(amount) && amount >= 1;
