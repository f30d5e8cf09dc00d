import { type Crs, crs84, sameCrs } from '../../crs/crs.ts';
import { affineX, affineY, invertAffine } from '../grid/affine.ts';
import type { Grid, Window } from '../raster.ts';
import { type PixelTransformer, pointTransformer } from './pixel-transformer.ts';

/** Pixels of the target per pixel of the source along each axis; below 1 the target is coarser. */
export interface Scale {
  readonly x: number;
  readonly y: number;
}

/** The part of the source that a part of the target shows. */
export interface SourceWindow {
  readonly columns: number;
  readonly rows: number;
  readonly scale: Scale;
  /** Share of what the part of the target leads to that lies in the source. */
  readonly fill: number;
}

type Target = Grid & { readonly crs: Crs };

/** Samples along each side, or each way of the grid. */
const STEPS = 21;
const shares: readonly number[] = Array.from({ length: STEPS }, (_, step) => step / (STEPS - 1));

/**
 * Finds which part of the source a part of the target shows, from samples on its border, as GDAL does: the scale of its
 * kernels follows from it. Where the border is not enough, because some of it cannot be transformed or a pole lies in
 * the target, samples inside are taken too.
 *
 * @param between `back` leads from pixels of the target to pixels of the source, `forward` the other way
 * @param radius pixels that the kernel looks at on each side, unstretched
 */
export function sourceWindow(
  source: Grid,
  target: Target,
  part: Window,
  between: PixelTransformer,
  radius: number,
): SourceWindow {
  const box = new Box(between.back, part);
  for (const share of shares) {
    box.look(share, 0);
    box.look(share, 1);
    box.look(0, share);
    box.look(1, share);
  }
  if (box.cornerFailed) box.lookAlongBorder();
  const difficult = box.failed > 0 || (!sameCrs(source.crs, target.crs) && holdsPole(target));
  if (difficult) {
    box.failed = 0;
    const inside = [0.5 / part.width, ...shares, 1 - 0.5 / part.width];
    for (const down of inside) for (const across of inside) box.look(across, down);
    lookFromSource(box, source, part, between);
  }
  const extra = box.failed > 0 ? 10 : 0;
  const across = along(part.width, source.width, box.left, box.right, radius, extra);
  const down = along(part.height, source.height, box.top, box.bottom, radius, extra);
  return {
    columns: across.window,
    rows: down.window,
    scale: { x: across.scale, y: down.scale },
    fill: (across.window * down.window) / Math.max(1, across.wanted * down.wanted),
  };
}

/** Bounds of the places in the source of points of a part of the target. */
class Box {
  left = Infinity;
  top = Infinity;
  right = -Infinity;
  bottom = -Infinity;
  failed = 0;
  cornerFailed = false;
  readonly #back: PixelTransformer['back'];
  readonly #part: Window;

  constructor(back: PixelTransformer['back'], part: Window) {
    this.#back = back;
    this.#part = part;
  }

  /** Looks at a place, in shares of the width and height of the part. */
  look(across: number, down: number): void {
    const { column, row, width, height } = this.#part;
    const point = this.#back(column + across * width, row + down * height);
    if (point) this.include(point[0], point[1]);
    else {
      this.failed++;
      this.cornerFailed ||= (across === 0 || across === 1) && (down === 0 || down === 1);
    }
  }

  lookAlongBorder(): void {
    const { width, height } = this.#part;
    for (let column = 0; column <= width; column++)
      for (const side of [0, 1]) this.look(column / width, side);
    for (let row = 0; row <= height; row++) for (const side of [0, 1]) this.look(side, row / height);
  }

  include(column: number, row: number): void {
    this.left = Math.min(this.left, column);
    this.right = Math.max(this.right, column);
    this.top = Math.min(this.top, row);
    this.bottom = Math.max(this.bottom, row);
  }
}

function lookFromSource(box: Box, source: Grid, part: Window, { forward }: PixelTransformer): void {
  const inside = (size: number) => [0.5 / size, ...shares, 1 - 0.5 / size];
  for (const down of inside(source.height)) {
    for (const across of inside(source.width)) {
      const point = forward(across * source.width, down * source.height);
      if (point && isWithin(point[0] - part.column, part.width) && isWithin(point[1] - part.row, part.height))
        box.include(across * source.width, down * source.height);
    }
  }
}

const isWithin = (place: number, size: number): boolean => place >= 0 && place <= size;

/** Degrees: exactly at a pole some projections lose the longitude. */
const NEARLY_POLE = 89.9999;

/** Whether a pole lies inside the target: then its border does not bound the part of the source that it shows. */
function holdsPole(target: Target): boolean {
  const toTarget = pointTransformer(crs84, target.crs);
  const inverse = invertAffine(target.transform);
  return [-NEARLY_POLE, NEARLY_POLE].some((latitude) => {
    const point = toTarget(0, latitude);
    return (
      point !== undefined &&
      isWithin(affineX(inverse, point[0], point[1]), target.width) &&
      isWithin(affineY(inverse, point[0], point[1]), target.height)
    );
  });
}

/** Size of the window along one axis, with the kernel around it, and the scale without. Near 1/n the scale is 1/n. */
function along(
  target: number,
  source: number,
  from: number,
  to: number,
  radius: number,
  extra: number,
): { readonly window: number; readonly wanted: number; readonly scale: number } {
  if (!(from <= source && to >= 0)) return { window: 0, wanted: 0, scale: 1 };
  const [least, most] = [withoutRounding(from), withoutRounding(to)];
  const coarse = Math.max(1e-3, target / (most - least));
  const reach = (coarse < 0.95 ? Math.ceil(radius / coarse) : radius) + extra;
  const low = Math.floor(Math.max(0, least));
  const high = Math.min(Math.ceil(most), source);
  const part = Math.max(0, Math.min(source - low, most - least));
  const start = Math.max(0, low - reach);
  const window = high - low > 0.9 * source ? source : Math.min(source - start, high - start + reach);
  const wanted = most - least + 2 * reach;
  return { window, wanted, scale: computeScale(target, window, part) };
}

function computeScale(target: number, window: number, part: number): number {
  if (part === 0 || (window >= target && window <= target + window - part)) return 1;
  const scale = target / part;
  if (scale >= 1) return scale;
  const times = Math.floor(1 / scale + 0.5);
  return Math.abs(1 / scale - times) < 0.05 ? 1 / times : scale;
}

/** What is a whole number but for rounding errors is one. */
const withoutRounding = (value: number): number =>
  Math.abs(Math.round(value) - value) < 1e-6 ? Math.round(value) : value;
