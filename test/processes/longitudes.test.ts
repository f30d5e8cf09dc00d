import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FeatureCollection, Geometry, Position } from 'geojson';
import type { ProcessDeclaration, Run, Runs } from '../../core/processes/declaration.ts';
import { runs as light } from '../../functions/worker/runs/light.ts';
import { runs as raster } from '../../functions/worker/runs/raster.ts';
import { runs as vector } from '../../functions/worker/runs/vector.ts';
import { eachPosition, mapPositions } from '../../geo/geometry/positions.ts';
import { loadGeos } from '../../geo/geos/geos.ts';
import { processes } from '../../processes/index.ts';
import { execute } from './support/execute.ts';
import { assertSameGeometry, line, makeLayer, point } from './support/layers.ts';
import { readGeotiff } from './support/raster-process.ts';
import { rasterValue } from './support/raster-value.ts';

const geos = await loadGeos();
const runs: Runs = { ...light, ...vector, ...raster } as Runs;

const share = fc.integer({ min: 1, max: 24 }).map((quarters) => quarters / 4);
const side = fc.tuple(share, share).map(([west, east]) => [-west, east] as const);
const latitude = fc.integer({ min: -24, max: 20 }).map((quarters) => quarters / 4);

/** An area on both sides of a meridian, with vertices where it is cut when that is the antimeridian. */
const area = fc.tuple(side, latitude, share).map(([[west, east], south, height]): Geometry => {
  const north = south + height;
  const ring = [
    [west, south],
    [0, south],
    [east, south],
    [east, north],
    [0, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Polygon', coordinates: [ring] };
});
const place = fc.tuple(fc.integer({ min: -24, max: 24 }), latitude).map(([x, y]) => point(x / 4, y));
const path = fc
  .tuple(side, latitude, latitude, latitude)
  .map(([[west, east], one, two, three]) => line([west, one], [0, two], [east, three]));

const areas = fc.array(area, { minLength: 1, maxLength: 4 });
const places = fc.uniqueArray(place, {
  minLength: 3,
  maxLength: 8,
  selector: (each) => JSON.stringify(each),
});
const anything = fc.array(fc.oneof(area, place, path), { minLength: 1, maxLength: 4 });

/** Pixels of a degree from 8 degrees west of a meridian to 8 degrees east of it. */
const pixels = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 256, maxLength: 256 });

/** Inputs of a process with all that lies on the globe about two meridians, which are the same or a whole turn apart. */
type Inputs = (drawn: Drawn, at: Shift, other: Shift) => object | Promise<object>;

interface Drawn {
  readonly areas: readonly Geometry[];
  readonly others: readonly Geometry[];
  readonly places: readonly Geometry[];
  readonly anything: readonly Geometry[];
  readonly pixels: readonly number[];
}

interface Shift {
  layer(geometries: readonly Geometry[]): object;
  raster(samples: readonly number[]): Promise<object>;
  extent(west: number, east: number): object;
}

const shiftBy = (degrees: number): Shift => ({
  layer: (geometries) =>
    makeLayer(
      geometries.map((geometry) => mapPositions(geometry, ([x = 0, y = 0]): Position => [x + degrees, y])),
    ),
  raster: (samples) =>
    rasterValue({
      width: 16,
      height: 16,
      dataType: 'float32',
      bands: [Float32Array.from(samples)],
      transform: [degrees - 8, 1, 0, 8, 0, -1],
    }),
  extent: (west, east) => ({ bbox: [degrees + west, -6, degrees + east, 6] }),
});

/** About the antimeridian, with edges that cross it though their longitudes do not run on. */
const uncut: Shift = {
  ...shiftBy(180),
  layer: (geometries) =>
    makeLayer(
      geometries.map((geometry) =>
        mapPositions(geometry, ([x = 0, y = 0]): Position => [x > 0 ? x - 180 : x + 180, y]),
      ),
    ),
};

