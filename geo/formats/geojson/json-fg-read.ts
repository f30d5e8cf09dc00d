import type { Geometry } from 'geojson';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { isObject } from '../../../core/shared/json.ts';
import { type Crs, crs84, sameCrs } from '../../crs/crs.ts';
import { parseCrs } from '../../crs/find-crs.ts';
import { transformBetweenCrs } from '../../crs/transformation.ts';
import { depths, mapPositions } from '../../geometry/positions.ts';
import { geojsonCrs } from './geojson-crs.ts';

type Members = Readonly<Record<string, unknown>>;

/** Where the features of a JSON-FG document are. */
export interface Places {
  readonly crs: Crs;
  /** The geometry of a feature in the CRS, and the member that it comes from; undefined for features without places. */
  readonly geometryAt: (index: number) => { readonly geometry: unknown; readonly member: string } | undefined;
}

/**
 * The places of features as JSON-FG has them (OGC 21-045r1): `place` is in `coordRefSys`, of the feature or of the
 * collection, and wins; `geometry` is in WGS 84 whatever `coordRefSys` says. Undefined for documents of plain GeoJSON.
 *
 * @param override CRS that is taken instead of that of the places.
 * @throws InvalidInput where places are in several CRSs, or in none that is known
 */
export function readPlaces(
  document: Members,
  features: readonly unknown[],
  pointer: string,
  featurePointer: (index: number) => string,
  override: Crs | undefined,
): Places | undefined {
  const isPlaced = features.map((feature) => isObject(feature) && isPlace(feature['place']));
  if (!isPlaced.includes(true)) {
    const named = document['coordRefSys'];
    if (named === undefined || named === null) return undefined;
    const crs = override ?? readCrs(document, pointer);
    return { crs: features.length === 0 ? crs : (override ?? crs84), geometryAt: () => undefined };
  }
  let common: Crs | undefined = override;
  for (const [index, feature] of override ? [] : features.entries()) {
    if (!isPlaced[index]) continue;
    const own = (feature as Members)['coordRefSys'];
    const hasOwn = own !== undefined && own !== null;
    const crs = hasOwn ? readCrs(feature as Members, featurePointer(index)) : readCrs(document, pointer);
    common ??= crs;
    if (!sameCrs(common, crs)) {
      const detail = `is ${crs.name}, but other places of the collection are in ${common.name}; a layer has one CRS.`;
      throw new InvalidInput(`${featurePointer(index)}/coordRefSys`, detail);
    }
  }
  const crs = common ?? crs84;
  const move = transformBetweenCrs(crs84, crs);
  return {
    crs,
    geometryAt: (index) => {
      const { place, geometry } = features[index] as Members;
      if (isPlaced[index]) return { geometry: place, member: 'place' };
      // A fault of the geometry is told where it is checked.
      if (!isPlace(geometry)) return undefined;
      return { geometry: mapPositions(geometry as unknown as Geometry, move), member: 'geometry' };
    },
  };
}

const readCrs = (document: Members, pointer: string): Crs => {
  const named = geojsonCrs({ coordRefSys: document['coordRefSys'] }, pointer);
  return parseCrs(named.name, named.pointer);
};

/** Solids are no geometries of a layer; features that have them have a flat geometry beside them. */
const isPlace = (value: unknown): value is Members =>
  isObject(value) &&
  (Object.hasOwn(depths, String(value['type'])) || value['type'] === 'GeometryCollection') &&
  (Array.isArray(value['coordinates']) || Array.isArray(value['geometries']));
