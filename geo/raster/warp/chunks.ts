import type { Crs } from '../../crs/crs.ts';
import type { Grid, Window } from '../raster.ts';
import type { PixelTransformer } from './pixel-transformer.ts';
import { type Scale, sourceWindow } from './source-window.ts';

/** A part of the target with the scale of its kernels. */
export interface Chunk extends Window {
  readonly scale: Scale;
}

/** What the size of chunks depends on. */
export interface ChunkOptions {
  readonly radius: number;
  /** Bytes of a pixel in all bands, in the source and in the target. */
  readonly sourceBytes: number;
  readonly targetBytes: number;
}

/** Bytes of source and target that GDAL takes at once. */
const MEMORY = 64 * 1024 * 1024;
/** Below this share of useful pixels in the source, targets larger than `LARGE` pixels are divided. */
const FILL = 0.5;
const LARGE = 100;

/**
 * Divides a target as GDAL's warper does: because of memory, or because most of the source window would not be used.
 * The scale of the kernels and the approximation of places are those of a chunk, so results depend on the division.
 */
export function divideIntoChunks(
  source: Grid,
  target: Grid & { readonly crs: Crs },
  between: PixelTransformer,
  options: ChunkOptions,
): Chunk[] {
  const divide = (part: Window): Chunk[] => {
    const { columns, rows, fill, scale } = sourceWindow(source, target, part, between, options.radius);
    const bytes = columns * rows * options.sourceBytes + part.width * part.height * options.targetBytes;
    const tooMuch = bytes > MEMORY && Math.max(part.width, part.height) > 2;
    const wasteful = fill > 0 && fill < FILL && Math.max(part.width, part.height) > LARGE;
    return tooMuch || wasteful ? halves(part).flatMap(divide) : [{ ...part, scale }];
  };
  return divide({ column: 0, row: 0, width: target.width, height: target.height });
}

/** Cuts the longer side; tall and square ones along the rows. */
function halves(part: Window): readonly [Window, Window] {
  if (part.width > part.height) {
    const width = Math.floor(part.width / 2);
    return [
      { ...part, width },
      { ...part, column: part.column + width, width: part.width - width },
    ];
  }
  const height = Math.floor(part.height / 2);
  return [
    { ...part, height },
    { ...part, row: part.row + height, height: part.height - height },
  ];
}
