/**
 * Module of a worker's threads, beside the worker itself: in a bundle as `thread.mjs`, in the sources under its name.
 *
 * @param worker URL of the worker's module.
 */
export const threadEntry = (worker: string, computeClass: string): URL =>
  new URL(worker.endsWith('.ts') ? `./${computeClass}-thread.ts` : './thread.mjs', worker);
