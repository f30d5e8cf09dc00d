import Flatbush from 'flatbush';
import type { Feature, Geometry as GeoJsonGeometry } from 'geojson';
import { containsExtent, type Extent, extend } from 'ol/extent.js';
import GeoJSON from 'ol/format/GeoJSON.js';
import type Geometry from 'ol/geom/Geometry.js';
import type Projection from 'ol/proj/Projection.js';
import { inSlices, nextTask } from '../shared/slices.ts';

const format = new GeoJSON();

/** Features of a tree: it is put in order at once, which takes some twenty milliseconds for so many. */
const TREE = 20_000;

/** Where some features are that follow each other. */
interface Block {
  readonly tree: Flatbush;
  /** Numbers of the features, in their order. */
  readonly numbers: readonly number[];
}

/** Features with their geometries in the projection of the map, and where each of them is. */
export class FeatureStore {
  readonly features: readonly Feature<GeoJsonGeometry | null>[];
  readonly geometries: readonly (Geometry | undefined)[];
  readonly extent: Extent;
  /** Number of vertices, which is what drawing costs. */
  readonly vertices: number;
  readonly #blocks: readonly Block[];

  private constructor(
    features: readonly Feature<GeoJsonGeometry | null>[],
    geometries: readonly (Geometry | undefined)[],
    blocks: readonly Block[],
    vertices: number,
  ) {
    this.features = features;
    this.geometries = geometries;
    this.#blocks = blocks;
    this.vertices = vertices;
    const extent = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { tree } of blocks) extend(extent, [tree.minX, tree.minY, tree.maxX, tree.maxY]);
    this.extent = extent;
  }

  /** Moves the features to the projection of the map, without holding up the page. */
  static async make(
    features: readonly Feature<GeoJsonGeometry | null>[],
    dataProjection: Projection | undefined,
    featureProjection: Projection,
    signal?: AbortSignal,
  ): Promise<FeatureStore> {
    const geometries: (Geometry | undefined)[] = [];
    const numbers: number[] = [];
    let vertices = 0;
    const options = dataProjection ? { dataProjection, featureProjection } : {};
    const read = (number: number) => {
      const geometry = toGeometry(features[number]?.geometry, options);
      geometries.push(geometry);
      if (!geometry) return;
      numbers.push(number);
      vertices += countVertices(geometry);
    };
    await inSlices(features.length, read, signal);
    const blocks: Block[] = [];
    for (let start = 0; start < numbers.length; start += TREE) {
      const some = numbers.slice(start, start + TREE);
      const tree = new Flatbush(some.length);
      const add = (place: number) => {
        const [west = 0, south = 0, east = 0, north = 0] = geometries[some[place] ?? 0]?.getExtent() ?? [];
        tree.add(west, south, east, north);
      };
      await inSlices(some.length, add, signal);
      tree.finish();
      blocks.push({ tree, numbers: some });
      await nextTask();
    }
    return new FeatureStore(features, geometries, blocks, vertices);
  }

  /** Numbers of the features whose extent meets another, in their order. */
  within(extent: Extent): number[] {
    const [west = 0, south = 0, east = 0, north = 0] = extent;
    const isAll = containsExtent(extent, this.extent);
    return this.#blocks.flatMap(({ tree, numbers }) =>
      isAll
        ? numbers
        : tree
            .search(west, south, east, north)
            .sort((a, b) => a - b)
            .map((place) => numbers[place] ?? 0),
    );
  }

  /**
   * Numbers of the features at a position, that drawn last first.
   *
   * @param tolerance how far lines and points may be off, in units of the map.
   */
  at([x = 0, y = 0]: readonly number[], tolerance: number): number[] {
    return this.within([x - tolerance, y - tolerance, x + tolerance, y + tolerance])
      .filter((number) => isAt(this.geometries[number], [x, y], tolerance))
      .reverse();
  }
}

function toGeometry(
  geometry: GeoJsonGeometry | null | undefined,
  options: { dataProjection?: Projection; featureProjection?: Projection },
): Geometry | undefined {
  if (!geometry) return undefined;
  try {
    const read = format.readGeometry(geometry, options);
    return read?.getExtent().every(Number.isFinite) ? read : undefined;
  } catch {
    // What is no geometry is not drawn; the table still has the feature.
    return undefined;
  }
}

function isAt(geometry: Geometry | undefined, position: number[], tolerance: number): boolean {
  if (!geometry) return false;
  if (geometry.intersectsCoordinate(position)) return true;
  const [x = 0, y = 0] = geometry.getClosestPoint(position);
  return Math.hypot(x - (position[0] ?? 0), y - (position[1] ?? 0)) <= tolerance;
}

function countVertices(geometry: Geometry): number {
  const flat = geometry as { getFlatCoordinates?: () => number[]; getStride?: () => number };
  if (flat.getFlatCoordinates && flat.getStride)
    return (flat.getFlatCoordinates() ?? []).length / flat.getStride();
  return 1;
}
