import type { ComputeClass } from '../../../core/processes/declaration.ts';

/**
 * The module of a worker's thread or of that thread's helpers. In the sources it is called after the worker, as
 * `vector-thread.ts`; in a bundle, which is one worker's, `thread.mjs`.
 *
 * @param beside URL of the module that starts the thread; both are in one folder.
 */
export const findThreadModule = (
  kind: 'thread' | 'helper',
  computeClass: ComputeClass | 'large',
  beside: string,
): URL => new URL(beside.endsWith('.ts') ? `./${computeClass}-${kind}.ts` : `./${kind}.mjs`, beside);
