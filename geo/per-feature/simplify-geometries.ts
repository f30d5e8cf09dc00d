import type { Geometry } from 'geojson';
import type { CrsInput } from '../../core/run/bounding-box.ts';
import { rangeAt } from '../../core/shared/item-at.ts';
import type { Crs } from '../crs/crs.ts';
import { everywhere, planesOnTheGround, type WorkingPlane } from '../geodesy/working-planes.ts';
import { type Geos, loadGeos } from '../geos/geos.ts';
import { onGeometry } from '../geos/refused-geometry.ts';
import { packResult } from '../geos/results.ts';
import { simplifications } from '../geos/simplification.ts';
import { GeometryPacker, type PackedGeometries, wkbAt } from '../layer/packed-geometries.ts';
import { defineKernel } from '../parallel/kernel.ts';
import { type GeometriesInParts, presentGeometryAt } from '../parallel/parts.ts';
import { placeholderPointer } from '../parallel/places.ts';
import { Departures } from './departures.ts';
import { withOriginalPositions } from './original-positions.ts';

export interface GeometriesToSimplify extends GeometriesInParts {
  /** CRS of the geometries, and that of the work where one is given. */
  readonly layerCrs: Crs;
  readonly crs: CrsInput | undefined;
  /** Metres on the ground. */
  readonly tolerance: number;
  readonly method: keyof typeof simplifications;
}

/** Simplifies geometries, each in its plane. */
export const simplifyGeometries = defineKernel<GeometriesToSimplify, PackedGeometries>(
  'simplifyGeometries',
  async ({ geometries, starts, layerCrs, crs, tolerance, method }, { warn }) => {
    const geos = await loadGeos();
    const planes = planesOnTheGround({ crs: layerCrs, geometryPointer: placeholderPointer }, crs, geos, {
      warn,
    });
    const isSame = planes.common?.keeps(everywhere);
    const simplified = simplifications[method];
    const departures = new Departures(tolerance, warn);

    const simplify = (index: number, packer: GeometryPacker): void =>
      geos.scope((scope) => {
        const distance = tolerance * planes.unitsPerMetre;
        if (isSame) {
          packResult(geos, simplified(scope, scope.readWkb(wkbAt(geometries, index)), distance), packer);
          return;
        }
        const geometry = presentGeometryAt(geometries, index);
        const plane = planes.of(geometry, index, 0);
        const planar = plane.forward(geometry);
        const simple = scope.geometry(simplified(scope, scope.read(planar), distance));
        const back = backFrom(plane, simple, geometry, planar, planes.common !== undefined, geos);
        if (!planes.common) departures.check(back, geometry, placeholderPointer(index));
        packer.add(back);
      });

    return {
      part: async (number) => {
        const packer = new GeometryPacker();
        const [from, to] = rangeAt(starts, number);
        for (let index = from; index < to; index++)
          await onGeometry(placeholderPointer(index), async () => simplify(index, packer));
        return packer.packed();
      },
      end: () => {},
    };
  },
);

/**
 * A simplified geometry in the CRS of the layer. A plane about a feature loses a few nanometres on the way there and
 * back, and the heights: they are known.
 *
 * @param isCommon whether the plane is that of all features.
 */
export const backFrom = (
  plane: WorkingPlane,
  simple: Geometry,
  original: Geometry,
  planar: Geometry,
  isCommon: boolean,
  geos: Geos,
): Geometry =>
  isCommon
    ? plane.back(simple)
    : withOriginalPositions(simple, plane.entering(original), planar, plane, geos);
