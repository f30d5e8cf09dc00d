const FIRST_MILLISECONDS = 1000;
const LONGEST_MILLISECONDS = 10_000;
/** How much later it is asked each time that nothing is new. */
const BACK_OFF = 1.3;

/** What an answer told: something new, nothing, or that it is over. */
export type Told = 'new' | 'same' | 'end';

/** What tells whether anybody looks at the page: its document. */
interface Page {
  readonly hidden: boolean;
  addEventListener(type: 'visibilitychange', listener: () => void, options: { readonly once: true }): void;
}

/**
 * Asks again and again, never more than once a second: a little later each time that nothing is new, at once a second again
 * when there is; not while nobody looks at the page. Ends when the answer is 'end'.
 * @param ask makes one request at most, so that "once a second" is true of requests; what it throws counts as nothing new
 */
export function poll(ask: () => Promise<Told>, page: Page): void {
  let pause = FIRST_MILLISECONDS;
  const step = async (): Promise<void> => {
    if (page.hidden) {
      page.addEventListener('visibilitychange', () => void step(), { once: true });
      return;
    }
    const told = await ask().catch(() => 'same' as const);
    if (told === 'end') return;
    pause = told === 'new' ? FIRST_MILLISECONDS : Math.min(pause * BACK_OFF, LONGEST_MILLISECONDS);
    setTimeout(() => void step(), pause);
  };
  setTimeout(() => void step(), pause);
}
