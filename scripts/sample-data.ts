import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

const require = createRequire(import.meta.url);

/** What each layer is taken from: a TopoJSON file of a package and the object in it. Coordinates are CRS84. */
const layers = {
  countries: { file: 'world-atlas/countries-110m.json', object: 'countries' },
  counties: { file: 'us-atlas/counties-10m.json', object: 'counties' },
} as const;

export type Layer = keyof typeof layers;
type Bounds = readonly [west: number, south: number, east: number, north: number];
type Named = { readonly name: string };
type Features = FeatureCollection<Polygon | MultiPolygon, Named>;

export interface Selection {
  /** Values of the property `name`; empty: any. */
  readonly names?: readonly string[] | undefined;
  /** Start of the id: the two digits of a state select its counties. */
  readonly state?: string | undefined;
  /** West, south, east, north in degrees: selects features whose bounding box meets it. */
  readonly bbox?: Bounds | undefined;
}

/** Real features for examples and tests: Natural Earth countries, or counties of the United States Census. */
export function sampleFeatures(layer: Layer, { names = [], state, bbox }: Selection = {}): Features {
  const { file, object } = layers[layer];
  const topology = require(file) as Topology<Record<Layer, GeometryCollection<Named>>>;
  const { type, features } = feature(topology, topology.objects[object]) as Features;
  return {
    type,
    features: features.filter(
      ({ id, properties, geometry }) =>
        (names.length === 0 || names.includes(properties.name)) &&
        (state === undefined || String(id).startsWith(state)) &&
        (bbox === undefined || meets(geometry, bbox)),
    ),
  };
}

function meets(geometry: Polygon | MultiPolygon, [west, south, east, north]: Bounds): boolean {
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
  const vertices = rings.flat();
  const some = (test: (x: number, y: number) => boolean) =>
    vertices.some(([x = Number.NaN, y = Number.NaN]) => test(x, y));
  return (
    some((x) => x >= west) &&
    some((x) => x <= east) &&
    some((_, y) => y >= south) &&
    some((_, y) => y <= north)
  );
}

const USAGE = `Writes real features as GeoJSON:
  sample-data.ts countries [--name Kenya]... [--bbox=west,south,east,north]
  sample-data.ts counties [--state 47] [--name Campbell]... [--bbox=west,south,east,north]`;

function parseBounds(text: string): Bounds {
  const [west, south, east, north, ...more] = text.split(',').map(Number);
  const bounds = [west, south, east, north];
  if (more.length > 0 || !bounds.every((value) => Number.isFinite(value)))
    throw new Error(`--bbox is "${text}": use west,south,east,north in degrees`);
  return bounds as unknown as Bounds;
}

function main(args: readonly string[]): string {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      name: { type: 'string', multiple: true },
      state: { type: 'string' },
      bbox: { type: 'string' },
    },
  });
  const [layer] = positionals;
  if (layer !== 'countries' && layer !== 'counties') throw new Error(USAGE);
  const bbox = values.bbox === undefined ? undefined : parseBounds(values.bbox);
  const selected = sampleFeatures(layer, { names: values.name, state: values.state, bbox });
  if (selected.features.length === 0) throw new Error(`No feature of the layer ${layer} matches`);
  return JSON.stringify(selected);
}

if (import.meta.main) {
  try {
    process.stdout.write(`${main(process.argv.slice(2))}\n`);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