const one: (more?: object) => Inputs = (more) => (drawn, at) => ({
  features: at.layer(drawn.anything),
  ...more,
});
const two =
  (more?: object): Inputs =>
  (drawn, at, other) => ({ features: at.layer(drawn.areas), overlay: other.layer(drawn.others), ...more });
const pixelsOnly =
  (more?: object): Inputs =>
  async (drawn, at) => ({ raster: await at.raster(drawn.pixels), ...more });

interface Case {
  readonly inputs: Inputs;
  /** `turned`: the same about any meridian. `same`: only about meridians that are a whole turn apart. */
  readonly holds?: 'turned' | 'same';
  /** Whether features are compared all together, as their order and shapes are free. */
  readonly together?: boolean;
}

/** What each process is given. */
const cases: Readonly<Record<string, Case>> = {
  aspect: { inputs: pixelsOnly() },
  buffer: { inputs: one({ distance: 30_000, quadrantSegments: 2 }) },
  centroid: { inputs: one() },
  clip: {
    inputs: (drawn, at, other) => ({ features: at.layer(drawn.anything), overlay: other.layer(drawn.areas) }),
  },
  'clip-raster': {
    inputs: async (drawn, at, other) => ({
      raster: await at.raster(drawn.pixels),
      features: other.layer(drawn.areas),
    }),
  },
  'concave-hull': { inputs: (drawn, at) => ({ features: at.layer(drawn.places), scope: 'layer', ratio: 1 }) },
  contour: { inputs: pixelsOnly({ interval: 2 }), together: true },
  'convert-features': { inputs: one() },
  'convert-raster': { inputs: pixelsOnly() },
  'convex-hull': { inputs: one({ scope: 'layer' }) },
  'count-points-in-polygons': {
    inputs: (drawn, at, other) => ({ features: at.layer(drawn.areas), overlay: other.layer(drawn.places) }),
  },
  'create-grid': { inputs: (_, at) => ({ extent: at.extent(-3, 3), cellSize: 2 }) },
  'delaunay-triangulation': { inputs: (drawn, at) => ({ features: at.layer(drawn.places) }), together: true },
  densify: { inputs: one({ maxLength: 100_000 }) },
  difference: { inputs: two() },
  dissolve: {
    inputs: (drawn, at) => ({ features: at.layer(drawn.areas), multipart: false }),
    together: true,
  },
  filter: { inputs: one({ filter: 'index < 2' }) },
  'focal-statistics': { inputs: pixelsOnly() },
  'h3-bin': {
    inputs: (drawn, at) => ({ features: at.layer(drawn.places), resolution: 3 }),
    holds: 'same',
  },
  'h3-cells': { inputs: (drawn, at) => ({ features: at.layer(drawn.areas), resolution: 3 }), holds: 'same' },
  heatmap: {
    inputs: (drawn, at, other) => ({
      features: at.layer(drawn.places),
      extent: other.extent(-6, 6),
      resolution: 1,
      radius: 2,
    }),
  },
  hillshade: { inputs: pixelsOnly() },
  'idw-interpolation': {
    inputs: (drawn, at, other) => ({
      features: at.layer(drawn.places),
      valueField: 'index',
      extent: other.extent(-6, 6),
      resolution: 1,
    }),
  },
  intersection: { inputs: two(), together: true },
  'make-valid': { inputs: one() },
  measure: { inputs: one() },
  'minimum-bounding-geometry': {
    inputs: (drawn, at) => ({ features: at.layer(drawn.areas), scope: 'layer' }),
  },
  mosaic: {
    inputs: async (drawn, at, other) => ({
      rasters: [await at.raster(drawn.pixels), await other.raster(drawn.pixels)],
    }),
  },
  nearest: {
    inputs: (drawn, at, other) => ({ features: at.layer(drawn.areas), overlay: other.layer(drawn.places) }),
  },
  polygonize: { inputs: pixelsOnly(), together: true },
  'raster-calculator': {
    inputs: async (drawn, at, other) => ({
      rasters: [await at.raster(drawn.pixels), await other.raster(drawn.pixels)],
      expression: 'A + B',
    }),
  },
  'raster-statistics': { inputs: pixelsOnly() },
  rasterize: {
    inputs: async (drawn, at, other) => ({
      features: at.layer(drawn.anything),
      template: await other.raster(drawn.pixels),
      field: 'index',
    }),
  },
  reclassify: {
    inputs: pixelsOnly({
      classes: [
        { max: 5, newValue: 1 },
        { min: 5, newValue: 2 },
      ],
    }),
  },
  reproject: { inputs: one({ targetCrs: 'EPSG:4258' }) },
  'reproject-raster': { inputs: pixelsOnly({ targetCrs: 'EPSG:3832' }), holds: 'same' },
  'sample-raster': {
    inputs: async (drawn, at, other) => ({
      features: at.layer(drawn.places),
      raster: await other.raster(drawn.pixels),
    }),
  },
  'select-by-location': { inputs: two({ predicate: 'overlaps' }) },
  simplify: { inputs: one({ tolerance: 10_000 }) },
  slope: { inputs: pixelsOnly() },
  'spatial-join': { inputs: two() },
  'summary-statistics': {
    inputs: (drawn, at) => ({
      features: at.layer(drawn.areas),
      aggregates: [{ field: 'index', statistic: 'sum' }],
    }),
  },
  'symmetric-difference': { inputs: two(), together: true },
  'terrain-index': { inputs: pixelsOnly() },
  union: { inputs: two(), together: true },
  'voronoi-polygons': { inputs: (drawn, at) => ({ features: at.layer(drawn.places) }) },
  'zonal-statistics': {
    inputs: async (drawn, at, other) => ({
      features: at.layer(drawn.areas),
      raster: await other.raster(drawn.pixels),
    }),
  },
};

