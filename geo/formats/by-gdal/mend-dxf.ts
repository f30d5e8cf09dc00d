import { type Group, groupsOf } from './dxf-groups.ts';

/** Flags of polylines, of their vertices, and of the paths of hatches (AutoCAD DXF reference). */
const CLOSED = 1;
const NOT_FLAT = 8 | 16 | 64;
const CONTROL_POINT = 16;
const PATH_OF_VERTICES = 2;

/** Codes of a vertex that is no entity, beside its x: y, widths, bulge and number. */
const OF_VERTEX = new Set([20, 40, 41, 42, 91]);

/** A drawing that is text, after comments. */
const DRAWING = /^(?:\s*999\r?\n.*\n)*\s*0\r?\n\s*SECTION\s*\n/;
/** A polyline whose vertices are entities. */
const OLD = /\n[ \t]*POLYLINE[ \t]*\r?\n/;
/** A group that may be a bulge of more than one. */
const WIDE = /\n[ \t]*42[ \t]*\r?\n[ \t]*[-+]?(?:0*[1-9]|[\d.]+[eE])/;

/**
 * The same drawing as GDAL reads it right: arcs of polylines and hatches that are more than half a circle, of which it leaves out a part,
 * are in two halves, and vertices of flat polylines have the height of these. Other bytes stay as they are.
 */
export function mendedDxf(bytes: Uint8Array): Uint8Array {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!DRAWING.test(data.toString('latin1', 0, 4096))) return bytes;
  const text = data.toString('latin1');
  if (!WIDE.test(text) && !OLD.test(text)) return bytes;
  const mending = new Mending(text);
  for (const group of groupsOf(text)) {
    // Of a damaged drawing GDAL says what is wrong.
    if (!Number.isInteger(group.code)) return bytes;
    mending.take(group);
  }
  return mending.end() ?? bytes;
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

interface Vertex {
  from: number;
  to: number;
  x: number;
  y: number;
  /** Tangent of a quarter of the angle of the arc to the next vertex, positive where it goes counter-clockwise. */
  bulge: number;
  bulgeGroup?: Group;
  /** Where it has one of its own. */
  heightGroup?: Group;
  flags: number;
}

/** Vertices one after the other, of which the first and the last are held. */
interface Run {
  /** An entity for each vertex. */
  readonly ofEntities: boolean;
  flags: number;
  /** Of all of a flat one. */
  height: string;
  /** The group that says how many vertices there are. */
  counter?: Group;
  /** How many are still to come, where that is said before. */
  left: number;
  added: number;
  first?: Vertex;
  last?: Vertex;
}

/** Whether a polyline whose vertices are entities is no line in space, and no mesh. */
const isFlat = ({ ofEntities, flags }: Run): boolean => ofEntities && (flags & NOT_FLAT) === 0;

/** Characters that are kept until they become bytes. */
const PIECE = 2 ** 20;

