import type { Context } from 'aws-lambda';
import { GatewayTimeout } from '../../core/shared/errors.ts';

/** Left for writing the answer, and for the start of the function, which API Gateway's 29 s include. */
const MARGIN_MILLISECONDS = 1500;

/** What an operation answers, or an error that says what to do, before API Gateway gives up without a word. */
export function answerInTime<T>(
  operate: () => T | Promise<T>,
  { getRemainingTimeInMillis }: Partial<Pick<Context, 'getRemainingTimeInMillis'>>,
): T | Promise<T> {
  const answer = operate();
  // What is there already has come in time.
  if (!getRemainingTimeInMillis || !(answer instanceof Promise)) return answer;
  return withinTime(answer, getRemainingTimeInMillis);
}

async function withinTime<T>(answer: Promise<T>, getRemainingTimeInMillis: () => number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const left = Math.max(0, getRemainingTimeInMillis() - MARGIN_MILLISECONDS);
    timer = setTimeout(() => reject(new GatewayTimeout()), left);
  });
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
