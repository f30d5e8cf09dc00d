import type { Context } from 'aws-lambda';
import { logger } from './logger.ts';

type Members = Readonly<Record<string, unknown>>;
/** Adds members to the line with which a step ends. */
export type Note = (members: Members) => void;

/**
 * The handler of a task of the workflow or of an event. All its lines have the invocation, and the last one, `Step:Done`, says what it
 * was about, how long it took, and what it threw.
 *
 * @param step name of the step in these lines: that of its function
 * @param handle what is done; it notes what it was about as soon as it knows
 */
export const observeStep =
  <Event, Answer>(
    step: string,
    handle: (event: Event, note: Note, context: Context) => Promise<Answer>,
  ): ((event: Event, context: Context) => Promise<Answer>) =>
  async (event, context) => {
    logger.setContext(context, { step });
    const started = performance.now();
    const noted: Record<string, unknown> = {};
    const end = () => ({ ...noted, milliseconds: Math.round(performance.now() - started) });
    try {
      const answer = await handle(event, (members) => Object.assign(noted, members), context);
      logger.info('Step:Done', end());
      return answer;
    } catch (error) {
      logger.error('Step:Done', { ...end(), error });
      throw error;
    }
  };
