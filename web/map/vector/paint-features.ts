import type { Extent } from 'ol/extent.js';
import type Geometry from 'ol/geom/Geometry.js';
import type GeometryCollection from 'ol/geom/GeometryCollection.js';
import type MultiPolygon from 'ol/geom/MultiPolygon.js';
import type SimpleGeometry from 'ol/geom/SimpleGeometry.js';
import type { FeatureStore } from '../data/feature-store.ts';
import { inSlices } from '../shared/slices.ts';
import type { Paint, Styled } from './vector-style.ts';

/** Pixels between two vertices that are drawn: what lies nearer cannot be seen. */
const APART = 0.6;
/** Features of less than so many pixels become a dot. */
const DOT = 1.2;

type Draw = { readonly context: CanvasRenderingContext2D; readonly extent: Extent; readonly scale: number };

/**
 * Draws features of which there are very many, in pieces between which the page stays responsive: vertices that lie
 * within a pixel are left out, and so are the outlines of what is no larger than a dot.
 *
 * @param scale pixels per unit of the map.
 */
export async function paintFeatures(
  store: FeatureStore,
  styled: Styled,
  { extent, scale, ratio }: { readonly extent: Extent; readonly scale: number; readonly ratio: number },
  signal: AbortSignal,
): Promise<HTMLCanvasElement> {
  const [west = 0, south = 0, east = 0, north = 0] = extent;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round((east - west) * scale);
  canvas.height = Math.round((north - south) * scale);
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  const margin = (8 * ratio) / scale;
  const shown = store.within([west - margin, south - margin, east + margin, north + margin]);
  const dots: Dots[] = [];
  let last = -1;
  await inSlices(
    shown.length,
    (index) => {
      const number = shown[index] ?? 0;
      const geometry = store.geometries[number];
      const choice = styled.choose(number);
      const paint = styled.paints[choice];
      if (!geometry || !paint) return;
      if (choice !== last) use(context, paint, ratio);
      last = choice;
      drawGeometry({ context, extent, scale }, geometry, () => {
        dots[choice] ??= makeDots(paint, ratio, canvas);
        return dots[choice];
      });
    },
    signal,
  );
  return canvas;
}

function use(context: CanvasRenderingContext2D, { fill, stroke, width }: Paint, ratio: number): void {
  context.fillStyle = fill;
  context.strokeStyle = stroke;
  context.lineWidth = width * ratio;
}

function drawGeometry(draw: Draw, geometry: Geometry, dots: () => Dots): void {
  const type = geometry.getType();
  if (type === 'GeometryCollection') {
    for (const part of (geometry as GeometryCollection).getGeometriesArray()) drawGeometry(draw, part, dots);
    return;
  }
  const flat = (geometry as SimpleGeometry).getFlatCoordinates();
  const stride = (geometry as SimpleGeometry).getStride();
  if (type === 'Point' || type === 'MultiPoint') drawPoints(draw, flat, stride, dots());
  else if (isDot(draw, geometry)) drawDot(draw, geometry);
  else {
    draw.context.beginPath();
    for (const [start, end] of partsIn(geometry, flat.length)) trace(draw, flat, stride, start, end);
    if (type.endsWith('Polygon')) draw.context.fill('evenodd');
    draw.context.stroke();
  }
}

/** Draws points as copies of one small picture; where one of the same paint is already, no other is put on top. */
function drawPoints(draw: Draw, flat: number[], stride: number, { sprite, taken }: Dots): void {
  const { context, extent, scale } = draw;
  const { width, height } = context.canvas;
  const half = sprite.width / 2;
  for (let index = 0; index < flat.length; index += stride) {
    const x = Math.round(((flat[index] ?? 0) - (extent[0] ?? 0)) * scale);
    const y = Math.round(((extent[3] ?? 0) - (flat[index + 1] ?? 0)) * scale);
    const isInside = x >= 0 && y >= 0 && x < width && y < height;
    const place = y * width + x;
    if (isInside && taken[place] === 1) continue;
    if (isInside) taken[place] = 1;
    context.drawImage(sprite, x - half, y - half);
  }
}

/** What points of one paint are drawn with. */
interface Dots {
  readonly sprite: HTMLCanvasElement;
  /** 1 for each pixel of the picture that has a point of this paint. */
  readonly taken: Uint8Array;
}

function makeDots(paint: Paint, ratio: number, { width, height }: HTMLCanvasElement): Dots {
  const radius = paint.radius * ratio * 0.7;
  const sprite = document.createElement('canvas');
  sprite.width = sprite.height = 2 * Math.ceil(radius + ratio);
  const context = sprite.getContext('2d');
  if (context) {
    use(context, paint, ratio);
    context.arc(sprite.width / 2, sprite.height / 2, radius, 0, 7);
    context.fill();
    context.stroke();
  }
  return { sprite, taken: new Uint8Array(width * height) };
}

function isDot({ scale }: Draw, geometry: Geometry): boolean {
  const [west = 0, south = 0, east = 0, north = 0] = geometry.getExtent();
  return (east - west) * scale < DOT && (north - south) * scale < DOT;
}

function drawDot({ context, extent, scale }: Draw, geometry: Geometry): void {
  const [west = 0, , , north = 0] = geometry.getExtent();
  const fill = context.fillStyle;
  context.fillStyle = context.strokeStyle;
  context.fillRect((west - (extent[0] ?? 0)) * scale, ((extent[3] ?? 0) - north) * scale, DOT, DOT);
  context.fillStyle = fill;
}

/** Where lines and rings begin and end in the flat list of coordinates. */
function partsIn(geometry: Geometry, length: number): [start: number, end: number][] {
  const type = geometry.getType();
  const ends =
    type === 'MultiPolygon'
      ? (geometry as MultiPolygon).getEndss().flat()
      : type === 'LineString'
        ? [length]
        : (geometry as unknown as { getEnds(): number[] }).getEnds();
  return ends.map((end, index) => [index === 0 ? 0 : (ends[index - 1] ?? 0), end]);
}

function trace(
  { context, extent, scale }: Draw,
  flat: number[],
  stride: number,
  start: number,
  end: number,
): void {
  const [west = 0, , , north = 0] = extent;
  let [lastX, lastY] = [Number.NaN, Number.NaN];
  for (let index = start; index < end; index += stride) {
    const x = ((flat[index] ?? 0) - west) * scale;
    const y = (north - (flat[index + 1] ?? 0)) * scale;
    if (index === start) context.moveTo(x, y);
    else if (Math.abs(x - lastX) < APART && Math.abs(y - lastY) < APART && index + stride < end) continue;
    else context.lineTo(x, y);
    [lastX, lastY] = [x, y];
  }
}
