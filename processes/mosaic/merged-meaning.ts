import type { RunContext } from '../../core/run/context.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import type { DataType, Raster, RasterContent } from '../../geo/raster/raster.ts';
import { keepMeaning } from '../../geo/raster/values/keep-meaning.ts';

/**
 * What is said of the first raster that holds for the mosaic too: items of metadata that all rasters share, and its names,
 * units and colours.
 */
export function mergedMeaning(
  rasters: readonly Raster[],
  dataType: DataType,
  context: RunContext,
): Pick<RasterContent, 'meanings' | 'colorTable' | 'metadata'> {
  const first = requirePresent(rasters[0], 'The first raster');
  const { metadata, ...meaning } = keepMeaning(first, { dataType, samePixels: false }, context);
  const other = rasters.find(({ colorTable }) => !sameJson(colorTable, first.colorTable));
  if (other)
    context.warn('The colour tables of the rasters differ; the mosaic has that of the first raster.', {
      input: other.pointer,
    });
  const shared = Object.entries(metadata ?? {}).filter(([name, text]) =>
    rasters.every((raster) => raster.metadata?.[name] === text),
  );
  return { ...meaning, ...(shared.length > 0 && { metadata: Object.fromEntries(shared) }) };
}

/** @throws InvalidInput at a raster whose values mean other quantities than those of the first one */
export function checkSameQuantities(rasters: readonly Raster[]): void {
  const first = requirePresent(rasters[0], 'The first raster');
  for (const { bands, pointer } of rasters) {
    for (const [index, { scale = 1, offset = 0, unit }] of bands.entries()) {
      const wanted = requirePresent(first.bands[index], 'The band');
      if (scale !== (wanted.scale ?? 1) || offset !== (wanted.offset ?? 0))
        throw new InvalidInput(
          pointer,
          `has the scale ${scale} and the offset ${offset} in band ${index + 1}, but the first raster has ${wanted.scale ?? 1} and ${wanted.offset ?? 0}: their values cannot be merged.`,
        );
      if (unit !== undefined && wanted.unit !== undefined && unit !== wanted.unit)
        throw new InvalidInput(
          pointer,
          `has the unit "${unit}" in band ${index + 1}, but the first raster has "${wanted.unit}": their values cannot be merged.`,
        );
    }
  }
}

const sameJson = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
