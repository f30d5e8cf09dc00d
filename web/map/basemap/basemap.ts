import type { Feature as GeoJsonFeature } from 'geojson';
import Feature from 'ol/Feature.js';
import GeoJSON from 'ol/format/GeoJSON.js';
import Point from 'ol/geom/Point.js';
import type BaseLayer from 'ol/layer/Base.js';
import TileLayer from 'ol/layer/Tile.js';
import VectorLayer from 'ol/layer/Vector.js';
import { fromLonLat } from 'ol/proj.js';
import VectorSource from 'ol/source/Vector.js';
import XYZ from 'ol/source/XYZ.js';
import { feature } from 'topojson-client';
import type { Objects, Topology } from 'topojson-specification';
import address from '../generated/world.topojson';
import { inSlices } from '../shared/slices.ts';
import { graticuleLayer } from './graticule.ts';
import { type Colours, lakeStyle, landStyle, nameStyle } from './styles.ts';

interface World {
  readonly small: Topology<Objects>;
  readonly large: Topology<Objects>;
  readonly names: readonly { readonly name: string; readonly at: number[]; readonly size?: number }[];
}

/** Metres per pixel from which on the coarser scale is drawn. */
const COARSE = 9000;
/** The web's Mercator ends there; what lies beyond is at infinity. */
const LAST_LATITUDE = 85.06;

/** Natural Earth's countries and lakes with their names, and degrees where these are too coarse: what is on every map, and asks nobody. */
export function worldLayers(colours: () => Colours): BaseLayer[] {
  const scales = [
    { name: 'large' as const, maxResolution: COARSE },
    { name: 'small' as const, minResolution: COARSE },
  ].flatMap(({ name, ...resolutions }) =>
    (['countries', 'lakes'] as const).map((object) => {
      const source = new VectorSource({ wrapX: true });
      const style = object === 'lakes' ? lakeStyle(colours) : landStyle(colours);
      return { name, object, source, layer: new VectorLayer({ source, style, ...resolutions }) };
    }),
  );
  const names = new VectorSource({ wrapX: true });
  void readWorld().then(async (world) => {
    // The coarser scale is what most maps show first.
    for (const { name, object, source } of scales.toReversed())
      source.addFeatures(await readObject(world[name], object));
    names.addFeatures(world.names.map(toName));
  });
  return [
    ...scales.map(({ layer }) => layer),
    graticuleLayer(colours),
    new VectorLayer({ source: names, style: nameStyle(colours), declutter: true, zIndex: 1000 }),
  ];
}

/** Tiles that the operator chose instead. */
export const tileLayers = (template: string, attribution: string): BaseLayer[] => [
  new TileLayer({
    source: new XYZ({ url: template, attributions: attribution ? [asText(attribution)] : [] }),
  }),
];

/** The control of OpenLayers takes HTML; what the setting says is text. */
function asText(text: string): string {
  const element = document.createElement('span');
  element.textContent = text;
  return element.innerHTML;
}

let world: Promise<World> | undefined;

function readWorld(): Promise<World> {
  world ??= fetch(new URL(address, import.meta.url)).then((response) => response.json() as Promise<World>);
  return world;
}

/** The features of an object, some at a time: all at once they held up the page for a fifth of a second. */
async function readObject(topology: Topology<Objects>, name: string): Promise<Feature[]> {
  const object = topology.objects[name];
  const parts = object?.type === 'GeometryCollection' ? object.geometries : [];
  const made: Feature[] = [];
  await inSlices(
    parts.length,
    (index) => {
      const part = parts[index];
      if (!part) return;
      const read = feature(topology, part) as GeoJsonFeature;
      if ('coordinates' in read.geometry) clip(read.geometry.coordinates);
      for (const one of format.readFeatures(read)) made.push(one);
    },
    undefined,
    1,
  );
  return made;
}

const format = new GeoJSON({ featureProjection: 'EPSG:3857' });

/** Moves positions beyond the last latitude to it. */
function clip(value: readonly unknown[]): void {
  if (typeof value[0] !== 'number') {
    for (const part of value) clip(part as readonly unknown[]);
    return;
  }
  const position = value as number[];
  position[1] = Math.max(-LAST_LATITUDE, Math.min(LAST_LATITUDE, position[1] ?? 0));
}

function toName({ name, at, size }: World['names'][number]): Feature {
  return new Feature({ geometry: new Point(fromLonLat(at)), name, size });
}
