/** Bytes that are taken at once: a buffer for each geometry would cost more than what is in it. */
const CHUNK = 1 << 16;

/** Byte order, and bytes of a type and of a number of parts or positions. */
const LITTLE_ENDIAN = 1;
const COUNT = 4;
const HEADER = 1 + COUNT;
const POSITION = 16;

const codes = { LineString: 2, Polygon: 3, MultiLineString: 5, MultiPolygon: 6 } as const;

/** Lines or rings that follow one another. */
export interface Lines {
  /** Where their positions are in the file, each two numbers. */
  readonly xy: number;
  /** Number of the position behind each line. */
  readonly ends: readonly number[];
}

/** Makes WKB (little-endian ISO WKB without heights) of positions as they stand in a file. */
export class WkbChunks {
  readonly #file: Uint8Array;
  #bytes = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);
  #offset = 0;

  constructor(file: Uint8Array) {
    this.#file = file;
  }

  lineString(lines: Lines): Uint8Array {
    return this.#made(HEADER + sizeOf(lines, COUNT), () => {
      this.#header(codes.LineString);
      this.#lines(lines);
    });
  }

  polygon(rings: Lines): Uint8Array {
    return this.#made(HEADER + COUNT + sizeOf(rings, COUNT), () => this.#polygon(rings));
  }

  multiLineString(lines: Lines): Uint8Array {
    return this.#made(HEADER + COUNT + sizeOf(lines, HEADER + COUNT), () => {
      this.#header(codes.MultiLineString);
      this.#count(lines.ends.length);
      this.#lines(lines, codes.LineString);
    });
  }

  multiPolygon(polygons: readonly Lines[]): Uint8Array {
    const size = polygons.reduce((sum, rings) => sum + HEADER + COUNT + sizeOf(rings, COUNT), 0);
    return this.#made(HEADER + COUNT + size, () => {
      this.#header(codes.MultiPolygon);
      this.#count(polygons.length);
      for (const rings of polygons) this.#polygon(rings);
    });
  }

  /** What `write` writes into so many bytes. */
  #made(size: number, write: () => void): Uint8Array {
    if (this.#offset + size > this.#bytes.length) {
      this.#bytes = new Uint8Array(Math.max(CHUNK, size));
      this.#view = new DataView(this.#bytes.buffer);
      this.#offset = 0;
    }
    const start = this.#offset;
    write();
    return this.#bytes.subarray(start, this.#offset);
  }

  #header(code: number): void {
    this.#bytes[this.#offset] = LITTLE_ENDIAN;
    this.#view.setUint32(this.#offset + 1, code, true);
    this.#offset += HEADER;
  }

  #count(count: number): void {
    this.#view.setUint32(this.#offset, count, true);
    this.#offset += COUNT;
  }

  #polygon(rings: Lines): void {
    this.#header(codes.Polygon);
    this.#count(rings.ends.length);
    this.#lines(rings);
  }

  /** @param code type of each line, where they are geometries of their own */
  #lines({ xy, ends }: Lines, code?: number): void {
    let from = 0;
    for (const end of ends) {
      if (code !== undefined) this.#header(code);
      this.#count(end - from);
      this.#bytes.set(this.#file.subarray(xy + from * POSITION, xy + end * POSITION), this.#offset);
      this.#offset += (end - from) * POSITION;
      from = end;
    }
  }
}

/** Bytes of lines, each with so many before its positions. */
const sizeOf = ({ ends }: Lines, before: number): number =>
  ends.length * before + (ends.at(-1) ?? 0) * POSITION;