/** Processes of which nothing is asked here, and why. */
const exceptions: Readonly<Record<string, string>> = {
  echo: 'gives back what it gets',
  EchoProcess: 'gives back what it gets',
  'layer-info': 'says where a layer lies and in how many parts; its extent has tests of its own',
  'raster-info': 'says what a file says; its bounding box has tests of its own',
};

/** New processes, of which others than their own tests know nothing yet. */
const { oracle: uncompared } = JSON.parse(
  readFileSync(new URL('../uncompared.json', import.meta.url), 'utf8'),
) as { readonly oracle: Readonly<Record<string, string>> };

/** A geometry about a meridian as it would be about Greenwich, in one piece. */
const aboutGreenwich = (geometry: Geometry, meridian: number): Geometry =>
  geos.scope((scope) => {
    const turned = mapPositions(
      geometry,
      ([x = 0, y = 0]): Position => [((((x - meridian + 180) % 360) + 360) % 360) - 180, y],
    );
    return scope.geometry(scope.unaryUnion(scope.read(turned)));
  });

const rounded = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, each) =>
      typeof each === 'number' ? Number(each.toPrecision(7)) + 0 : (each as unknown),
    ),
  );

function assertSameFeatures(
  actual: FeatureCollection,
  expected: FeatureCollection,
  meridians: readonly [number, number],
  together: boolean,
): void {
  for (const { geometry } of [...actual.features, ...expected.features])
    eachPosition(geometry, ([x = Number.NaN]) => assert.ok(x >= -180 && x <= 180, `${x} is beyond`));
  const lists = [actual, expected].map(({ features }) =>
    features.map(({ properties }) => rounded(properties)),
  );
  if (!together) assert.deepEqual(lists[0], lists[1]);
  else assert.equal(lists[0]?.length, lists[1]?.length);
  const shapes = ({ features }: FeatureCollection, meridian: number): Geometry[] => {
    const geometries = features.flatMap(({ geometry }) => geometry ?? []);
    const all: Geometry[] = together ? [{ type: 'GeometryCollection', geometries }] : geometries;
    return all.map((geometry) => aboutGreenwich(geometry, meridian));
  };
  const wanted = shapes(expected, meridians[1]);
  for (const [index, shape] of shapes(actual, meridians[0]).entries()) {
    const other = wanted[index];
    assert.ok(other);
    // An empty geometry, or none, has nothing that differs.
    let [count, otherCount] = [0, 0];
    eachPosition(shape, () => count++);
    eachPosition(other, () => otherCount++);
    assert.equal(count === 0, otherCount === 0);
    if (count > 0) assertSameGeometry(geos, shape, other, 1e-5);
  }
}

