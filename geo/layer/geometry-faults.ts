import type { Geometry } from 'geojson';
import { LARGEST_LONGITUDE } from '../../core/run/bounding-box.ts';
import type { RunContext } from '../../core/run/context.ts';
import type { Fault } from '../../core/shared/errors.ts';
import { findFlaw, isObject, pointerSegment } from '../../core/shared/json.ts';
import { quote } from '../../core/shared/quote.ts';
import { fromUnit, toUnit } from '../crs/angular-unit.ts';
import type { Crs } from '../crs/crs.ts';
import { geometryFromWkb } from '../formats/wkb/wkb.ts';
import { keptWkb } from '../geometry/lazy-geometry.ts';
import { depths, mapPositions } from '../geometry/positions.ts';
import { mended, noMendings, ROUNDING, sentenceOfMendings } from './degenerate-geometry.ts';
import { countSoundVertices } from './sound-wkb.ts';

/** Faults that are listed at most; a broken file of a million features needs no million sentences. */
export const MAXIMUM_FAULTS = 20;

const coordinateForms = {
  Point: 'a position [x, y]',
  MultiPoint: 'an array of positions',
  LineString: 'an array of two or more positions',
  MultiLineString: 'an array of lines',
  Polygon: 'an array of rings',
  MultiPolygon: 'an array of polygons',
} as const;

/** No CRS has coordinates of this size; with larger ones areas overflow, and GEOS fills its memory. */
const LARGEST_COORDINATE = 1e15;

const isCoordinate = (value: unknown): boolean =>
  typeof value === 'number' && Math.abs(value) <= LARGEST_COORDINATE;

/** Positions of files may have NaN for what is not known; JSON has no such number. */
const isUnknown = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length >= 2 &&
  value.some(Number.isNaN) &&
  value.every((one) => Number.isNaN(one) || isCoordinate(one));

/** Collections inside collections are followed this deep. */
const MAXIMUM_NESTING = 16;

export interface CheckerOptions {
  /** Of the coordinates: latitudes of geographic ones must lie between -90 and 90 degrees. */
  readonly crs: Pick<Crs, 'isGeographic' | 'degreesPerUnit'>;
  /** True of files, whose geometries of unknown types become null as in GDAL; in a request they are a slip. */
  readonly lenient?: boolean;
}

/**
 * Checks GeoJSON geometries (RFC 7946 section 3.1) and counts their positions on the way. Empty coordinate
 * arrays are accepted: they are the empty geometries. What is degenerate (rings that are not closed, lines and rings of
 * too few positions, positions that are not numbers) is mended and told, not refused: one such part is no reason to
 * refuse a layer.
 */
export class GeometryChecker {
  readonly faults: Fault[] = [];
  /** Positions seen so far. */
  vertices = 0;
  readonly #crs: CheckerOptions['crs'];
  /** Degrees in one unit of the coordinates; undefined where they are no longitudes and latitudes. */
  readonly #degrees: number | undefined;
  /** Half a turn of longitude in the unit of the coordinates. */
  readonly #halfTurn: number;
  readonly #lenient: boolean;
  /** What is wrong with each geometry that was mended, by its position in the layer. */
  readonly degenerate = new Map<number, string>();
  readonly #mendings = noMendings();
  /** What is degenerate in the geometry at hand. */
  #flaw: string | undefined;
  #isRounded = false;
  /** Whether there are longitudes beyond 180 or -180, or edges of more than half a turn, which may cross the antimeridian. */
  mayCross = false;
  /** Positions beyond the degrees that there are, of which the first alone is listed: their CRS is another, most likely. */
  beyondDegrees = 0;

  constructor({ crs, lenient = false }: CheckerOptions) {
    this.#crs = crs;
    this.#degrees = crs.isGeographic ? (crs.degreesPerUnit ?? 1) : undefined;
    this.#halfTurn = this.#degrees === undefined ? Infinity : 180 / this.#degrees;
    this.#lenient = lenient;
  }

  /** True when the list of faults is full, so that looking on is no use. */
  get full(): boolean {
    return this.faults.length >= MAXIMUM_FAULTS;
  }

  /** Notes a fault at a JSON pointer. */
  fault(pointer: string, detail: string): void {
    if (!this.full) this.faults.push({ pointer, detail });
  }

