import { zOrder } from '../geometry/z-order.ts';
import { sharedNumbers } from '../layer/packed-geometries.ts';
import type { StoredLayer } from './stored-layer.ts';

/** About as many parts has a large layer; each has features enough to be worth the way between threads. */
const PARTS = 128;
const LEAST = 16;
const MOST = 1000;

/** Cuts the features of a layer into parts of neighbours, which meet much the same features of another. */
export function splitLayer({ boxes }: StoredLayer): Uint32Array[] {
  const order = sharedNumbers(zOrder(boxes));
  const size = Math.max(LEAST, Math.min(MOST, Math.ceil(order.length / PARTS)));
  return Array.from({ length: Math.ceil(order.length / size) }, (_, part) =>
    order.subarray(part * size, (part + 1) * size),
  );
}
