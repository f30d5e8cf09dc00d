import type { Geometry } from 'geojson';
import { InvalidInput } from '../../core/shared/errors.ts';
import { rangeAt } from '../../core/shared/item-at.ts';
import { loadGeos } from '../geos/geos.ts';
import { GeometryPacker, type PackedGeometries } from '../layer/packed-geometries.ts';
import { defineKernel } from '../parallel/kernel.ts';
import { type GeometriesInParts, presentGeometryAt } from '../parallel/parts.ts';
import { placeholderPointer } from '../parallel/places.ts';
import { polygonFromCell } from './cell-polygon.ts';
import { type Covering, coverWithCells } from './covering.ts';

/** The geometries are in CRS84. */
export interface GeometriesToCover extends GeometriesInParts {
  readonly covering: Covering;
}

export interface Cells {
  /** Indices of the cells of one geometry after the other. */
  readonly cells: readonly string[];
  /** How many cells each geometry has. */
  readonly counts: readonly number[];
  readonly polygons: PackedGeometries;
}

/** Covers geometries with H3 cells, one by one. */
export const coverGeometries = defineKernel<GeometriesToCover, Cells>(
  'coverGeometries',
  async ({ geometries, starts, covering }, { isDue, breathe }) => {
    const geos = await loadGeos();
    return {
      part: async (number) => {
        const packer = new GeometryPacker();
        const cells: string[] = [];
        const counts: number[] = [];
        const [from, to] = rangeAt(starts, number);
        for (let index = from; index < to; index++) {
          const own = cellsAt(placeholderPointer(index), presentGeometryAt(geometries, index), covering);
          for (const cell of own) {
            if (isDue()) await breathe();
            packer.add(polygonFromCell(cell, geos));
            cells.push(cell);
          }
          counts.push(own.length);
        }
        return { cells, counts, polygons: packer.packed() };
      },
      end: () => {},
    };
  },
);

/** The library gives up on areas that it takes for none, such as rings without an inside. */
function cellsAt(pointer: string, geometry: Geometry, covering: Covering): string[] {
  try {
    return coverWithCells(geometry, covering);
  } catch (cause) {
    throw new InvalidInput(pointer, `cannot be covered with cells: ${(cause as Error).message}.`);
  }
}
