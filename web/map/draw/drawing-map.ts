import type { FeatureCollection } from 'geojson';
import Feature from 'ol/Feature.js';
import GeoJSON from 'ol/format/GeoJSON.js';
import Point from 'ol/geom/Point.js';
import { fromExtent } from 'ol/geom/Polygon.js';
import Draw, { createBox } from 'ol/interaction/Draw.js';
import Modify from 'ol/interaction/Modify.js';
import VectorLayer from 'ol/layer/Vector.js';
import type OlMap from 'ol/Map.js';
import VectorSource from 'ol/source/Vector.js';
import { kindColour } from '../colours/ramps.ts';
import { toStyle } from '../vector/ol-style.ts';
import { plainPaint } from '../vector/vector-style.ts';
import { asDrawn } from './as-drawn.ts';

/** What can be drawn. */
export const kinds = ['point', 'line', 'polygon', 'rectangle'] as const;
export type Kind = (typeof kinds)[number];

/** Digits of degrees: a centimetre. */
const DECIMALS = 7;
const format = new GeoJSON({ featureProjection: 'EPSG:3857' });

/** Draws on a map with pointers, fingers or keys. Fires `change` when what is drawn is another. */
export class DrawingMap extends EventTarget {
  readonly #map: OlMap;
  readonly #source = new VectorSource();
  readonly #single: boolean;
  #kind: Kind = 'polygon';
  #draw: Draw | undefined;
  /** The first corner of a rectangle that is set with keys. */
  #corner: number[] | undefined;

  /** @param single whether what is drawn replaces what was there */
  constructor(map: OlMap, single: boolean) {
    super();
    this.#map = map;
    this.#single = single;
    const paint = plainPaint(kindColour(5));
    map.addLayer(new VectorLayer({ source: this.#source, style: () => toStyle(paint), zIndex: 600 }));
    const modify = new Modify({ source: this.#source });
    modify.on('modifyend', () => this.#changed());
    map.addInteraction(modify);
  }

  /** What is drawn, in degrees; undefined for nothing. */
  get value(): FeatureCollection | undefined {
    const features = this.#source.getFeatures();
    if (features.length === 0) return undefined;
    const options = { decimals: DECIMALS, rightHanded: true };
    return asDrawn(format.writeFeaturesObject(features, options) as FeatureCollection);
  }

  set value(collection: FeatureCollection | undefined) {
    this.#source.clear();
    if (collection) this.#source.addFeatures(format.readFeatures(collection));
  }

  get extent(): number[] | undefined {
    return this.#source.getFeatures().length > 0 ? (this.#source.getExtent() ?? undefined) : undefined;
  }

  use(kind: Kind): void {
    this.#kind = kind;
    this.#corner = undefined;
    if (this.#draw) this.#map.removeInteraction(this.#draw);
    const types = { point: 'Point', line: 'LineString', polygon: 'Polygon', rectangle: 'Circle' } as const;
    const box = kind === 'rectangle' ? { geometryFunction: createBox() } : {};
    this.#draw = new Draw({ type: types[kind], ...box });
    this.#draw.on('drawend', ({ feature }) => this.#add(feature));
    this.#map.addInteraction(this.#draw);
  }

  /** Sets a vertex at the middle of the map. */
  setVertex(): void {
    const centre = this.#map.getView().getCenter() ?? [0, 0];
    if (this.#kind === 'point') this.#add(new Feature(new Point(centre)));
    else if (this.#kind === 'rectangle') this.#setCorner(centre);
    else this.#draw?.appendCoordinates([centre]);
  }

  finish(): void {
    this.#draw?.finishDrawing();
  }

  /** Takes back the last vertex of what is being drawn, or else the last feature. */
  undo(): void {
    this.#corner = undefined;
    const isDrawing = this.#draw
      ?.getOverlay()
      .getSource()
      ?.getFeatures()
      .some((feature) => feature.getGeometry()?.getType() !== 'Point');
    if (isDrawing) {
      this.#draw?.removeLastPoint();
      return;
    }
    const last = this.#source.getFeatures().at(-1);
    if (last) this.#source.removeFeature(last);
    this.#changed();
  }

  clear(): void {
    this.#draw?.abortDrawing();
    this.#source.clear();
    this.#changed();
  }

  #setCorner(centre: number[]): void {
    if (!this.#corner) {
      this.#corner = centre;
      return;
    }
    const [x = 0, y = 0] = this.#corner;
    const [a = 0, b = 0] = centre;
    this.#corner = undefined;
    this.#add(new Feature(fromExtent([Math.min(x, a), Math.min(y, b), Math.max(x, a), Math.max(y, b)])));
  }

  #add(feature: Feature): void {
    if (this.#single) this.#source.clear();
    this.#source.addFeature(feature);
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
