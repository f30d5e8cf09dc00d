import { FormatError } from '../../../../core/shared/format-error.ts';
import type { GivenFiles } from '../../../gdal/virtual-files.ts';

/** The files of an ILWIS raster that are lists of settings: of the map, of its place and of its CRS. */
const SETTINGS = /\.(?:mpr|mpl|grf|csy)$/i;
const CORNERS = ['MinX', 'MinY', 'MaxX', 'MaxY'];

/**
 * GDAL takes what such a file lacks for its defaults: a raster whose files are cut would lie elsewhere.
 *
 * @throws FormatError where one of them is cut
 */
export function checkIlwisFiles({ files }: GivenFiles): void {
  for (const [name, bytes] of files) {
    if (!SETTINGS.test(name)) continue;
    const text = Buffer.from(bytes).toString('latin1');
    if (!/[\r\n]$/.test(text)) throw new FormatError(`it is truncated: ${name} ends in the middle of a line`);
    const missing = CORNERS.filter((corner) => !new RegExp(`^${corner}=`, 'im').test(text));
    if (/^Type=GeoRefCorners/im.test(text) && missing.length > 0)
      throw new FormatError(`it is truncated: ${name} has no ${missing.join(', ')}`);
  }
}

/** What is told of an ILWIS raster without a CRS. */
export const ILWIS_WITHOUT_CRS =
  'The raster has no CRS: its coordinate system (.csy) is not in the archive, is incomplete or is not known to GDAL.';
