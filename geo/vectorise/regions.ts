import { append } from '../../core/shared/arrays.ts';
import type { PointBudget } from './linked-points.ts';
import { Outlines } from './outlines.ts';
import { makeMissingRow, PartLabels } from './part-labels.ts';
import { type Ring, simpleRings } from './simple-rings.ts';

/** A region of equal value. */
export interface Region {
  readonly value: number;
  /** What is joined by edges of pixels; parts meet at corners only. The first ring is the outer one, the others are holes. */
  readonly parts: readonly (readonly Ring[])[];
}

/** Finds the regions of equal value and their outlines in one pass over rows of pixels. */
export class RegionTracer {
  readonly #width: number;
  readonly #labels: PartLabels;
  readonly #outlines: Outlines;
  readonly #polygons: PointBudget | undefined;
  #row = 0;
  #above;
  #below;

  /**
   * @param connectivity whether pixels of equal value that meet at a corner only are of one region (8) or not (4)
   * @param budget of corners
   * @param polygons how many parts all regions may have together
   */
  constructor(width: number, connectivity: 4 | 8, budget: PointBudget, polygons?: PointBudget) {
    this.#width = width;
    this.#labels = new PartLabels(connectivity);
    this.#polygons = polygons;
    this.#outlines = new Outlines(width, this.#labels, budget);
    this.#above = makeMissingRow(width);
    this.#below = makeMissingRow(width);
  }

  /** Takes the next row of pixels. @param values NaN where a pixel is missing */
  row(values: Float64Array): void {
    [this.#above, this.#below] = [this.#below, this.#above];
    this.#below.values.set(values, 1);
    this.#labels.label(this.#below, this.#above);
    this.#outlines.line(this.#row++, this.#above, this.#below);
  }

  /** The regions in the order of their first pixels, row by row. Call it once, when all rows were given. */
  *regions(): Generator<Region> {
    this.row(new Float64Array(this.#width).fill(Number.NaN));
    const { points, pinches } = this.#outlines;
    const regions = new Map<number, Map<number, Ring[]>>();
    const { most = Infinity, exceeded } = this.#polygons ?? {};
    let polygons = 0;
    for (const line of points.lines()) {
      const label = points.owners[line.points[0] ?? 0] ?? 0;
      const parts = getOrInsert(regions, this.#labels.findRegion(label), () => new Map<number, Ring[]>());
      const rings = getOrInsert(parts, this.#labels.findPart(label), (): Ring[] => []);
      if (rings.length === 0 && ++polygons > most && exceeded) throw exceeded();
      append(rings, simpleRings(line.points, points, pinches));
    }
    for (const [region, parts] of [...regions].sort(([one], [other]) => one - other)) {
      // The outer ring encloses the holes.
      const largestFirst = (rings: Ring[]) =>
        rings.sort((one, other) => Math.abs(other.area) - Math.abs(one.area));
      yield { value: this.#labels.valueOf(region), parts: [...parts.values()].map(largestFirst) };
    }
  }
}

function getOrInsert<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
