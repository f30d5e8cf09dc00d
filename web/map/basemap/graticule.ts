import Layer from 'ol/layer/Layer.js';
import type { FrameState } from 'ol/Map.js';
import { fromLonLat, toLonLat } from 'ol/proj.js';
import { degreesText } from '../shared/degrees.ts';
import { roundStep } from '../shared/round-step.ts';
import type { Colours } from './styles.ts';

/** Pixels between two lines, at least. */
const APART = 110;
/** Pixels on the left that buttons lie upon. */
const TOOLS = 48;
/** Metres per pixel below which the countries are one colour, and lines take their place. */
const BEYOND_BASEMAP = 300;

/** Meridians and parallels with their degrees, at scales of which the basemap says nothing. */
export function graticuleLayer(colours: () => Colours): Layer {
  const canvas = document.createElement('canvas');
  canvas.className = 'graticule';
  return new Layer({
    maxResolution: BEYOND_BASEMAP,
    render: (frame) => {
      drawLines(canvas, frame, colours());
      return canvas;
    },
  });
}

function drawLines(canvas: HTMLCanvasElement, frame: FrameState, { border, name, land }: Colours): void {
  const { size, pixelRatio, extent, viewState } = frame;
  const [width = 0, height = 0] = size;
  canvas.width = Math.round(width * pixelRatio);
  canvas.height = Math.round(height * pixelRatio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  if (!context || !extent) return;
  context.scale(pixelRatio, pixelRatio);
  const { center, resolution } = viewState;
  const column = (x: number) => width / 2 + (x - (center[0] ?? 0)) / resolution;
  const row = (y: number) => height / 2 - (y - (center[1] ?? 0)) / resolution;
  const [west = 0, south = 0, east = 0, north = 0] = extent;
  const [left, right] = [longitudeOf(west), longitudeOf(east)];
  const [low = 0, high = 0] = [south, north].map((y) => toLonLat([0, y])[1] ?? 0);
  const step = roundStep((right - left) / (width / APART));
  context.font = '11px system-ui, sans-serif';
  context.strokeStyle = border;
  const labels: [text: string, x: number, y: number][] = [];
  context.beginPath();
  for (const degrees of multiples(left, right, step)) {
    const x = Math.round(column(degrees / longitudeOf(1))) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, height);
    // On the left are the buttons.
    if (x > TOOLS) labels.push([degreesText(wrapped(degrees), step), x + 4, 13]);
  }
  for (const degrees of multiples(low, high, step)) {
    const y = Math.round(row(fromLonLat([0, degrees])[1] ?? 0)) + 0.5;
    context.moveTo(0, y);
    context.lineTo(width, y);
    const text = degreesText(degrees, step);
    // The corner is that of the meridians.
    if (y > 30) labels.push([text, width - context.measureText(text).width - 5, y - 4]);
  }
  context.globalAlpha = 0.7;
  context.stroke();
  context.globalAlpha = 1;
  context.fillStyle = name;
  context.strokeStyle = land;
  context.lineWidth = 3;
  for (const label of labels) {
    context.strokeText(...label);
    context.fillText(...label);
  }
}

/** All multiples of a step between two numbers. */
function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - first + 1);
  return Array.from({ length: count }, (_, index) => (first + index) * step);
}

/** Not as `toLonLat` has it, which begins anew at the antimeridian. */
const longitudeOf = (x: number): number => ((x / 6_378_137) * 180) / Math.PI;

const wrapped = (longitude: number): number => longitude - 360 * Math.round(longitude / 360);
