import type { FeatureCollection } from 'geojson';
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

/** Natural Earth's countries and lakes with their names: what is on every map, and asks nobody. */
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
  void readWorld().then((world) => {
    for (const { name, object, source } of scales) source.addFeatures(readObject(world[name], object));
    names.addFeatures(world.names.map(toName));
  });
  return [
    ...scales.map(({ layer }) => layer),
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

function readObject(topology: Topology<Objects>, object: string): Feature[] {
  const collection = feature(topology, topology.objects[object] ?? '') as unknown as FeatureCollection;
  const clipped = JSON.parse(JSON.stringify(collection), (_, value) =>
    isPosition(value)
      ? [value[0], Math.max(-LAST_LATITUDE, Math.min(LAST_LATITUDE, value[1]))]
      : (value as unknown),
  ) as FeatureCollection;
  return new GeoJSON({ featureProjection: 'EPSG:3857' }).readFeatures(clipped);
}

const isPosition = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'number' && typeof value[1] === 'number';

function toName({ name, at, size }: World['names'][number]): Feature {
  return new Feature({ geometry: new Point(fromLonLat(at)), name, size });
}
