import type { RunContext } from '../../../core/processes/declaration.ts';
import { loadGeos } from '../geos/geos.ts';
import { type ConcaveHullStyle, concaveHull } from '../geos/hulls.ts';
import { onGeometry } from '../geos/refused-geometry.ts';
import type { Layer, LayerFeature } from '../layers/layer.ts';
import { GeometryPacker, lazyGeometry, type PackedGeometries, wkbAt } from '../layers/packed-geometries.ts';
import { placeOf } from '../threads/failure.ts';
import type { Operation } from '../threads/operation.ts';
import type { GeometriesInParts } from '../threads/parts.ts';
import { shareWork } from '../threads/share-work.ts';
import { shaperInPlane } from './shape-in-plane.ts';
import { sharedChange } from './shared-change.ts';

export interface GeometriesForHulls extends GeometriesInParts {
  /** CRS of the geometries, and that of the work where one is given. */
  readonly layerCrs: string;
  readonly crs: string | undefined;
  readonly style: ConcaveHullStyle;
}

/** Makes the concave hull of each geometry, in the plane of the work. */
export const hullGeometries: Operation<GeometriesForHulls, PackedGeometries> = async ({
  geometries,
  starts,
  layerCrs,
  crs,
  style,
}) => {
  const hullOf = shaperInPlane({ crs: layerCrs }, crs, await loadGeos(), (scope, geometry) => ({
    geometry: concaveHull(scope, geometry, style),
  }));
  return {
    part: async (number) => {
      const packer = new GeometryPacker();
      for (let index = starts[number]!; index < starts[number + 1]!; index++) {
        const place = placeOf(index);
        const geometry = lazyGeometry(wkbAt(geometries, index));
        await onGeometry(place, async () => packer.add(hullOf(geometry, () => place).geometry));
      }
      return packer.packed();
    },
    end: () => {},
  };
};

/** The features of a layer with the concave hull of each; threads share the work. */
export function concaveHulls(
  layer: Layer,
  style: ConcaveHullStyle,
  crs: string | undefined,
  message: string,
  context: RunContext,
): Promise<LayerFeature[]> {
  return sharedChange(layer, context, message, (work, sharing) =>
    shareWork('concaveHull', { ...work, layerCrs: layer.crs, crs, style }, sharing),
  );
}
