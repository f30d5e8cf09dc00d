import { aspectKernel } from './aspect.ts';
import type { Algorithm } from './gradient.ts';
import { hillshadeKernel, type Light } from './hillshade.ts';
import { indexKernels, type TerrainIndex } from './indices.ts';
import type { Ground } from './pixel-size-on-ground.ts';
import { slopeKernel } from './slope.ts';

/**
 * Computes the pixels of a row from it and the rows above and below, which have a pixel more at both ends: result 0 is that
 * of column 1. Whole rows keep the loop in the kernel, where it is compiled for what it does. Where one of the nine pixels is
 * missing the result does not matter. Not a number for a missing result. Values are single precision, as in gdaldem.
 *
 * @param ground steps of the row, from which gradients and bearings follow
 */
export type Kernel = (
  above: Float32Array,
  middle: Float32Array,
  below: Float32Array,
  results: Float32Array,
  ground: Ground,
) => void;

/** A kernel with its settings, as data that other threads can be told. */
export type KernelSettings =
  | {
      readonly name: 'hillshade';
      readonly algorithm: Algorithm;
      readonly light: Light;
    }
  | {
      readonly name: 'slope';
      readonly algorithm: Algorithm;
      readonly unit: 'degree' | 'percent';
      readonly zFactor: number;
    }
  | {
      readonly name: 'aspect';
      readonly algorithm: Algorithm;
      readonly trigonometric: boolean;
      /** Result where there is no slope. */
      readonly flat: number;
    }
  | { readonly name: 'index'; readonly index: TerrainIndex };

/** The function of the 3 x 3 pixels around each pixel that computes a measure of terrain, as `gdaldem` defines it. */
export function makeKernel(settings: KernelSettings): Kernel {
  switch (settings.name) {
    case 'hillshade':
      return hillshadeKernel(settings.algorithm, settings.light);
    case 'slope':
      return slopeKernel(settings.algorithm, settings.unit, settings.zFactor);
    case 'aspect':
      return aspectKernel(settings.algorithm, settings.trigonometric, settings.flat);
    case 'index':
      return indexKernels[settings.index];
  }
}
