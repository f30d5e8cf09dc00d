import { Encoded } from '../../core/run/context.ts';
import { LimitExceeded } from '../../core/shared/errors.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { remarkOnMove } from '../crs/accuracy.ts';
import { crs84 } from '../crs/crs.ts';
import type { LayerContent } from '../layer/layer.ts';
import { inCrs84 } from '../reproject/reproject.ts';
import { describeLosses } from './common/describe-losses.ts';
import { findFormatLimits } from './common/format-limits.ts';
import { layerInUnit } from './common/layer-in-unit.ts';
import type { WrittenFile } from './common/written-file.ts';
import { geojsonBytes } from './geojson/geojson.ts';
import { geojsonSequenceBytes } from './geojson/geojson-sequence.ts';

/**
 * Encodes a layer in the format that was asked for; the same layer gives the same bytes. GeoJSON, KML and GPX are always
 * CRS84 with all digits; the other formats keep the CRS of the layer.
 *
 * @param mediaType one of those of `layerOutputFormats`.
 * @throws InvalidInput where a Shapefile or GPX cannot hold the layer, LimitExceeded where it would be too large to write.
 */
export async function writeLayer(layer: LayerContent, mediaType: string): Promise<Encoded> {
  checkTexts(layer);
  const moved = inLongitudes.includes(mediaType) ? remarkOnMove(layer.crs, crs84) : undefined;
  const limits = findFormatLimits(mediaType);
  const { bytes, remarks } = await encodeLayer(layer, mediaType);
  return new Encoded(mediaType, bytes, [
    ...(moved === undefined ? [] : [moved]),
    ...remarks,
    ...(limits ? describeLosses(layer.features, limits) : []),
  ]);
}

/** Characters that the texts of a layer may have together when it is written: 500 million. */
const MOST_TEXT = 500_000_000;

/**
 * Refuses a layer of more text than can be written. In memory equal texts are one, however many features have them; in a
 * file each has its own. @throws LimitExceeded
 */
function checkTexts({ features }: LayerContent): void {
  let characters = 0;
  for (const { properties } of features) {
    for (const name in properties) {
      const value = properties[name];
      if (typeof value === 'string') characters += value.length;
    }
    if (characters > MOST_TEXT)
      throw new LimitExceeded(
        '',
        `The result would have more than ${MOST_TEXT} bytes of text in its properties. Send the layer in parts, or with fewer properties.`,
      );
  }
}

/** Formats whose positions are longitudes and latitudes in WGS 84. */
const inLongitudes: readonly string[] = [
  MediaType.geojson,
  MediaType.geojsonSequence,
  MediaType.kml,
  MediaType.kmz,
  MediaType.gpx,
];

async function encodeLayer(layer: LayerContent, mediaType: string): Promise<WrittenFile> {
  switch (mediaType) {
    case MediaType.geojson:
      return lossless(geojsonBytes(await inCrs84(layer)));
    case MediaType.geojsonSequence:
      return lossless(geojsonSequenceBytes(await inCrs84(layer)));
    case MediaType.jsonFg: {
      const { jsonFgBytes } = await import('./geojson/json-fg-write.ts');
      return lossless(await jsonFgBytes(layerInUnit(layer), await inCrs84(layer)));
    }
    case MediaType.kml:
      return (await import('./kml/kml-write.ts')).kmlBytes(await inCrs84(layer));
    case MediaType.kmz:
      return (await import('./kml/kmz.ts')).kmzBytes(await inCrs84(layer));
    case MediaType.gpx:
      return (await import('./gpx/gpx-write.ts')).gpxBytes(await inCrs84(layer));
    case MediaType.gml:
      return (await import('./gml/gml-write.ts')).gmlBytes(layer);
    default:
      return encodeInUnit(layerInUnit(layer), mediaType);
  }
}

/** Of formats that keep the CRS, and so its unit. */
async function encodeInUnit(layer: LayerContent, mediaType: string): Promise<WrittenFile> {
  switch (mediaType) {
    case MediaType.dxf:
      return (await import('./dxf/dxf-write.ts')).dxfBytes(layer);
    case MediaType.csv:
      return (await import('./csv/csv-write.ts')).csvBytes(layer);
    case MediaType.flatgeobuf:
      return (await import('./flatgeobuf/flatgeobuf-write.ts')).flatgeobufBytes(layer);
    case MediaType.geopackage:
      return (await import('./geopackage/geopackage-write.ts')).geopackageBytes(layer);
    case MediaType.geoparquet:
      return lossless(await geoparquet(layer));
    case MediaType.shapefile:
      return (await import('./shapefile/shapefile-write.ts')).shapefileBytes(layer);
    default:
      throw new Error(`Layers are not written as ${mediaType}`);
  }
}

/** Of formats that lose nothing but what `describeLosses` tells. */
const lossless = (bytes: Uint8Array): WrittenFile => ({ bytes, remarks: [] });

async function geoparquet(layer: LayerContent): Promise<Uint8Array> {
  const { geoparquetBytes } = await import('./geoparquet/geoparquet-write.ts');
  const { projjsonFromCrs } = await import('../crs/projjson.ts');
  return geoparquetBytes(layer, projjsonFromCrs(layer.crs));
}
