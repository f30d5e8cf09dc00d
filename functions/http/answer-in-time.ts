import type { Context } from 'aws-lambda';
import { GatewayTimeout } from '../../core/shared/errors.ts';

/** Left for writing the answer, and for the start of the function, which API Gateway's 29 s include. */
const MARGIN_MILLISECONDS = 1500;

/** What an operation answers, or an error that says what to do, before API Gateway gives up without a word. */
export async function answerInTime<T>(
  operate: () => T | Promise<T>,
  { getRemainingTimeInMillis }: Partial<Pick<Context, 'getRemainingTimeInMillis'>>,
): Promise<T> {
  const answer = operate();
  // What is there already has come in time.
  if (!getRemainingTimeInMillis || !(answer instanceof Promise)) return answer;
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
