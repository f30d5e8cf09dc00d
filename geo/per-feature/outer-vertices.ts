import type { Geometry } from 'geojson';
import { hasZ, WkbWriter } from '../formats/wkb/wkb.ts';
import { countWkbVertices, eachRunInWkb } from '../formats/wkb/wkb-measures.ts';
import { lazyGeometry } from '../layer/packed-geometries.ts';

/** Vertices below which GEOS is as fast with all of them. */
const FEW = 100;
/** Strips from west to east, of each of which the lowest and the highest vertex are found. */
const STRIPS = 256;
/** Share of its two products by which a determinant may be off (J. R. Shewchuk, Adaptive precision, 1997). */
const ROUNDING = 3.3306690738754716e-16;
/** More than what products lose that are too small for a number of full precision. */
const UNDERFLOW = 1e-300;

/**
 * A geometry with the same convex hull that lacks most vertices inside it: those that surely lie above a line of the
 * lowest vertices of strips and below one of the highest (after J. Bentley, M. Faust and F. Preparata, 1982). The
 * hull is exact all the same, as no corner of it lies between two vertices; GEOS finds the same one unless coordinates
 * are so small that numbers lose their precision. Heights stay, and what is small.
 */
export function outerVertices(geometry: Geometry): Geometry {
  if (hasZ(geometry)) return geometry;
  const wkb = new WkbWriter().write(geometry);
  if (countWkbVertices(wkb) < FEW) return geometry;
  const vertices = new Vertices(wkb);
  const low = new Chain(vertices, 1);
  const high = new Chain(vertices, -1);
  const { x, y, strips } = vertices;
  const outer: number[] = [];
  for (let index = 0; index < x.length; index++) {
    const strip = strips[index] ?? 0;
    const isInside =
      low.isBehind(x[index] ?? Number.NaN, y[index] ?? Number.NaN, strip) &&
      high.isBehind(x[index] ?? Number.NaN, y[index] ?? Number.NaN, strip);
    if (!isInside) outer.push(index);
  }
  return outer.length < x.length ? lazyGeometry(encodeLine(vertices, outer)) : geometry;
}

/** The vertices of a geometry, each in its strip. */
class Vertices {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly strips: Uint16Array;

  constructor(wkb: Uint8Array) {
    const count = countWkbVertices(wkb);
    this.x = new Float64Array(count);
    this.y = new Float64Array(count);
    this.strips = new Uint16Array(count);
    let [vertex, west, east] = [0, Infinity, -Infinity];
    eachRunInWkb(wkb, (view, offset, length, stride) => {
      for (let at = offset; at < offset + length * stride; at += stride) {
        const x = view.getFloat64(at, true);
        if (x < west) west = x;
        if (x > east) east = x;
        this.x[vertex] = x;
        this.y[vertex++] = view.getFloat64(at + 8, true);
      }
    });
    // Where all have the same x, they are in the first strip.
    const perUnit = east > west ? STRIPS / (east - west) : 0;
    for (let index = 0; index < count; index++)
      this.strips[index] = Math.min(STRIPS - 1, Math.floor(((this.x[index] ?? Number.NaN) - west) * perUnit));
  }
}

/** A line from west to east over the outermost vertices of the strips that bends one way. */
class Chain {
  readonly #x: number[] = [];
  readonly #y: number[] = [];
  /** Number of the vertex of the line before each strip; -1 where there is none. */
  readonly #before = new Int16Array(STRIPS);
  readonly #side: 1 | -1;

  /** @param side 1 for the lowest vertices, -1 for the highest. */
  constructor({ x, y, strips }: Vertices, side: 1 | -1) {
    this.#side = side;
    const outermost = new Int32Array(STRIPS).fill(-1);
    for (let index = 0; index < x.length; index++) {
      const found = outermost[strips[index] ?? 0] ?? -1;
      if (found < 0 || ((y[index] ?? Number.NaN) - (y[found] ?? Number.NaN)) * side < 0)
        outermost[strips[index] ?? 0] = index;
    }
    const stripsOfLine: number[] = [];
    for (const [strip, index] of outermost.entries()) {
      if (index < 0) continue;
      while (this.#x.length > 1 && !this.#bendsTo(x[index] ?? Number.NaN, y[index] ?? Number.NaN)) {
        this.#x.pop();
        this.#y.pop();
        stripsOfLine.pop();
      }
      this.#x.push(x[index] ?? Number.NaN);
      this.#y.push(y[index] ?? Number.NaN);
      stripsOfLine.push(strip);
    }
    let before = -1;
    for (let strip = 0; strip < STRIPS; strip++) {
      this.#before[strip] = before;
      if (stripsOfLine[before + 1] === strip) before++;
    }
  }

  /** True where a vertex surely lies on the inner side of an edge of the line, between its ends. */
  isBehind(x: number, y: number, strip: number): boolean {
    let from = this.#before[strip] ?? -1;
    if ((this.#x[from + 1] ?? Number.NaN) <= x) from++;
    return (
      from >= 0 &&
      from + 1 < this.#x.length &&
      (this.#x[from] ?? Number.NaN) < x &&
      x < (this.#x[from + 1] ?? Number.NaN) &&
      this.#isInside(from, x, y)
    );
  }

  #bendsTo(x: number, y: number): boolean {
    return this.#isInside(this.#x.length - 2, x, y);
  }

  #isInside(from: number, x: number, y: number): boolean {
    const [fromX, fromY] = [this.#x[from] ?? Number.NaN, this.#y[from] ?? Number.NaN];
    const up = ((this.#x[from + 1] ?? Number.NaN) - fromX) * (y - fromY);
    const down = ((this.#y[from + 1] ?? Number.NaN) - fromY) * (x - fromX);
    return (up - down) * this.#side > ROUNDING * (Math.abs(up) + Math.abs(down)) + UNDERFLOW;
  }
}

/** WKB of a line through vertices. */
function encodeLine({ x, y }: Vertices, indexes: readonly number[]): Uint8Array {
  const wkb = new Uint8Array(9 + indexes.length * 16);
  const view = new DataView(wkb.buffer);
  view.setUint8(0, 1);
  view.setUint32(1, 2, true);
  view.setUint32(5, indexes.length, true);
  for (const [position, index] of indexes.entries()) {
    view.setFloat64(9 + position * 16, x[index] ?? Number.NaN, true);
    view.setFloat64(17 + position * 16, y[index] ?? Number.NaN, true);
  }
  return wkb;
}
