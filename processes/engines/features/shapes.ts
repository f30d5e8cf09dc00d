import type { Geometry } from 'geojson';
import { InvalidInput } from '../../../core/errors.ts';
import type { Encoded, RunContext, Source } from '../../../core/processes/declaration.ts';
import { planeOfLayer, type WorkingPlane } from '../geodesy/working-planes.ts';
import { type Geos, type GeosScope, type Handle, loadGeos } from '../geos/geos.ts';
import { onGeometry } from '../geos/refused-geometry.ts';
import { crsOf } from '../layers/crs.ts';
import { boundsOf, type Layer, type LayerFeature, type Properties } from '../layers/layer.ts';
import { readLayer } from '../layers/read.ts';
import { writeLayer } from '../layers/write.ts';
import { type Change, eachGeometry } from './each-geometry.ts';

export interface ShapeInputs {
  readonly features: Source;
  readonly crs: string | undefined;
  /** Whether each feature gets a shape, which is the default, or all of the layer together one. */
  readonly scope?: 'feature' | 'layer';
}

/** A shape inside GEOS, and properties that come with it. */
export interface Shape {
  readonly geometry: Handle;
  readonly properties?: Properties;
}

export type ShapeOf = (scope: GeosScope, geometry: Handle) => Shape;

/**
 * The whole of a process that makes one shape of each feature, or of all of a layer, in its plane: the layer's own
 * coordinates or those of `crs`.
 *
 * @param message what is being done, for the progress.
 * @throws InvalidRequest, LimitExceeded
 */
export async function shapesOf(
  inputs: ShapeInputs,
  context: RunContext,
  message: string,
  shapeOf: ShapeOf,
): Promise<{ readonly result: Encoded }> {
  const layer = await readLayer(inputs.features, context);
  const geos = await loadGeos();
  const plane = planeOfLayer(layer, inputs.crs, geos);
  const { isGeographic } = crsOf(layer.crs, '/inputs/features');
  const work = { layer, geos, shapeOf, plane, isGeographic };
  const features =
    inputs.scope === 'layer'
      ? await ofAll(work)
      : await eachGeometry(layer, context, message, (geometry, index) =>
          shaped(work.plane.forward(geometry), work, () => layer.geometryPointer(index)),
        );
  return { result: await writeLayer({ ...layer, features }, context.format('result')) };
}

interface Work {
  readonly layer: Layer;
  readonly geos: Geos;
  readonly plane: WorkingPlane;
  /** Whether the coordinates of the layer are degrees. */
  readonly isGeographic: boolean;
  readonly shapeOf: ShapeOf;
}

/** One feature of the geometries of all; none where there is no geometry. */
async function ofAll(work: Work): Promise<LayerFeature[]> {
  const { layer, plane } = work;
  const geometries = layer.features.flatMap(({ geometry }) => (geometry ? [plane.forward(geometry)] : []));
  if (geometries.length === 0) return [];
  const all: Geometry = { type: 'GeometryCollection', geometries };
  const pointer = () => '/inputs/features';
  const { geometry, properties = {} } = await onGeometry(pointer, async () => shaped(all, work, pointer));
  return [{ type: 'Feature', properties, geometry }];
}

/** The shape of a geometry of the plane, back in the CRS of the layer. */
function shaped(
  planar: Geometry,
  { geos, plane, isGeographic, shapeOf }: Work,
  pointer: () => string,
): Change & { readonly geometry: Geometry } {
  return geos.scope((scope) => {
    const { geometry: handle, properties } = shapeOf(scope, scope.read(planar));
    const geometry = plane.back(scope.geometry(handle));
    if (isGeographic) checkLatitudes(geometry, pointer);
    return { geometry, ...(properties && { properties }) };
  });
}

/** Circles and rectangles about degrees may reach over a pole. */
function checkLatitudes(geometry: Geometry, pointer: () => string): void {
  const [, south = 0, , north = 0] = boundsOf([geometry]) ?? [];
  if (south >= -90 && north <= 90) return;
  const [pole, polar] = north > 90 ? ['North', 'EPSG:3995'] : ['South', 'EPSG:3031'];
  throw new InvalidInput(
    pointer(),
    `has a result that reaches over the ${pole} pole. Give a polar "crs" such as ${polar}.`,
  );
}
