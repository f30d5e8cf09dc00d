import { readFileSync } from 'node:fs';
import type { RunContext } from '../../../../core/processes/declaration.ts';
import { openRaster } from '../../../../processes/engines/raster/open-raster.ts';
import type { Raster } from '../../../../processes/engines/raster/raster.ts';
import { contextOf, type Recorded, sourceOf } from '../../support/run-context.ts';

/** A file of test/fixtures. */
export const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../fixtures/${name}`, import.meta.url)));

/** The context of a process with a raster and no limits. */
export const rasterContext = (limits: Partial<RunContext['limits']> = {}): RunContext & Recorded =>
  contextOf({ outputs: {}, limits: { inlineBytes: 1e9 } }, { limits });

export const openBytes = (bytes: Uint8Array, context: RunContext = rasterContext()): Promise<Raster> =>
  openRaster(sourceOf(bytes, { pointer: '/inputs/raster' }), context);