  /**
   * Checks the geometry of the feature at a position.
   *
   * @param pointer where the geometry stands in the request.
   * @returns the geometry, mended where it must be, longitudes and latitudes in degrees
   */
  check(value: unknown, pointer: string, index: number): Geometry | null {
    this.#flaw = undefined;
    this.#isRounded = false;
    const wkb = keptWkb(value as Geometry);
    const sound = wkb && countSoundVertices(wkb, { largest: LARGEST_COORDINATE, degrees: this.#degrees });
    if (sound !== undefined) {
      this.vertices += sound;
      return this.#inDegrees(value as Geometry);
    }
    return this.#checked(wkb ? geometryFromWkb(wkb) : value, pointer, index);
  }

  #checked(value: unknown, pointer: string, index: number): Geometry | null {
    this.geometry(value, pointer);
    const geometry = value as Geometry;
    if (this.faults.length > 0) return geometry;
    if (this.#flaw === undefined && !this.#isRounded) return this.#inDegrees(geometry);
    if (this.#flaw !== undefined) this.degenerate.set(index, this.#flaw);
    const sound = mended(geometry, this.#degrees, this.#mendings);
    return sound && this.#inDegrees(sound);
  }

  #inDegrees(geometry: Geometry): Geometry {
    if (this.#crs.degreesPerUnit === undefined) return geometry;
    return mapPositions(geometry, ([x = 0, y = 0, ...others]) => [
      fromUnit(x, this.#crs),
      fromUnit(y, this.#crs),
      ...others,
    ]);
  }

  /** Tells the client what was mended. */
  tellMendings(context: RunContext, input: string, geometryPointer: (index: number) => string): void {
    const sentence = sentenceOfMendings(this.#mendings);
    if (!sentence) return;
    const first = [...this.degenerate.keys()].slice(0, MAXIMUM_FAULTS).map(geometryPointer);
    context.warn(sentence, { input, first });
  }

  #degenerate(flaw: string): void {
    this.#flaw ??= flaw;
  }

  /** Checks a geometry of GeoJSON (RFC 7946, 3.1), or null, and all that it contains. */
  geometry(value: unknown, pointer: string, nesting = 0): void {
    if (!isObject(value)) {
      this.fault(pointer, 'must be a GeoJSON geometry object or null.');
      return;
    }
    const type = value['type'];
    this.#foreignMembers(value, pointer);
    if (type === 'GeometryCollection') {
      const parts = value['geometries'];
      if (!Array.isArray(parts) && this.#lenient) this.#degenerate('is a collection without geometries');
      else if (!Array.isArray(parts)) this.fault(`${pointer}/geometries`, 'must be an array of geometries.');
      else if (nesting >= MAXIMUM_NESTING)
        this.fault(pointer, `is nested more than ${MAXIMUM_NESTING} deep.`);
      else {
        for (const [index, part] of parts.entries()) {
          this.geometry(part, `${pointer}/geometries/${index}`, nesting + 1);
        }
      }
      return;
    }
    if (typeof type !== 'string' || !Object.hasOwn(depths, type)) {
      if (this.#lenient) {
        this.#degenerate('is of a type that GeoJSON does not have');
        return;
      }
      const known = [...Object.keys(depths), 'GeometryCollection'].join(', ');
      this.fault(`${pointer}/type`, `must be one of ${known}, but is ${quote(type)}.`);
      return;
    }
    this.#coordinates(type as keyof typeof depths, value['coordinates'], `${pointer}/coordinates`);
  }

  /** What RFC 7946 calls foreign members travels on with the geometry, and must be fit to be written. */
  #foreignMembers(geometry: Readonly<Record<string, unknown>>, pointer: string): void {
    // What files have was made by our own readers.
    if (Object.getPrototypeOf(geometry) !== Object.prototype) return;
    for (const name in geometry) {
      if (name === 'type' || name === 'coordinates' || name === 'geometries') continue;
      const flaw = findFlaw(geometry[name]);
      if (flaw) this.fault(`${pointer}/${pointerSegment(name)}${flaw.pointer}`, flaw.detail);
    }
  }

  #coordinates(type: keyof typeof depths, value: unknown, pointer: string): void {
    if (!Array.isArray(value)) {
      this.fault(pointer, `of a ${type} must be ${coordinateForms[type]}.`);
      return;
    }
    if (type === 'Point') {
      if (value.length > 0) this.#position(value, pointer);
    } else if (type === 'MultiPoint') this.#positions(value, pointer);
    else if (type === 'LineString') this.#line(value, pointer);
    else if (type === 'MultiLineString')
      this.#each(value, pointer, coordinateForms.LineString, this.#part(this.#line));
    else if (type === 'Polygon') this.#each(value, pointer, 'a ring', this.#ring);
    else {
      const polygon = (rings: unknown[], at: string): void => this.#each(rings, at, 'a ring', this.#ring);
      this.#each(value, pointer, coordinateForms.Polygon, this.#part(polygon));
    }
  }

  /** Empty geometries are geometries, but many programs stumble over a part of one without positions. */
  #part(check: (value: unknown[], pointer: string) => void) {
    return (value: unknown[], pointer: string): void => {
      if (value.length === 0) this.#degenerate('has a part without positions');
      else check.call(this, value, pointer);
    };
  }

  #each(
    values: unknown[],
    pointer: string,
    form: string,
    check: (value: unknown[], pointer: string) => void,
  ): void {
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (Array.isArray(value)) check.call(this, value, `${pointer}/${index}`);
      else this.fault(`${pointer}/${index}`, `must be ${form}.`);
    }
  }

  #line(positions: unknown[], pointer: string): void {
    if (this.#positions(positions, pointer) && positions.length === 1) {
      this.#degenerate('has a line of one position');
    }
  }

  #ring(positions: unknown[], pointer: string): void {
    if (!this.#positions(positions, pointer)) return;
    if (positions.length === 0) {
      this.#degenerate('has a ring without positions');
      return;
    }
    const first = positions[0] as number[];
    const last = positions.at(-1) as number[];
    if (first[0] !== last[0] || first[1] !== last[1]) this.#degenerate('has a ring that is not closed');
    else if (positions.length < 4) this.#degenerate(`has a ring of ${positions.length} positions`);
  }

  /** @returns true when all are positions. */
  #positions(values: unknown[], pointer: string): boolean {
    let good = true;
    let before = Number.NaN;
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      // The pointer is only made for what is wrong: layers have millions of positions.
      if (this.#isPosition(value)) {
        this.vertices++;
        const x = value[0] ?? Number.NaN;
        if (Math.abs(x - before) > this.#halfTurn) this.mayCross = true;
        before = x;
      } else {
        good = false;
        this.#position(value, `${pointer}/${index}`);
        if (this.full) return false;
      }
    }
    return good;
  }

