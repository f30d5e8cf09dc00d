import type { Geometry } from 'geojson';
import { listed, quote } from '../../../core/shared/quote.ts';
import { isWgs84 } from '../../crs/crs.ts';
import { isEmptyGeometry, type LayerContent } from '../../layer/layer.ts';
import { describeRounding, writeByGdal } from '../by-gdal/write-by-gdal.ts';
import type { WrittenFile } from '../common/written-file.ts';
import { hasZ } from '../wkb/wkb.ts';

const isArea = ({ type }: Geometry): boolean => type === 'Polygon';

/**
 * A drawing in DXF (AutoCAD 2004) in the plane of the CRS of the layer: points, lines, and hatches for areas, all of them in layer 0.
 * Parts of geometries are entities of their own. Properties have no place in it.
 */
export async function dxfBytes({ features, crs }: LayerContent): Promise<WrittenFile> {
  const parts = features.map(({ geometry }) => (geometry ? simpleParts(geometry) : []));
  const entities = parts.flat().map((geometry) => ({ type: 'Feature' as const, properties: {}, geometry }));
  const bytes = await writeByGdal(entities, ['-f', 'DXF', '-nln', 'entities']);
  const names = [...new Set(features.flatMap(({ properties }) => Object.keys(properties)))];
  const missing = parts.filter((each) => each.length === 0).length;
  const several = parts.filter((each) => each.length > 1).length;
  const high = entities.filter(({ geometry }) => isArea(geometry) && hasZ(geometry)).length;
  const hasIds = features.some(({ id }) => id !== undefined);
  const lost = listed(names.map(quote), 50);
  return {
    bytes,
    remarks: [
      names.length > 0 ? `DXF cannot hold properties: ${lost} were dropped.` : '',
      hasIds ? 'The ids of the features were dropped: DXF cannot hold them.' : '',
      missing > 0 ? `Features without a geometry were left out: ${missing}. DXF holds geometries only.` : '',
      several > 0 ? `Multi-part geometries became one entity per part in DXF: ${several}.` : '',
      high > 0 ? `Z values of polygons were dropped: ${high}. Hatches are flat in DXF.` : '',
      isWgs84(crs) ? '' : `The DXF does not record its CRS, ${crs.name}: the format cannot hold it.`,
      ...describeRounding(features, 'DXF'),
    ].filter(Boolean),
  };
}

/** Points, lines and polygons; nothing of what is empty. */
function simpleParts(geometry: Geometry): Geometry[] {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(simpleParts);
  if (isEmptyGeometry(geometry)) return [];
  switch (geometry.type) {
    case 'MultiPoint':
      return geometry.coordinates.map((coordinates) => ({ type: 'Point', coordinates }));
    case 'MultiLineString':
      return geometry.coordinates.map((coordinates) => ({ type: 'LineString', coordinates }));
    case 'MultiPolygon':
      return geometry.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates }));
    default:
      return [geometry];
  }
}
