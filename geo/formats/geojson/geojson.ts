import type { RunContext } from '../../../core/run/context.ts';
import { InvalidRequest } from '../../../core/shared/errors.ts';
import { describeOtherJson } from '../../../core/shared/geojson-types.ts';
import { findFlaw, isObject } from '../../../core/shared/json.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import type { Crs } from '../../crs/crs.ts';
import { parseCrs } from '../../crs/find-crs.ts';
import { woundFeature } from '../../geometry/winding.ts';
import { GeometryChecker } from '../../layer/geometry-faults.ts';
import {
  checkFeatureCount,
  checkVertexCount,
  type Layer,
  type LayerContent,
  type LayerFeature,
} from '../../layer/layer.ts';
import { encodeTexts } from '../common/text.ts';
import { crsMember, geojsonCrs } from './geojson-crs.ts';
import { readPlaces } from './json-fg-read.ts';

type Members = Readonly<Record<string, unknown>>;

export interface GeojsonOptions {
  /** CRS that is taken instead of the one that the value names. */
  readonly override?: Crs | undefined;
  /** True of files: what is no geometry becomes null. In a request it is a slip, and refused. */
  readonly lenient?: boolean;
}

export interface GeojsonLayer {
  readonly layer: Layer;
  /** Whether geometries may have to be cut at the antimeridian yet. */
  readonly mayCross: boolean;
}

/**
 * Takes a parsed GeoJSON FeatureCollection, Feature or bare geometry (RFC 7946) as a layer. The CRS is CRS84
 * unless a `crs` member (GeoJSON 2008) or `coordRefSys` member (JSON-FG) names another.
 *
 * @param pointer where the value stands in the request.
 * @throws InvalidRequest listing what is wrong, LimitExceeded
 */
export async function layerFromGeojson(
  value: unknown,
  pointer: string,
  context: RunContext,
  { override, lenient = false }: GeojsonOptions = {},
): Promise<GeojsonLayer> {
  const found = findFeatures(value, pointer);
  const { features, featurePointer } = found;
  checkFeatureCount(features.length, pointer, context);
  // A bare geometry that names its CRS has no other place.
  const isFeatures = /^Feature/.test(String((value as Members)['type']));
  const places = isFeatures
    ? await readPlaces(value as Members, features, pointer, featurePointer, {
        override,
        warn: (message) => context.warn(message, { input: pointer }),
      })
    : undefined;
  const crs = places?.crs ?? override ?? namedCrs(value as Members, pointer);
  if (crs.guess !== undefined && !override) context.warn(crs.guess, { input: pointer });
  const placePointers = new Set<number>();
  const geometryPointer = (index: number) =>
    placePointers.has(index) ? `${featurePointer(index)}/place` : found.geometryPointer(index);
  const checker = new GeometryChecker({ crs, lenient });
  const checked: LayerFeature[] = [];
  for (let index = 0; index < features.length && !checker.full; index++) {
    const place = places?.geometryAt(index);
    if (place?.member === 'place') placePointers.add(index);
    const feature = checkedFeature(
      placed(features[index], place),
      featurePointer(index),
      geometryPointer(index),
      checker,
      index,
    );
    if (feature) checked.push(feature);
  }
  if (checker.beyondDegrees > 1 || (checker.beyondDegrees === 1 && checker.vertices === 0)) {
    checker.fault(
      pointer,
      'must name its CRS in a "crs" member if its coordinates are not longitudes and latitudes: {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}}.',
    );
  }
  if (checker.faults.length > 0) throw new InvalidRequest(checker.faults, 'An input is not valid');
  checkVertexCount(checker.vertices, pointer, context);
  checker.tellMendings(context, pointer, geometryPointer);
  const { degenerate, mayCross } = checker;
  return {
    layer: { features: checked, crs, mediaType: MediaType.geojson, geometryPointer, degenerate },
    mayCross,
  };
}

/** The feature with its place as its geometry. */
const placed = (feature: unknown, place: { readonly geometry: unknown } | undefined): unknown =>
  place ? { ...(feature as Members), geometry: place.geometry } : feature;