  #isPosition(value: unknown): value is number[] {
    if (!Array.isArray(value) || value.length < 2 || !value.every(isCoordinate)) return false;
    const degrees = this.#degrees;
    return (
      degrees === undefined ||
      (Math.abs(value[1]) * degrees <= 90 && Math.abs(value[0]) * degrees <= 180) ||
      this.#isNear(value[0] * degrees, value[1] * degrees)
    );
  }

  /** Whether a position beyond the world is so by rounding, or by its longitude alone. */
  #isNear(longitude: number, latitude: number): boolean {
    if (Math.abs(latitude) > 90 + ROUNDING || Math.abs(longitude) > LARGEST_LONGITUDE) return false;
    if (Math.abs(latitude) > 90) this.#isRounded = true;
    if (Math.abs(longitude) > 180 + ROUNDING) this.mayCross = true;
    else if (Math.abs(longitude) > 180) this.#isRounded = true;
    return true;
  }

  #position(value: unknown, pointer: string): void {
    if (this.#isPosition(value)) {
      this.vertices++;
      return;
    }
    if (isUnknown(value)) {
      this.vertices++;
      this.#degenerate('has a coordinate that is not a number');
      return;
    }
    const shown = quote(value);
    const isNumbers = Array.isArray(value) && value.length >= 2 && value.every(isCoordinate);
    if (isNumbers && ++this.beyondDegrees > 1) return;
    const [turns, right] = [LARGEST_LONGITUDE, 90].map((degrees) => toUnit(degrees, this.#crs));
    this.fault(
      pointer,
      isNumbers
        ? `must be [longitude, latitude] with a latitude between -${right} and ${right} and a longitude between -${turns} and ${turns}, but is ${shown}.`
        : `must be a position [x, y] or [x, y, z] of numbers up to ${LARGEST_COORDINATE}, but is ${shown}.`,
    );
  }
}
