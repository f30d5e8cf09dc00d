import type { Geometry } from 'geojson';
import type { CrsInput } from '../../core/run/bounding-box.ts';
import type { Encoded, RunContext, Source } from '../../core/run/context.ts';
import { readLayer } from '../formats/read.ts';
import { writeLayer } from '../formats/write.ts';
import { loadGeos } from '../geos/geos.ts';
import { onGeometry } from '../geos/refused-geometry.ts';
import type { Layer, LayerFeature } from '../layer/layer.ts';
import { eachGeometry } from './each-geometry.ts';
import { type MakeShape, type PlaneShortcuts, shaperInPlane } from './shape-in-plane.ts';

export interface ShapeInputs {
  readonly features: Source;
  readonly crs: CrsInput | undefined;
  /** Whether each feature gets a shape, which is the default, or all of the layer together one. */
  readonly scope?: 'feature' | 'layer';
}

/** Ways to the same shapes that are faster. */
export interface Shortcuts extends PlaneShortcuts {
  /** Makes the shapes of all features, other than one after the other on this thread. */
  readonly shapeEach?: (layer: Layer) => Promise<LayerFeature[]>;
}

/**
 * The whole of a process that makes one shape of each feature, or of all of a layer, in its plane: the layer's own
 * coordinates or those of `crs`.
 *
 * @param message what is being done, for the progress.
 * @throws InvalidRequest, LimitExceeded
 */
export async function writeShapes(
  inputs: ShapeInputs,
  context: RunContext,
  message: string,
  makeShape: MakeShape,
  { shapeEach, ...shortcuts }: Shortcuts = {},
): Promise<{ readonly result: Encoded }> {
  const layer = await readLayer(inputs.features, context);
  const shaped = shaperInPlane(layer, inputs.crs, await loadGeos(), makeShape, shortcuts);
  const each =
    shapeEach ??
    (() =>
      eachGeometry(layer, context, message, (geometry, index) =>
        shaped(geometry, () => layer.geometryPointer(index)),
      ));
  const features = inputs.scope === 'layer' ? await ofAll(layer, shaped) : await each(layer);
  return { result: await writeLayer({ ...layer, features }, context.format('result')) };
}

/** One feature of the geometries of all; none where there is no geometry. */
async function ofAll(layer: Layer, shaped: ReturnType<typeof shaperInPlane>): Promise<LayerFeature[]> {
  const geometries = layer.features.flatMap(({ geometry }) => geometry ?? []);
  if (geometries.length === 0) return [];
  const all: Geometry = { type: 'GeometryCollection', geometries };
  const pointer = () => '/inputs/features';
  const { geometry, properties = {} } = await onGeometry(pointer, async () => shaped(all, pointer));
  return [{ type: 'Feature', properties, geometry }];
}
