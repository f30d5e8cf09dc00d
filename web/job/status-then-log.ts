import type { Told } from '../shared/poll.ts';

/** The two requests that follow a job. */
interface Requests {
  readonly status: () => Promise<Told>;
  readonly log: () => Promise<void>;
}

/** What to ask of a job next, one request each time: its log after a status that was new, else its status. */
export function statusThenLog({ status, log }: Requests): () => Promise<Told> {
  let isLogOld = false;
  return async () => {
    if (isLogOld) {
      isLogOld = false;
      await log();
      return 'new';
    }
    const told = await status();
    isLogOld = told === 'new';
    return told;
  };
}
