import type { RunContext } from '../../../core/processes/declaration.ts';
import { loadGeos } from '../geos/geos.ts';
import { type ConcaveHullStyle, concaveHull } from '../geos/hulls.ts';
import { onGeometry } from '../geos/refused-geometry.ts';
import type { Layer, LayerFeature } from '../layers/layer.ts';
import { paceOf } from '../layers/pace.ts';
import {
  GeometryPacker,
  lazyGeometry,
  type PackedGeometries,
  sharedGeometries,
  wkbAt,
  wkbsOf,
} from '../layers/packed-geometries.ts';
import { placeOf } from '../threads/failure.ts';
import type { Operation } from '../threads/operation.ts';
import { partsOfGeometries, verticesOf } from '../threads/parts.ts';
import { shareWork } from '../threads/share-work.ts';
import { shaperInPlane } from './shape-in-plane.ts';

export interface GeometriesForHulls {
  /** None of them null. */
  readonly geometries: PackedGeometries;
  /** Where each part begins, and where the last one ends. */
  readonly starts: Uint32Array;
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
export async function concaveHulls(
  { features, crs: layerCrs, geometryPointer }: Layer,
  style: ConcaveHullStyle,
  crs: string | undefined,
  message: string,
  context: RunContext,
): Promise<LayerFeature[]> {
  const present = features.flatMap(({ geometry }, index) => (geometry ? [index] : []));
  const geometries = sharedGeometries(present.map((index) => features[index]!.geometry));
  const { starts, sizes } = partsOfGeometries(geometries);
  const parts = await shareWork(
    'concaveHull',
    { geometries, starts, layerCrs, crs, style },
    {
      context,
      sizes,
      vertices: verticesOf(geometries),
      tell: paceOf(context, features.length, message),
      pointers: [(position) => geometryPointer(present[position]!)],
    },
  );
  const hulls = parts.flatMap(wkbsOf);
  let next = 0;
  return features.map((feature) =>
    feature.geometry ? { ...feature, geometry: lazyGeometry(hulls[next++]!) } : feature,
  );
}
