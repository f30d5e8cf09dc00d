import type { RunContext } from '../../core/run/context.ts';
import { ClassLimitExceeded, LimitExceeded } from '../../core/shared/errors.ts';
import type { Raster, Window } from './raster.ts';

/**
 * Refuses to read more pixels than the process takes.
 *
 * @param window the part that is read; all of the raster where absent
 * @param bands how many bands are read
 * @throws LimitExceeded naming the amount and the limit, and the way out of the synchronous one
 */
export function checkPixels(
  raster: Raster,
  window: Window | undefined,
  context: RunContext,
  bands = 1,
): void {
  const { width, height } = window ?? raster;
  checkPixelCount(width * height * bands, raster.pointer, context, 'read');
}

/**
 * Refuses to read or write more pixels (of all bands together) than the process takes.
 *
 * @param pointer JSON pointer of the input that asks for them
 * @throws LimitExceeded
 */
export function checkPixelCount(
  pixels: number,
  pointer: string,
  { limits, synchronous }: Pick<RunContext, 'limits' | 'synchronous'>,
  verb: 'read' | 'written' = 'written',
): void {
  const amount = `${pixels} pixels would be ${verb}`;
  if (limits.pixels !== undefined && pixels > limits.pixels)
    throw new ClassLimitExceeded(pointer, `${amount}; the limit of the process is ${limits.pixels}.`);
  if (synchronous && limits.syncPixels !== undefined && pixels > limits.syncPixels) {
    throw new LimitExceeded(
      pointer,
      `${amount}; the limit of a synchronous execution is ${limits.syncPixels}. Send "Prefer: respond-async" to run it as a job.`,
    );
  }
}
