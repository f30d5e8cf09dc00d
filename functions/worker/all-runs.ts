import type { Runs } from '../../core/processes/declaration.ts';
import { runs as light } from './runs/light.ts';
import { runs as raster } from './runs/raster.ts';
import { runs as vector } from './runs/vector.ts';

/** The algorithms of all classes: the large class runs what any of them has handed over. */
export const allRuns: Runs = { ...light, ...vector, ...raster };
