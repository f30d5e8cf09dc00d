import { readFileSync } from 'node:fs';
import type { RunContext } from '../../../../core/run/context.ts';
import { openRaster } from '../../../../geo/raster/formats/open-raster.ts';
import type { Raster } from '../../../../geo/raster/raster.ts';
import { makeContext, makeSource, type Recorded } from '../../../processes/support/run-context.ts';

/** A file of test/fixtures. */
export const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url)));

/** The context of a process with a raster and no limits. */
export const rasterContext = (limits: Partial<RunContext['limits']> = {}): RunContext & Recorded =>
  makeContext({ outputs: {}, limits: { inlineBytes: 1e9 } }, { limits });

export const openBytes = (bytes: Uint8Array, context: RunContext = rasterContext()): Promise<Raster> =>
  openRaster(makeSource(bytes, { pointer: '/inputs/raster' }), context);
