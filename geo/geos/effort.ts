import { estimateCrossings, type Segments } from '../geometry/crossings.ts';
import { offsetCurve } from '../geometry/offset-curve.ts';

/** Crossings that an operation may have to compute: each takes about a kilobyte in GEOS while it works. */
const MOST_CROSSINGS = 1_000_000;
/** The same of repairs and buffers, which take several times as long for each. */
export const MOST_CROSSINGS_OF_ONE = 500_000;
/** Vertices below which an operand is not looked at: it would cost more than what it saves. */
const FEW = 50;

/** An operation that would take more memory and time than a worker has, though its geometries are small. */
export class TooManyCrossings extends Error {
  constructor(crossings: number, most: number) {
    super(
      `its lines cross about ${crossings} times, and at most ${most} crossings can be computed at once. Simplify it, or split it into smaller features.`,
    );
    this.name = 'TooManyCrossings';
  }
}

/** @throws TooManyCrossings */
function check(crossings: number, most: number): void {
  if (crossings > most) throw new TooManyCrossings(crossings, most);
}

/** An operand: its number of vertices and, where that does not tell enough, the segments of its lines and rings. */
export interface Operand {
  readonly vertices: number;
  /** @param least positions nearer to the one before are left out */
  readonly segments: (least?: number) => Segments;
}

/** Refuses to overlay what crosses each other too often. @throws TooManyCrossings */
export function checkOverlay(one: Operand, other: Operand): void {
  const [least, most] = [Math.min(one.vertices, other.vertices), Math.max(one.vertices, other.vertices)];
  if (least < FEW || least * most <= MOST_CROSSINGS) return;
  check(estimateCrossings(one.segments(), other.segments()), MOST_CROSSINGS);
}

/** Refuses to unite, or to repair, what crosses itself too often. @throws TooManyCrossings */
export function checkAlone({ vertices, segments }: Operand, most = MOST_CROSSINGS): void {
  if (vertices ** 2 / 2 <= most) return;
  check(estimateCrossings(segments()), most);
}

/** Of a buffer's distance: GEOS leaves out what is smaller in a line before it buffers it (BufferParameters.h). */
const LEFT_OUT = 0.01;

/** Refuses a buffer whose curve crosses itself too often. @throws TooManyCrossings */
export function checkBuffer({ vertices, segments }: Operand, signedDistance: number): void {
  // The curve has four segments for each.
  if ((4 * vertices) ** 2 / 2 <= MOST_CROSSINGS_OF_ONE) return;
  const distance = Math.abs(signedDistance);
  check(estimateCrossings(offsetCurve(segments(distance * LEFT_OUT), distance)), MOST_CROSSINGS_OF_ONE);
}
