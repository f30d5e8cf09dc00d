const FIRST_MILLISECONDS = 1000;
const LONGEST_MILLISECONDS = 10_000;

/**
 * Asks again and again, never more than once a second: a little later each time that nothing is new, at once a second again
 * when there is; not while nobody looks at the page. Ends when the answer is 'end'.
 * @param ask says whether there was something new, nothing, or that it is over; what it throws counts as nothing
 */
export function poll(ask: () => Promise<'new' | 'same' | 'end'>): void {
  let pause = FIRST_MILLISECONDS;
  const step = async (): Promise<void> => {
    if (document.hidden) {
      document.addEventListener('visibilitychange', () => void step(), { once: true });
      return;
    }
    const found = await ask().catch(() => 'same' as const);
    if (found === 'end') return;
    pause = found === 'new' ? FIRST_MILLISECONDS : Math.min(pause * 1.3, LONGEST_MILLISECONDS);
    setTimeout(() => void step(), pause);
  };
  setTimeout(() => void step(), pause);
}
