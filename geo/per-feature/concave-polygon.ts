import type { Geometry } from 'geojson';
import { greatest } from '../../core/shared/arrays.ts';
import { hasZ, WkbWriter } from '../formats/wkb/wkb.ts';
import { computeWkbBounds, countWkbVertices, eachRunInWkb } from '../formats/wkb/wkb-measures.ts';
import { keptWkb } from '../geometry/lazy-geometry.ts';
import { lazyGeometry } from '../layer/packed-geometries.ts';
import { concaveRing } from '../tessellation/concave-ring.ts';

/**
 * The concave hull of a geometry without holes, as `GEOSConcaveHull` makes it; undefined of what has no area or has heights. GEOS asks in
 * numbers of 128 bits whether points lie in circles, which the processor does not have.
 */
export function concavePolygon(geometry: Geometry, ratio: number): Geometry | undefined {
  if (hasZ(geometry)) return undefined;
  const wkb = keptWkb(geometry) ?? new WkbWriter().write(geometry);
  const bounds = computeWkbBounds(wkb);
  if (!bounds) return undefined;
  // A power of two takes no digits.
  const scale = 2 ** Math.ceil(Math.log2(greatest(bounds.map(Math.abs)) || 1));
  const xy = distinctVertices(wkb, scale);
  const ring = concaveRing(xy, ratio);
  return ring && lazyGeometry(encodePolygon(ring, xy, scale));
}

/** x and y of the vertices of a geometry divided by a number, of those at one place the first. */
function distinctVertices(wkb: Uint8Array, scale: number): Float64Array {
  const xy = new Float64Array(countWkbVertices(wkb) * 2);
  let count = 0;
  /** The y of each x: most have one. */
  const known = new Map<number, number | Set<number>>();
  const isNew = (x: number, y: number): boolean => {
    const ys = known.get(x);
    if (ys === undefined) known.set(x, y);
    else if (ys === y || (typeof ys === 'object' && ys.has(y))) return false;
    else if (typeof ys === 'number') known.set(x, new Set([ys, y]));
    else ys.add(y);
    return true;
  };
  eachRunInWkb(wkb, (view, offset, length, stride) => {
    for (let at = offset; at < offset + length * stride; at += stride) {
      const x = view.getFloat64(at, true) / scale;
      const y = view.getFloat64(at + 8, true) / scale;
      if (!isNew(x, y)) continue;
      xy[count * 2] = x;
      xy[count * 2 + 1] = y;
      count++;
    }
  });
  return xy.subarray(0, count * 2);
}

/** WKB of a polygon of one ring. */
function encodePolygon(ring: readonly number[], xy: Float64Array, scale: number): Uint8Array {
  const wkb = new Uint8Array(13 + (ring.length + 1) * 16);
  const view = new DataView(wkb.buffer);
  view.setUint8(0, 1);
  view.setUint32(1, 3, true);
  view.setUint32(5, 1, true);
  view.setUint32(9, ring.length + 1, true);
  for (let place = 0; place <= ring.length; place++) {
    const point = ring[place % ring.length] ?? 0;
    view.setFloat64(13 + place * 16, (xy[point * 2] ?? 0) * scale, true);
    view.setFloat64(21 + place * 16, (xy[point * 2 + 1] ?? 0) * scale, true);
  }
  return wkb;
}
