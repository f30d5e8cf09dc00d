import { type TiffImage, TiffTagGeo } from '@cogeotiff/core';
import { linearUnits } from '../../../crs/geokeys.ts';

/** Vertical CRSs of EPSG (v11.022) that are not in metres, which all others of its 291 are. */
const inFeet: Readonly<Record<string, readonly number[]>> = {
  foot: [5614, 6130, 6131, 6132, 8050, 8051, 8228, 8897],
  'US survey foot': [5702, 6358, 6359, 6360, 8052, 8053],
  'British foot (1936)': [5754],
};

/** WGS 84 in three dimensions, which stands for heights above the ellipsoid, as the codes 5001 to 5033 of older files do. */
const GEOGRAPHIC_IN_SPACE = 4979;
const USER_DEFINED = 32_767;

/** Unit of the values of a raster of heights, by the name that EPSG has for it: that of its vertical CRS, as GDAL takes it. */
export function readHeightUnit(image: TiffImage): string | undefined {
  const code = Number(image.valueGeo(TiffTagGeo.VerticalGeoKey) ?? 0);
  // The heights of a geographic CRS in space are none of the raster's.
  const isEllipsoidal = code === GEOGRAPHIC_IN_SPACE || (code > 5000 && code < 5034);
  if (!(code > 0) || isEllipsoidal) return undefined;
  const stated = linearUnits[Number(image.valueGeo(TiffTagGeo.VerticalUnitsGeoKey) ?? 0)];
  if (stated) return stated[0];
  if (code >= USER_DEFINED) return undefined;
  return Object.entries(inFeet).find(([, codes]) => codes.includes(code))?.[0] ?? 'metre';
}
