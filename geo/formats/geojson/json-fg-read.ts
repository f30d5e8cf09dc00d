import type { Geometry, Position } from 'geojson';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { isObject } from '../../../core/shared/json.ts';
import { quote } from '../../../core/shared/quote.ts';
import { positionInUnit } from '../../crs/angular-unit.ts';
import { hasNorthFirst, isNorthFirst } from '../../crs/axis-order.ts';
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

/** Where the features of a document are, and what is to be said of that. */
export interface PlacesOptions {
  /** CRS that is taken instead of that of the places. */
  readonly override: Crs | undefined;
  readonly warn: (message: string) => void;
}

/**
 * The places of features as JSON-FG has them (OGC 21-045r1): `place` is in `coordRefSys`, of itself, of the feature or of
 * the collection, whichever is nearest, with the axes in the order of the definition of that CRS (/req/core/axis-order);
 * it wins. `geometry` is in WGS 84 whatever `coordRefSys` says. Undefined for documents of plain GeoJSON.
 *
 * @throws InvalidInput where places are in several CRSs, or in none that is known
 */
export async function readPlaces(
  document: Members,
  features: readonly unknown[],
  pointer: string,
  featurePointer: (index: number) => string,
  { override, warn }: PlacesOptions,
): Promise<Places | undefined> {
  const members = features.map(choosePlace);
  tellOtherTypes(features, members, warn);
  if (!members.includes('place')) {
    const named = document['coordRefSys'];
    if (named === undefined || named === null) return undefined;
    const { crs } = await readCrs(document, pointer);
    return { crs: override ?? (features.length === 0 ? crs : crs84), geometryAt: () => undefined };
  }
  let common = override && { crs: override, isSwapped: await isNorthFirst(override) };
  const swapped: boolean[] = [];
  for (const [index, feature] of features.entries()) {
    if (members[index] !== 'place') continue;
    const own = override
      ? common
      : await readCrs(...nearest(document, feature as Members, pointer, featurePointer(index)));
    if (!own) continue;
    common ??= own;
    swapped[index] = own.isSwapped;
    if (!sameCrs(common.crs, own.crs)) {
      const detail = `is ${own.crs.name}, but other places of the collection are in ${common.crs.name}; a layer has one CRS.`;
      throw new InvalidInput(`${featurePointer(index)}/coordRefSys`, detail);
    }
  }
  const crs = common?.crs ?? crs84;
  const move = transformBetweenCrs(crs84, crs);
  // What is checked after this are coordinates in the unit of the CRS.
  const toPlaces = (position: Position) => positionInUnit(move(position), crs);
  return {
    crs,
    geometryAt: (index) => {
      if (members[index] === undefined) return undefined;
      const { place, geometry } = features[index] as Members;
      if (members[index] === 'place')
        return { geometry: swapped[index] ? eastFirst(place) : place, member: 'place' };
      // A fault of the geometry is told where it is checked.
      if (!isGeojson(geometry)) return undefined;
      return { geometry: mapPositions(geometry as unknown as Geometry, toPlaces), member: 'geometry' };
    },
  };
}

/** The member that has the place of a feature; `place` wins, except where only `geometry` is one of GeoJSON. */
function choosePlace(feature: unknown): 'place' | 'geometry' | undefined {
  if (!isObject(feature)) return undefined;
  const { place, geometry } = feature;
  if (!isObject(place)) return 'geometry';
  return isOtherType(place) && isObject(geometry) ? 'geometry' : 'place';
}

function tellOtherTypes(
  features: readonly unknown[],
  members: readonly (string | undefined)[],
  warn: (message: string) => void,
): void {
  const types = new Set<string>();
  let count = 0;
  for (const [index, feature] of features.entries()) {
    const place = isObject(feature) && members[index] === 'geometry' ? feature['place'] : undefined;
    if (!isObject(place)) continue;
    types.add(quote(place['type']));
    count++;
  }
  if (count === 0) return;
  const who = count === 1 ? 'One feature has a place' : `${count} features have places`;
  warn(
    `${who} of a type that layers do not have (${[...types].slice(0, 5).join(', ')}): the member "geometry", which is in WGS 84, is used instead.`,
  );
}

interface Named {
  readonly crs: Crs;
  readonly isSwapped: boolean;
}

/** The object with the `coordRefSys` that is nearest to a place, and where it stands. */
function nearest(
  document: Members,
  feature: Members,
  pointer: string,
  featurePointer: string,
): [Members, string] {
  const place = feature['place'] as Members;
  const has = (object: Members) => object['coordRefSys'] !== undefined && object['coordRefSys'] !== null;
  if (has(place)) return [place, `${featurePointer}/place`];
  return has(feature) ? [feature, featurePointer] : [document, pointer];
}

async function readCrs(document: Members, pointer: string): Promise<Named> {
  const named = geojsonCrs({ coordRefSys: document['coordRefSys'] }, pointer);
  const crs = parseCrs(named.name, named.pointer);
  // A definition that stands there has the order of its own axes.
  const isSwapped = typeof named.name === 'string' ? await isNorthFirst(crs) : hasNorthFirst(named.name);
  return { crs, isSwapped };
}

const isOtherType = ({ type }: Members): boolean =>
  type !== 'GeometryCollection' && !Object.hasOwn(depths, String(type));

const isGeojson = (value: unknown): value is Members =>
  isObject(value) &&
  !isOtherType(value) &&
  (Array.isArray(value['coordinates']) || Array.isArray(value['geometries']));

/** A geometry of which the axes are north first, as far as it is one; what is wrong with it is told where it is checked. */
function eastFirst(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { coordinates, geometries } = value;
  if (Array.isArray(geometries)) return { ...value, geometries: geometries.map(eastFirst) };
  return { ...value, coordinates: swapDeep(coordinates) };
}

function swapDeep(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  if (!Array.isArray(value[0]) && value.length >= 2) return [value[1], value[0], ...value.slice(2)];
  return value.map(swapDeep);
}