function namedCrs(value: Members, pointer: string): Crs {
  const named = geojsonCrs(value, pointer);
  return parseCrs(named.name, named.pointer);
}

interface Found {
  readonly features: readonly unknown[];
  readonly featurePointer: (index: number) => string;
  readonly geometryPointer: (index: number) => string;
}

/** The features of a value, and where each and its geometry stand. */
function findFeatures(value: unknown, pointer: string): Found {
  if (isObject(value)) {
    if (value['type'] === 'FeatureCollection' && Array.isArray(value['features'])) {
      const featurePointer = (index: number) => `${pointer}/features/${index}`;
      return {
        features: value['features'],
        featurePointer,
        geometryPointer: (index) => `${featurePointer(index)}/geometry`,
      };
    }
    if (value['type'] === 'Feature') {
      return {
        features: [value],
        featurePointer: () => pointer,
        geometryPointer: () => `${pointer}/geometry`,
      };
    }
    if (value['coordinates'] !== undefined || value['geometries'] !== undefined) {
      const { crs: _, coordRefSys: __, ...geometry } = value;
      return {
        features: [{ type: 'Feature', properties: {}, geometry }],
        featurePointer: () => pointer,
        geometryPointer: () => pointer,
      };
    }
  }
  const isCollection = isObject(value) && value['type'] === 'FeatureCollection';
  const detail = isCollection
    ? 'must have the member "features", an array of GeoJSON Features.'
    : ((isObject(value) ? describeOtherJson(value) : undefined) ??
      'must be a GeoJSON FeatureCollection, Feature or geometry.');
  throw new InvalidRequest([{ pointer, detail }], 'An input is not valid');
}

const isIdentifier = (id: unknown): boolean => /^(?:string|number|bigint)$/.test(typeof id);

function checkedFeature(
  value: unknown,
  pointer: string,
  geometryPointer: string,
  checker: GeometryChecker,
  index: number,
): LayerFeature | undefined {
  if (!isObject(value) || value['type'] !== 'Feature') {
    checker.fault(pointer, 'must be a GeoJSON Feature: an object whose "type" is "Feature".');
    return undefined;
  }
  const { id, geometry, properties } = value;
  if (geometry === undefined)
    checker.fault(pointer, 'must have the member "geometry", which is null if there is none.');
  const checked =
    geometry === undefined || geometry === null ? null : checker.check(geometry, geometryPointer, index);
  if (properties !== undefined && properties !== null && !isObject(properties)) {
    checker.fault(`${pointer}/properties`, 'must be an object or null.');
  } else {
    const flaw = findFlaw(properties);
    if (flaw) checker.fault(`${pointer}/properties${flaw.pointer}`, flaw.detail);
  }
  if (id !== undefined && id !== null && !isIdentifier(id)) {
    checker.fault(`${pointer}/id`, 'must be a string or a number.');
  } else {
    const flaw = findFlaw(id);
    if (flaw) checker.fault(`${pointer}/id`, flaw.detail);
  }
  return {
    type: 'Feature',
    ...(id === undefined || id === null ? {} : { id: id as string | number }),
    properties: (properties ?? {}) as Record<string, unknown>,
    geometry: checked,
  };
}

/**
 * The bytes of a FeatureCollection. Numbers keep all their digits, rings are wound as RFC 7946 wants them.
 *
 * @param names true writes a `crs` member (GeoJSON 2008); without it coordinates must be CRS84 already.
 */
export const geojsonBytes = (layer: LayerContent, names = false): Uint8Array =>
  encodeTexts(encodeParts(layer, names));

function* encodeParts({ features, crs }: LayerContent, names: boolean): Generator<string> {
  yield `{"type":"FeatureCollection",${names ? `"crs":${JSON.stringify(crsMember(crs))},` : ''}"features":[`;
  for (const [index, feature] of features.entries()) {
    yield `${index === 0 ? '' : ','}${JSON.stringify(woundFeature(feature))}`;
  }
  yield ']}';
}
