/** Milliseconds of work after which the page gets its turn: less than a frame. */
const SLICE = 10;
/** How many steps are done before the clock is read. */
const BETWEEN_LOOKS = 32;

/**
 * Does something for every number below `count`, and lets the page answer the person in between.
 *
 * @param between steps that are done before the clock is read: one where a step is large
 * @throws the signal's reason when it is aborted
 */
export async function inSlices(
  count: number,
  work: (index: number) => void,
  signal?: AbortSignal,
  between = BETWEEN_LOOKS,
): Promise<void> {
  let until = performance.now() + SLICE;
  for (let index = 0; index < count; index++) {
    work(index);
    if (index % between > 0 || performance.now() < until) continue;
    await nextTask();
    signal?.throwIfAborted();
    until = performance.now() + SLICE;
  }
}

/** A message to oneself comes after what the browser has to do, and sooner than a timer. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const listen = () => {
      port1.close();
      resolve();
    };
    port1.addEventListener('message', listen, { once: true });
    port1.start();
    port2.postMessage(0);
  });
}
