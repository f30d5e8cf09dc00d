import type { Geometry } from 'geojson';
import type { CrsInput } from '../../core/run/bounding-box.ts';
import type { RunContext } from '../../core/run/context.ts';
import { rangeAt } from '../../core/shared/item-at.ts';
import type { Crs } from '../crs/crs.ts';
import { loadGeos } from '../geos/geos.ts';
import { type ConcaveHullStyle, concaveHull } from '../geos/hulls.ts';
import { onGeometry } from '../geos/refused-geometry.ts';
import type { Layer, LayerFeature } from '../layer/layer.ts';
import { GeometryPacker, lazyGeometry, type PackedGeometries, wkbAt } from '../layer/packed-geometries.ts';
import { defineKernel } from '../parallel/kernel.ts';
import type { GeometriesInParts } from '../parallel/parts.ts';
import { placeholderPointer } from '../parallel/places.ts';
import { shareWork } from '../parallel/share-work.ts';
import { concavePolygon } from './concave-polygon.ts';
import { shaperInPlane } from './shape-in-plane.ts';
import { sharedChange } from './shared-change.ts';

export interface GeometriesForHulls extends GeometriesInParts {
  /** CRS of the geometries, and that of the work where one is given. */
  readonly layerCrs: Crs;
  readonly crs: CrsInput | undefined;
  readonly style: ConcaveHullStyle;
}

/** Makes concave hulls without GEOS; undefined where hulls may have holes. */
export const directHull = ({ ratio, allowHoles }: ConcaveHullStyle) =>
  allowHoles ? undefined : (planar: Geometry) => concavePolygon(planar, ratio);

/** Makes the concave hull of each geometry, in the plane of the work. */
export const hullGeometries = defineKernel<GeometriesForHulls, PackedGeometries>(
  'hullGeometries',
  async ({ geometries, starts, layerCrs, crs, style }) => {
    const computeHull = shaperInPlane(
      { crs: layerCrs },
      crs,
      await loadGeos(),
      (scope, geometry) => ({ geometry: concaveHull(scope, geometry, style) }),
      { direct: directHull(style) },
    );
    return {
      part: async (number) => {
        const packer = new GeometryPacker();
        const [from, to] = rangeAt(starts, number);
        for (let index = from; index < to; index++) {
          const place = placeholderPointer(index);
          const geometry = lazyGeometry(wkbAt(geometries, index));
          await onGeometry(place, async () => packer.add(computeHull(geometry, () => place).geometry));
        }
        return packer.packed();
      },
      end: () => {},
    };
  },
);

/** The features of a layer with the concave hull of each; threads share the work. */
export function concaveHulls(
  layer: Layer,
  style: ConcaveHullStyle,
  crs: CrsInput | undefined,
  message: string,
  context: RunContext,
): Promise<LayerFeature[]> {
  return sharedChange(layer, context, message, (work, sharing) =>
    shareWork(hullGeometries, { ...work, layerCrs: layer.crs, crs, style }, sharing),
  );
}
