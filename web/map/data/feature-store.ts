import Flatbush from 'flatbush';
import type { Feature, Geometry as GeoJsonGeometry } from 'geojson';
import type { Extent } from 'ol/extent.js';
import GeoJSON from 'ol/format/GeoJSON.js';
import type Geometry from 'ol/geom/Geometry.js';
import type Projection from 'ol/proj/Projection.js';
import { inSlices } from '../shared/slices.ts';

const format = new GeoJSON();

/** Features with their geometries in the projection of the map, and where each of them is. */
export class FeatureStore {
  readonly features: readonly Feature<GeoJsonGeometry | null>[];
  readonly geometries: readonly (Geometry | undefined)[];
  readonly extent: Extent;
  /** Number of vertices, which is what drawing costs. */
  readonly vertices: number;
  readonly #index: Flatbush | undefined;
  /** Numbers of the features that the index has. */
  readonly #numbers: readonly number[];

  private constructor(
    features: readonly Feature<GeoJsonGeometry | null>[],
    geometries: readonly (Geometry | undefined)[],
    index: {
      readonly tree: Flatbush | undefined;
      readonly numbers: readonly number[];
      readonly vertices: number;
    },
  ) {
    this.features = features;
    this.geometries = geometries;
    this.#numbers = index.numbers;
    this.#index = index.tree;
    this.vertices = index.vertices;
    const { minX = Infinity, minY = Infinity, maxX = -Infinity, maxY = -Infinity } = index.tree ?? {};
    this.extent = [minX, minY, maxX, maxY];
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
    const tree = numbers.length > 0 ? new Flatbush(numbers.length) : undefined;
    const add = (place: number) => {
      const [west = 0, south = 0, east = 0, north = 0] = geometries[numbers[place] ?? 0]?.getExtent() ?? [];
      tree?.add(west, south, east, north);
    };
    await inSlices(numbers.length, add, signal);
    tree?.finish();
    return new FeatureStore(features, geometries, { tree, numbers, vertices });
  }

  /** Numbers of the features whose extent meets another, in their order. */
  within([west = 0, south = 0, east = 0, north = 0]: Extent): number[] {
    const found = this.#index?.search(west, south, east, north) ?? [];
    return found.map((place) => this.#numbers[place] ?? 0).sort((a, b) => a - b);
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
