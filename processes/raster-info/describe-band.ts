import type { Band, RasterStorage } from '../../geo/raster/raster.ts';

/**
 * What the header says of a band.
 *
 * @param masks which way the masks of the file are kept
 */
export function describeBand(
  { dataType, nodata, scale = 1, offset = 0, unit, description, colorInterpretation, metadata }: Band,
  band: number,
  masks: RasterStorage['masks'],
) {
  return {
    band,
    dataType,
    // JSON has no such numbers.
    nodata: nodata === undefined ? null : Number.isFinite(nodata) ? nodata : String(nodata),
    mask: chooseMaskKind(nodata, colorInterpretation, masks),
    scale,
    offset,
    unit: unit ?? null,
    description: description ?? null,
    colorInterpretation: colorInterpretation ?? ('undefined' as const),
    metadata: { ...metadata },
  };
}

function chooseMaskKind(
  nodata: number | undefined,
  colorInterpretation: Band['colorInterpretation'],
  masks: RasterStorage['masks'],
): 'none' | 'nodata' | 'alpha' | 'perDataset' | 'perBand' {
  // An alpha channel is a mask, and has none.
  if (masks !== undefined && colorInterpretation !== 'alpha') return masks;
  return nodata === undefined ? 'none' : 'nodata';
}
