import type { GeoTIFFImage } from 'geotiff';
import type { CrsReference } from '../crs/reference.ts';

/** What stands where a CRS is defined in the file itself. */
const USER_DEFINED = 32767;

/**
 * The CRS of a GeoTIFF: by its code, or of the definition in well-known text that some writers leave in a citation.
 *
 * @returns undefined where neither is there
 */
export function readCrs(image: GeoTIFFImage): CrsReference | undefined {
  const keys = image.getGeoKeys();
  const codes = [keys?.['ProjectedCSTypeGeoKey'], keys?.['GeographicTypeGeoKey']] as (number | undefined)[];
  const [projected, geographic] = codes.map((code) =>
    code === undefined || code === 0 || code === USER_DEFINED ? undefined : code,
  );
  if (projected !== undefined) return { code: projected };
  if (keys?.['GTModelTypeGeoKey'] === 2 && geographic === 4326) return {};
  if (keys?.['GTModelTypeGeoKey'] === 2 && geographic !== undefined) return { code: geographic };
  const [, definition] =
    /ESRI PE String = (.*?)\|?$/.exec(
      String(keys?.['PCSCitationGeoKey'] ?? keys?.['GTCitationGeoKey'] ?? ''),
    ) ?? [];
  return definition === undefined ? undefined : { definition };
}
