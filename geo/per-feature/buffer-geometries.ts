import type { CrsInput } from '../../core/run/bounding-box.ts';
import { itemAt, rangeAt } from '../../core/shared/item-at.ts';
import type { Crs } from '../crs/crs.ts';
import { everywhere, planesOnTheGround } from '../geodesy/working-planes.ts';
import { type BufferStyle, loadGeos } from '../geos/geos.ts';
import { onGeometry } from '../geos/refused-geometry.ts';
import { packResult } from '../geos/results.ts';
import { GeometryPacker, type PackedGeometries, wkbAt } from '../layer/packed-geometries.ts';
import { defineKernel } from '../parallel/kernel.ts';
import { type GeometriesInParts, presentGeometryAt } from '../parallel/parts.ts';
import { placeholderPointer } from '../parallel/places.ts';
import { edgesOff } from './buffer-edges.ts';

export interface GeometriesToBuffer extends GeometriesInParts {
  /** CRS of the geometries, and that of the work where one is given. */
  readonly layerCrs: Crs;
  readonly crs: CrsInput | undefined;
  /** Metres, for each geometry. */
  readonly distances: Float64Array;
  /** How many times as long pieces of long edges are as they should be. */
  readonly longer: number;
  readonly style: BufferStyle;
  /** Whether buffers stay in the plane that all geometries share, if there is one. */
  readonly stay: boolean;
}

/** Buffers geometries, each in its plane. */
export const bufferGeometries = defineKernel<GeometriesToBuffer, PackedGeometries>(
  'bufferGeometries',
  async ({ geometries, starts, layerCrs, crs, distances, longer, style, stay }, { warn }) => {
    const geos = await loadGeos();
    const planes = planesOnTheGround({ crs: layerCrs, geometryPointer: placeholderPointer }, crs, geos, {
      warn,
    });
    const isSame = planes.common?.keeps(everywhere);

    const buffer = (index: number, packer: GeometryPacker): void =>
      geos.scope((scope) => {
        const metres = itemAt(distances, index);
        const distance = metres * planes.unitsPerMetre;
        if (isSame) {
          packResult(geos, scope.buffer(scope.readWkb(wkbAt(geometries, index)), distance, style), packer);
          return;
        }
        const geometry = presentGeometryAt(geometries, index);
        const plane = planes.of(geometry, index, metres, { metres: edgesOff(metres), longer });
        const area = scope.buffer(scope.read(plane.forward(geometry)), distance, style);
        if (stay && planes.common) packResult(geos, area, packer);
        else packer.add(plane.back(scope.geometry(area)));
      });

    return {
      part: async (number) => {
        const packer = new GeometryPacker();
        const [from, to] = rangeAt(starts, number);
        for (let index = from; index < to; index++)
          await onGeometry(placeholderPointer(index), async () => buffer(index, packer));
        return packer.packed();
      },
      end: () => {},
    };
  },
);
