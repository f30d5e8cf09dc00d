import { Builder, ByteBuffer } from 'flatbuffers';
import { Feature } from 'flatgeobuf/lib/mjs/flat-geobuf/feature.js';
import { Geometry as FlatGeometry } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry.js';
import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js';
import type { Geometry, MultiPolygon } from 'geojson';
import { requirePresent } from '../../../core/shared/require-present.ts';
import { keptWkb } from '../../geometry/lazy-geometry.ts';
import { isEmptyGeometry, type LayerFeature } from '../../layer/layer.ts';
import { lazyGeometry } from '../../layer/packed-geometries.ts';
import type { Column } from '../common/columns.ts';
import { listWkbParts } from '../wkb/wkb-measures.ts';
import { flattenGeometry } from './flat-geometry.ts';
import { PropertyWriter } from './flatgeobuf-properties.ts';

/** Bytes of properties up to which patterns are kept: longer ones are seldom of the same length. */
const LONGEST = 1024;

/** A feature of a point as it was built, and where in it the values are that others have otherwise. */
interface Pattern {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly properties: number;
  readonly xy: number;
}

/** Writes features, each a FlatBuffer with its size before it. */
export class FeatureWriter {
  // One for all features: it has grown to the largest of them.
  readonly #builder = new Builder();
  readonly #properties: PropertyWriter;
  /**
   * Points whose properties take as many bytes differ in nothing but their values: by that number, what was built for
   * the first. The values of the next ones are put into it.
   */
  readonly #patterns = new Map<number, Pattern>();

  readonly #high: boolean;

  /** @param high whether features of the layer have heights: readers want them in all features then, or in none. */
  constructor(columns: readonly Column[], high: boolean) {
    this.#high = high;
    this.#properties = new PropertyWriter(columns);
  }

  /** @returns a view that the next call overwrites. */
  write(feature: LayerFeature): Uint8Array {
    const { geometry } = feature;
    const properties = this.#properties.write(feature);
    const position = geometry && !this.#high && properties.length <= LONGEST && flatPosition(geometry);
    if (!position) return this.#built(geometry, properties);
    const { bytes, view, properties: propertiesAt, xy } = this.#pattern(geometry, properties);
    bytes.set(properties, propertiesAt);
    view.setFloat64(xy, position[0] ?? Number.NaN, true);
    view.setFloat64(xy + 8, position[1] ?? Number.NaN, true);
    return bytes;
  }

  #pattern(point: Geometry, properties: Uint8Array): Pattern {
    const known = this.#patterns.get(properties.length);
    if (known) return known;
    const bytes = this.#built(point, properties).slice();
    const feature = Feature.getSizePrefixedRootAsFeature(new ByteBuffer(bytes));
    const pattern = {
      bytes,
      view: new DataView(bytes.buffer),
      properties: feature.propertiesArray()?.byteOffset ?? 0,
      xy: requirePresent(feature.geometry()?.xyArray(), 'The array of coordinates').byteOffset,
    };
    this.#patterns.set(properties.length, pattern);
    return pattern;
  }

  #built(geometry: Geometry | null, properties: Uint8Array): Uint8Array {
    const builder = this.#builder;
    builder.clear();
    const propertiesOffset = properties.length > 0 ? builder.createByteVector(properties) : 0;
    const geometryOffset =
      geometry && !isEmptyGeometry(geometry) ? buildGeometry(builder, geometry, this.#high) : 0;
    Feature.startFeature(builder);
    if (geometryOffset) Feature.addGeometry(builder, geometryOffset);
    if (propertiesOffset) Feature.addProperties(builder, propertiesOffset);
    builder.finishSizePrefixed(Feature.endFeature(builder));
    return builder.asUint8Array();
  }
}

/** The position of a point without height; undefined for all else, and for points without a place. */
function flatPosition(geometry: Geometry): ArrayLike<number> | undefined {
  if (geometry.type !== 'Point') return undefined;
  const position = keptWkb(geometry) ? flattenGeometry(geometry, false).xy : geometry.coordinates;
  return position.length === 2 && Number.isFinite(position[0]) && Number.isFinite(position[1])
    ? position
    : undefined;
}

function buildGeometry(builder: Builder, geometry: Geometry, high: boolean): number {
  const type = GeometryType[geometry.type];
  if (geometry.type === 'GeometryCollection') return buildParts(builder, geometry.geometries, type, high);
  if (geometry.type === 'MultiPolygon') return buildParts(builder, listPolygons(geometry), type, high);
  const flat = flattenGeometry(geometry, high);
  const xy = buildNumbers(builder, flat.xy);
  const z = flat.z ? buildNumbers(builder, flat.z) : 0;
  const ends = flat.ends.length > 1 ? FlatGeometry.createEndsVector(builder, flat.ends) : 0;
  FlatGeometry.startGeometry(builder);
  if (ends) FlatGeometry.addEnds(builder, ends);
  FlatGeometry.addXy(builder, xy);
  if (z) FlatGeometry.addZ(builder, z);
  FlatGeometry.addType(builder, type);
  return FlatGeometry.endGeometry(builder);
}

/** Of WKB without its coordinates as lists. */
function listPolygons(geometry: MultiPolygon): Geometry[] {
  const wkb = keptWkb(geometry);
  return wkb
    ? listWkbParts(wkb).map(lazyGeometry)
    : geometry.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates }));
}

function buildParts(builder: Builder, parts: readonly Geometry[], type: GeometryType, high: boolean): number {
  const offset = FlatGeometry.createPartsVector(
    builder,
    parts.map((part) => buildGeometry(builder, part, high)),
  );
  FlatGeometry.startGeometry(builder);
  FlatGeometry.addParts(builder, offset);
  FlatGeometry.addType(builder, type);
  return FlatGeometry.endGeometry(builder);
}

/** A list of numbers, written from its end as the builder wants it, without making room for each. */
function buildNumbers(builder: Builder, numbers: Float64Array): number {
  builder.startVector(8, numbers.length, 8);
  for (let index = numbers.length - 1; index >= 0; index--)
    builder.writeFloat64(numbers[index] ?? Number.NaN);
  return builder.endVector();
}
