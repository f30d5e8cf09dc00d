import type { Geometry } from 'geojson';
import type { CrsInput } from '../../core/run/bounding-box.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import type { Crs } from '../crs/crs.ts';
import { parseCrs } from '../crs/find-crs.ts';
import { everywhere, type PlacedLayer, planeForLayer } from '../geodesy/working-planes.ts';
import type { Geos, GeosScope, Handle } from '../geos/geos.ts';
import { takeResult } from '../geos/results.ts';
import { computeBounds, type Properties } from '../layer/layer.ts';

/** A shape inside GEOS, and properties that come with it. */
export interface Shape {
  readonly geometry: Handle;
  readonly properties?: Properties;
}

/** @param crs in which the geometry is */
export type MakeShape = (scope: GeosScope, geometry: Handle, crs: Crs) => Shape;

/** A shape in the CRS of the layer. */
export interface PlacedShape {
  readonly geometry: Geometry;
  readonly properties?: Properties;
}

/** Ways to the same shape that are faster. */
export interface PlaneShortcuts {
  /** A geometry with the same shape that has less vertices. */
  readonly reduce?: (planar: Geometry) => Geometry;
  /** Makes the shape without GEOS; undefined where it cannot. */
  readonly direct?: ((planar: Geometry) => Geometry | undefined) | undefined;
}

/**
 * Makes shapes of geometries in the plane of a layer: its own coordinates or those of `crs`. Where both are the same,
 * what GEOS has made is kept as it is until someone asks for its coordinates.
 *
 * @returns takes a geometry of the layer, and where it stands in the request.
 * @throws InvalidInput
 */
export function shaperInPlane(
  layer: Pick<PlacedLayer, 'crs'>,
  crs: CrsInput | undefined,
  geos: Geos,
  makeShape: MakeShape,
  { reduce = (planar) => planar, direct = () => undefined }: PlaneShortcuts = {},
): (geometry: Geometry, pointer: () => string) => PlacedShape {
  const layerPlane = planeForLayer(layer, crs, geos);
  const planeCrs = crs === undefined ? layer.crs : parseCrs(crs, '/inputs/crs');
  const isSame = layerPlane.keeps(everywhere);
  const { isGeographic } = layer.crs;
  const byGeos = (planar: Geometry): PlacedShape =>
    geos.scope((scope) => {
      const { geometry: handle, properties } = makeShape(scope, scope.read(reduce(planar)), planeCrs);
      const geometry = isSame ? takeResult(geos, handle) : scope.geometry(handle);
      return { geometry, ...(properties && { properties }) };
    });
  return (geometry, pointer) => {
    const plane = layerPlane.around([geometry]);
    const planar = plane.forward(geometry);
    const made = direct(planar);
    const { geometry: shape, properties }: PlacedShape = made ? { geometry: made } : byGeos(planar);
    const placed = isSame ? shape : plane.back(shape);
    if (isGeographic) checkLatitudes(placed, pointer);
    return { geometry: placed, ...(properties && { properties }) };
  };
}

/** Circles and rectangles about degrees may reach over a pole. */
function checkLatitudes(geometry: Geometry, pointer: () => string): void {
  const [, south = 0, , north = 0] = computeBounds([geometry]) ?? [];
  if (south >= -90 && north <= 90) return;
  const [pole, polar] = north > 90 ? ['North', 'EPSG:3995'] : ['South', 'EPSG:3031'];
  throw new InvalidInput(
    pointer(),
    `has a result that reaches over the ${pole} pole. Give a polar "crs" such as ${polar}.`,
  );
}
