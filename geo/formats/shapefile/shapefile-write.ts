import { InvalidInput, LimitExceeded } from '../../../core/shared/errors.ts';
import { esriWktFromCrs } from '../../crs/esri-wkt.ts';
import type { LayerContent, LayerFeature } from '../../layer/layer.ts';
import type { WrittenFile } from '../common/written-file.ts';
import { dbfBytes } from './dbf-write.ts';
import { chooseShapeType, ShapeType } from './shapefile-types.ts';
import { shpBytes } from './shp-write.ts';
import { zipped } from './zip.ts';

const NAME = 'result';
const OUTPUT = '/outputs/result/format';
const OTHERS =
  'Ask for GeoPackage (application/geopackage+sqlite3), FlatGeobuf (application/flatgeobuf) or GeoJSON.';

/**
 * A zipped Shapefile with the one layer `result`: .shp, .shx, .dbf, .prj and .cpg (UTF-8). Points become MultiPoints
 * where the layer has such. Empty geometries become null, empty texts null, objects and lists JSON text.
 *
 * @throws InvalidInput where the layer has points, lines and areas together, or collections; and where the
 *   properties do not fit into a record.
 */
export function shapefileBytes(layer: LayerContent): WrittenFile {
  const type = commonType(layer.features);
  const { shp, shx } = shpBytes(
    layer.features.map(({ geometry }) => geometry),
    type,
  );
  const { bytes: dbf, remarks } = table(layer.features);
  const text = new TextEncoder();
  const wkt = esriWktFromCrs(layer.crs);
  const bytes = zipped({
    [`${NAME}.shp`]: shp,
    [`${NAME}.shx`]: shx,
    [`${NAME}.dbf`]: dbf,
    ...(wkt === undefined ? {} : { [`${NAME}.prj`]: text.encode(wkt) }),
    [`${NAME}.cpg`]: text.encode('UTF-8'),
  });
  const unnamed = `The Shapefile does not record its CRS, ${layer.crs.name}: its .prj file cannot express it.`;
  const gathered = 'Points became MultiPoints of one point: a Shapefile holds either points or multipoints.';
  const areGathered =
    type === ShapeType.multiPoint && layer.features.some(({ geometry }) => geometry?.type === 'Point');
  return {
    bytes,
    remarks: [...remarks, ...(areGathered ? [gathered] : []), ...(wkt === undefined ? [unnamed] : [])],
  };
}

/** The one shape type of a layer; that of points where it has no geometry. */
function commonType(features: readonly LayerFeature[]): ShapeType {
  const types = new Set<ShapeType>();
  const names = new Set<string>();
  for (const { geometry } of features) {
    if (geometry === null) continue;
    const type = chooseShapeType(geometry);
    if (type === undefined) {
      throw new InvalidInput(
        OUTPUT,
        `cannot be written as a Shapefile: the format cannot hold a GeometryCollection. ${OTHERS}`,
      );
    }
    types.add(type);
    names.add(geometry.type);
  }
  if (types.has(ShapeType.multiPoint)) types.delete(ShapeType.point);
  if (types.size > 1) {
    const found = [...names].join(', ');
    throw new InvalidInput(
      OUTPUT,
      `cannot be written as a Shapefile: it holds either points, lines or polygons, but the result has several of these (${found}). ${OTHERS}`,
    );
  }
  return [...types][0] ?? ShapeType.point;
}

function table(features: readonly LayerFeature[]) {
  try {
    return dbfBytes(features);
  } catch (cause) {
    if (cause instanceof LimitExceeded) throw cause;
    throw new InvalidInput(
      OUTPUT,
      `cannot be written as a Shapefile: ${(cause as Error).message}. ${OTHERS}`,
    );
  }
}