async function assertSameResults(
  actual: unknown,
  expected: unknown,
  meridians: readonly [number, number],
  { together = false }: Case,
): Promise<void> {
  if (actual instanceof Uint8Array && expected instanceof Uint8Array) {
    const [own, other] = [await readGeotiff(actual), await readGeotiff(expected)];
    const turn = (x: number | undefined, meridian: number) => (((x ?? 0) - meridian + 720) % 360).toFixed(6);
    const isGeographic = Math.abs(own.transform[0] ?? 0) < 1000;
    if (isGeographic)
      assert.equal(turn(own.transform[0], meridians[0]), turn(other.transform[0], meridians[1]));
    const {
      transform: [, ...transform],
      ...rest
    } = own;
    const {
      transform: [, ...otherTransform],
      ...otherRest
    } = other;
    assert.deepEqual([rounded(transform), rounded(rest)], [rounded(otherTransform), rounded(otherRest)]);
  } else if ((actual as FeatureCollection | undefined)?.features) {
    assertSameFeatures(actual as FeatureCollection, expected as FeatureCollection, meridians, together);
  } else assert.deepEqual(rounded(actual), rounded(expected));
}

const drawn: fc.Arbitrary<Drawn> = fc.record({ areas, others: areas, places, anything, pixels });

describe('what is computed on the globe is the same wherever longitudes are counted from', () => {
  it('by every process that takes layers or rasters', () => {
    const known = new Set([...Object.keys(cases), ...Object.keys(exceptions), ...Object.keys(uncompared)]);
    assert.deepEqual(
      processes.map(({ id }) => id).filter((id) => !known.has(id)),
      [],
    );
  });

  for (const process of processes) {
    const own = cases[process.id];
    if (!own) continue;
    const loadRun = async () => {
      const load = runs[process.id] ?? assert.fail(`${process.id} has no algorithm`);
      return ((await load()) as { run: Run<never> }).run;
    };

    it(`by ${process.id}`, async () => {
      const run = await loadRun();
      const base = own.holds === 'same' ? 180 : 0;
      const compute = async (data: Drawn, at: number, other: number) =>
        settled(process, run, await own.inputs(data, shiftBy(at), shiftBy(other)));
      await fc.assert(
        fc.asyncProperty(
          drawn,
          fc.constantFrom(-180, 180, ...(base === 0 ? [360, -360] : [540])),
          fc.constantFrom(0, 360, -360),
          async (data, at, turn) => {
            const expected = await compute(data, base, base);
            const actual = await compute(data, at, at + turn);
            await assertSameResults(actual, expected, [at, base], own);
          },
        ),
        { numRuns: 8 },
      );
    });

    it(`by ${process.id}, where edges cross the antimeridian and longitudes do not run on`, async () => {
      const run = await loadRun();
      const compute = async (data: Drawn, at: Shift) => settled(process, run, await own.inputs(data, at, at));
      await fc.assert(
        fc.asyncProperty(drawn, async (data) => {
          const expected = await compute(data, shiftBy(180));
          await assertSameResults(await compute(data, uncut), expected, [180, 180], own);
        }),
        { numRuns: 4 },
      );
    });
  }
});

/** The result, or why there is none: both must be the same. */
async function settled(process: ProcessDeclaration, run: Run<never>, inputs: object): Promise<unknown> {
  try {
    const { outputs } = await execute(process, run, { inputs });
    return outputs['result'] ?? outputs;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}
