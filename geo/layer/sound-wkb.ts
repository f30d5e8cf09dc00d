/** What positions may be. */
export interface PositionLimits {
  /** Of any coordinate. */
  readonly largest: number;
  /** Degrees in one unit of longitudes and latitudes; undefined for other coordinates. */
  readonly degrees: number | undefined;
}

const LINE = 2;
const POLYGON = 3;

/**
 * The number of positions of a geometry of lines or areas, undefined where something about it is not as it should be: a position
 * beyond the limits or not a number, an edge of more than half a turn of longitude, a ring that is not closed or has less than four, a line
 * with a single one, a part without any.
 *
 * @param wkb little-endian ISO WKB without heights
 */
export function countSoundVertices(
  wkb: Uint8Array,
  { largest, degrees = 0 }: PositionLimits,
): number | undefined {
  const view = new DataView(wkb.buffer, wkb.byteOffset, wkb.byteLength);
  const [mostX, mostY] = degrees === 0 ? [largest, largest] : [180 / degrees, 90 / degrees];
  const halfTurn = degrees === 0 ? Infinity : mostX;
  let offset = 0;
  let vertices = 0;

  /** Whether a run of positions is sound; moves on behind it. */
  const isSound = (least: number, isRing: boolean): boolean => {
    const count = view.getUint32(offset, true);
    const start = offset + 4;
    const end = start + count * 16;
    offset = end;
    vertices += count;
    if (count < least) return false;
    let before = Number.NaN;
    for (let at = start; at < end; at += 16) {
      const x = view.getFloat64(at, true);
      const y = view.getFloat64(at + 8, true);
      // Not a number is not within any limit.
      if (!(x <= mostX && x >= -mostX && y <= mostY && y >= -mostY) || Math.abs(x - before) > halfTurn)
        return false;
      before = x;
    }
    return (
      !isRing ||
      (view.getFloat64(start, true) === view.getFloat64(end - 16, true) &&
        view.getFloat64(start + 8, true) === view.getFloat64(end - 8, true))
    );
  };
  const isSoundGeometry = (isPart: boolean): boolean => {
    const type = view.getUint32(offset + 1, true);
    offset += 5;
    if (type === LINE) return isSound(2, false);
    const parts = view.getUint32(offset, true);
    offset += 4;
    if (parts === 0 && isPart) return false;
    for (let part = 0; part < parts; part++)
      if (!(type === POLYGON ? isSound(4, true) : isSoundGeometry(true))) return false;
    return true;
  };
  return isSoundGeometry(false) ? vertices : undefined;
}
