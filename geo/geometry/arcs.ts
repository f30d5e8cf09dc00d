import type { Position } from 'geojson';
import { FormatError } from '../../core/shared/format-error.ts';
import { requirePresent } from '../../core/shared/require-present.ts';

/** Degrees of arc between vertices, about, as GDAL has it by default (`OGR_ARC_STEPSIZE`). */
export const ARC_STEP = 4;

/** Segments that an arc has at least. */
const LEAST_SEGMENTS = 7;

/** Largest coordinate of an arc: the fourth powers of larger ones are beyond the range of numbers. */
const LARGEST = 1e75;

/** Share of a coordinate by which ends that are to meet may differ: GDAL's, a matter of the last digits. */
const ROUNDING = 1e-14;

/** A curve is not one. */
export class CurveError extends FormatError {
  static override readonly name: string = 'CurveError';
}

/** Is told how many vertices a curve is about to get; throws where they are too many. */
export type TellCurve = (vertices: number) => void;

/**
 * The line in the place of a circular string: arcs, each through three positions, the last of which is the first of the next
 * arc. Vertices are at equal angles of about {@link ARC_STEP} degrees, where GDAL has them, and in the same places whichever way an
 * arc goes; heights are interpolated by the angle before and after the position in the middle. An arc whose ends are the same
 * is a circle with the middle opposite to them; three positions on a line stay that line.
 *
 * @param positions in the plane of their CRS; what follows the last whole arc stays as it is
 * @throws CurveError for an arc through a position that is no number, or so far away that no circle can be computed
 */
export function linearizeArcs(positions: readonly Position[], tell?: TellCurve): Position[] {
  const [first] = positions;
  if (!first) return [];
  const line = [first];
  let at = 0;
  for (; at + 2 < positions.length; at += 2) {
    const [start, middle, end] = positions.slice(at, at + 3) as [Position, Position, Position];
    for (const position of [start, middle, end]) checkPosition(position);
    for (const position of verticesOf(start, middle, end, tell)) line.push(position);
    line.push(end);
  }
  for (const rest of positions.slice(at + 1)) line.push(rest);
  return line;
}

function checkPosition(position: Position): void {
  const [x, y] = position;
  if (Math.abs(number(x)) <= LARGEST && Math.abs(number(y)) <= LARGEST) return;
  throw new CurveError(
    `an arc goes through the position ${x} ${y}; coordinates of arcs must be numbers up to ${LARGEST}.`,
  );
}

/**
 * The line of a compound curve: each part begins where the one before ends. Parts without positions are none.
 *
 * @throws CurveError where parts do not meet, as GDAL refuses them
 */
export function joinLines(parts: readonly (readonly Position[])[]): Position[] {
  const line: Position[] = [];
  for (const part of parts) {
    const [start] = part;
    const end = line.at(-1);
    if (start && end && !meets(start, end))
      throw new CurveError(
        `the parts of a compound curve are not contiguous: one ends at ${end.join(' ')}, and the next begins at ${start.join(' ')}.`,
      );
    for (const position of end ? part.slice(1) : part) line.push(position);
  }
  return line;
}

/** A height that is not known meets every other. */
const meets = (one: Position, other: Position): boolean =>
  one.every((coordinate, axis) => {
    const against = other[axis] ?? coordinate;
    return (
      coordinate === against ||
      Math.abs(coordinate - against) <= ROUNDING * Math.max(Math.abs(coordinate), Math.abs(against))
    );
  });

/** Positions between the ends of an arc. */
function verticesOf(start: Position, middle: Position, end: Position, tell?: TellCurve): Position[] {
  // Both ways the same is computed: neighbours that share an arc share its vertices.
  if (isBefore(start, end)) return verticesOf(end, middle, start, tell).reverse();
  const arc = findArc(start, middle, end);
  if (!arc) return [middle];
  const { centre, radius, from, through, to } = arc;
  const steps = Math.round(Math.abs(to - from) / ((ARC_STEP / 180) * Math.PI));
  // GDAL hides the position in the middle in pairs of vertices: their number is even.
  const segments = Math.max(LEAST_SEGMENTS, steps + ((steps + 1) % 2));
  tell?.(segments);
  const hasHeight = [start, middle, end].every(({ length }) => length > 2);
  return Array.from({ length: segments - 1 }, (_, index) => {
    const angle = from + ((to - from) * (index + 1)) / segments;
    const [x, y] = [centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle)];
    if (!hasHeight) return [x, y];
    const isFirst = Math.abs(angle - from) < Math.abs(through - from);
    return [
      x,
      y,
      isFirst
        ? between(heightOf(start), heightOf(middle), (angle - from) / (through - from))
        : between(heightOf(middle), heightOf(end), (angle - through) / (to - through)),
    ];
  });
}

const isBefore = ([x, y]: Position, [otherX, otherY]: Position): boolean =>
  number(x) < number(otherX) || (x === otherX && number(y) < number(otherY));

const number = (value: number | undefined): number => requirePresent(value, 'The coordinate');
const heightOf = ([, , height]: Position): number => number(height);
const between = (one: number, other: number, share: number): number => one + (other - one) * share;

interface Arc {
  readonly centre: readonly [number, number];
  readonly radius: number;
  /** Angles in radians, which grow or shrink from each to the next. */
  readonly from: number;
  readonly through: number;
  readonly to: number;
}

/** Undefined where three positions are on a line. */
function findArc(
  [startX = 0, startY = 0]: Position,
  [middleX = 0, middleY = 0]: Position,
  [endX = 0, endY = 0]: Position,
): Arc | undefined {
  // From the middle, in which numbers are small.
  const [ax, ay] = [startX - middleX, startY - middleY];
  if (startX === endX && startY === endY) {
    const radius = Math.hypot(ax, ay) / 2;
    if (radius === 0) return undefined;
    const from = Math.atan2(ay, ax);
    const centre = [middleX + ax / 2, middleY + ay / 2] as const;
    return { centre, radius, from, through: from + Math.PI, to: from + 2 * Math.PI };
  }
  const [bx, by] = [endX - middleX, endY - middleY];
  const [a, b] = [ax * ax + ay * ay, bx * bx + by * by];
  const determinant = 2 * (ax * by - ay * bx);
  // The sine of the angle between both chords, times two.
  if (Math.abs(determinant) <= 1e-8 * Math.sqrt(a * b)) return undefined;
  const [x, y] = [(by * a - ay * b) / determinant, (ax * b - bx * a) / determinant];
  const angle = (dx: number, dy: number) => Math.atan2(dy - y, dx - x);
  const turn = determinant > 0 ? -1 : 1;
  const from = angle(ax, ay);
  const through = following(from, angle(0, 0), turn);
  const to = following(through, angle(bx, by), turn);
  return { centre: [middleX + x, middleY + y], radius: Math.hypot(x, y), from, through, to };
}

/** An angle, turned on until it follows another one. */
const following = (before: number, angle: number, turn: 1 | -1): number =>
  (angle - before) * turn > 0 ? angle : angle + turn * 2 * Math.PI;