/** Looks at the groups of a drawing, and writes it anew from where something is to be written elsewhere. */
class Mending {
  readonly #text: string;
  /** Of the run that is being read. */
  #edits: Edit[] = [];
  readonly #pieces: Uint8Array[] = [];
  #written = '';
  /** Up to where the drawing is written. */
  #reached = 0;
  #kind = '';
  #run: Run | undefined;
  /** The vertex whose groups are being read. */
  #vertex: Vertex | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  take(group: Group): void {
    if (group.code === 0) this.#beginEntity(group);
    else if (this.#kind === 'VERTEX') this.#takeOfVertex(group);
    else if (this.#kind === 'POLYLINE') this.#takeOfOldPolyline(group);
    else if (this.#kind === 'LWPOLYLINE') this.#takeOfPolyline(group);
    else if (this.#kind === 'HATCH') this.#takeOfHatch(group);
  }

  /** The drawing that was written; undefined where it is the same. */
  end(): Uint8Array | undefined {
    this.#endRun();
    if (this.#reached === 0) return undefined;
    return Buffer.concat([
      ...this.#pieces,
      Buffer.from(this.#written + this.#text.slice(this.#reached), 'latin1'),
    ]);
  }

  #write(): void {
    for (const { from, to, text } of this.#edits.toSorted((one, other) => one.from - other.from)) {
      this.#written += this.#text.slice(this.#reached, from) + text;
      this.#reached = to;
      if (this.#written.length < PIECE) continue;
      this.#pieces.push(Buffer.from(this.#written, 'latin1'));
      this.#written = '';
    }
    this.#edits = [];
  }

  #beginEntity({ value, from, to }: Group): void {
    this.#kind = value;
    if (value === 'VERTEX' && this.#run?.ofEntities) {
      this.#endVertex();
      this.#vertex = { from, to, x: 0, y: 0, bulge: 0, flags: 0 };
      return;
    }
    this.#endRun();
    if (value === 'POLYLINE' || value === 'LWPOLYLINE')
      this.#run = { ofEntities: value === 'POLYLINE', flags: 0, height: '0', left: Infinity, added: 0 };
  }

  #takeOfOldPolyline({ code, value }: Group): void {
    const run = this.#run;
    if (!run) return;
    if (code === 30) run.height = value;
    if (code === 70) run.flags = Number(value);
  }

  #takeOfVertex(group: Group): void {
    const vertex = this.#vertex;
    if (!vertex) return;
    if (group.code === 10) vertex.x = Number(group.value);
    if (group.code === 30) vertex.heightGroup = group;
    if (group.code === 70) vertex.flags = Number(group.value);
    this.#extend(vertex, group);
  }

  #takeOfPolyline(group: Group): void {
    const run = this.#run;
    if (!run) return;
    if (group.code === 90) run.counter = group;
    if (group.code === 70) run.flags = Number(group.value);
    this.#takeOfRun(group);
  }

  #takeOfHatch(group: Group): void {
    if (group.code === 92) {
      this.#endRun();
      if ((Number(group.value) & PATH_OF_VERTICES) !== 0)
        this.#run = { ofEntities: false, flags: CLOSED, height: '0', left: 0, added: 0 };
    } else if (group.code === 93 && this.#run && !this.#run.counter) {
      this.#run.counter = group;
      this.#run.left = Number(group.value);
    } else if (this.#run) this.#takeOfRun(group);
  }

  #takeOfRun(group: Group): void {
    const run = this.#run;
    if (run && group.code === 10 && run.left > 0) {
      this.#endVertex();
      run.left--;
      this.#vertex = { from: group.from, to: group.to, x: Number(group.value), y: 0, bulge: 0, flags: 0 };
    } else if (this.#vertex && OF_VERTEX.has(group.code)) this.#extend(this.#vertex, group);
    else this.#endVertex();
  }

  #extend(vertex: Vertex, group: Group): void {
    vertex.to = group.to;
    if (group.code === 20) vertex.y = Number(group.value);
    if (group.code !== 42) return;
    vertex.bulge = Number(group.value);
    vertex.bulgeGroup = group;
  }

  #endVertex(): void {
    const [run, vertex] = [this.#run, this.#vertex];
    this.#vertex = undefined;
    if (!run || !vertex) return;
    if (isFlat(run)) this.#raise(vertex, run.height);
    if ((vertex.flags & CONTROL_POINT) !== 0) return;
    if (run.last) this.#halve(run.last, vertex, run);
    run.first ??= vertex;
    run.last = vertex;
  }

  #endRun(): void {
    this.#endVertex();
    const run = this.#run;
    this.#run = undefined;
    if (!run) return;
    if (run.first && run.last && (run.flags & CLOSED) !== 0) this.#halve(run.last, run.first, run);
    if (run.counter && run.added > 0)
      this.#replace(run.counter, String(Number(run.counter.value) + run.added));
    this.#write();
  }

  /** Gives a vertex that has none the height of its polyline. */
  #raise({ heightGroup, to }: Vertex, height: string): void {
    if (Number(height) === 0 || Number(heightGroup?.value ?? 0) !== 0) return;
    if (heightGroup) this.#replace(heightGroup, height);
    else this.#edits.push({ from: to, to, text: `30\n${height}\n` });
  }

  /** Has the arc from one vertex to the next one in two halves, if it is wide, and not in space or of a mesh. */
  #halve(vertex: Vertex, next: Vertex, run: Run): void {
    const { x, y, bulge, bulgeGroup } = vertex;
    if (!bulgeGroup || !(Math.abs(bulge) > 1) || !Number.isFinite(bulge)) return;
    if (run.ofEntities && !isFlat(run)) return;
    // The tangent of half an angle, by that of the angle.
    const half = (Math.hypot(1, bulge) - 1) / bulge;
    const middleX = (x + next.x + bulge * (next.y - y)) / 2;
    const middleY = (y + next.y - bulge * (next.x - x)) / 2;
    this.#replace(bulgeGroup, String(half));
    const middle = this.#middle(vertex, { 10: String(middleX), 20: String(middleY), 42: String(half) });
    const height = run.ofEntities && Number(run.height) !== 0 ? `30\n${run.height}\n` : '';
    this.#edits.push({ from: vertex.to, to: vertex.to, text: middle + height });
    run.added++;
  }

  /** The groups of a vertex with other values; neither its handle nor its number, which are its own. */
  #middle({ from, to }: Vertex, values: Readonly<Record<number, string>>): string {
    return [...groupsOf(this.#text.slice(from, to))]
      .filter(({ code }) => code !== 5 && code !== 91)
      .map(({ code, value }) => `${code}\n${values[code] ?? value}\n`)
      .join('');
  }

  #replace({ code, from, to }: Group, value: string): void {
    this.#edits.push({ from, to, text: `${code}\n${value}\n` });
  }
}
