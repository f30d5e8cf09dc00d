import { REFERENCED_BYTES } from '../../../core/run/context.ts';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { exactNumber } from '../../../core/shared/exact-json.ts';
import { crs84 } from '../../crs/crs.ts';
import { checkVertexCount, type LayerFeature, type Properties } from '../../layer/layer.ts';
import { setProperty } from '../../layer/properties.ts';
import { type FileReader, firstOfSeveral } from '../common/file-reader.ts';
import { decodeText } from '../common/text.ts';
import { checkValues } from '../common/values.ts';
import { KmlDocument, type KmlLayer, type Placemark } from './kml-document.ts';
import { isArchive, kmlOfArchive } from './kmz.ts';

/**
 * Reads one layer of a KML 2.2 document, or of the one in a KMZ archive: the Placemarks that stand directly in one Document or Folder, found by its
 * name, else the first, and the areas of the pictures on the ground (GroundOverlay) there. Names, descriptions and typed or untyped extended data
 * become properties; styles, views, overlays of the screen and links to other documents are left out, and no document is fetched. Coordinates are
 * CRS84.
 *
 * @throws InvalidInput
 */
export const readKml: FileReader = async (file, { layer, pointer }, count, context) => {
  const { limits } = context;
  const bytes = isArchive(file)
    ? kmlOfArchive(file, limits.referencedBytes ?? REFERENCED_BYTES, pointer)
    : file;
  const document = new KmlDocument({
    placemarks: count,
    positions: (positions) => checkVertexCount(positions, pointer, context),
  });
  document.read(decodeText(bytes, detectEncoding(bytes)));
  const filled = document.layers.filter(({ placemarks }) => placemarks.length > 0);
  const chosen = layer === undefined ? filled[0] : document.layers.findLast(({ name }) => name === layer);
  if (layer !== undefined && !chosen) {
    throw new InvalidInput(pointer, `has no layer "${layer}"; its layers: ${listNames(document.layers)}.`);
  }
  const placemarks = chosen?.placemarks ?? [];
  const remarks = [
    ...firstOfSeveral(layer, filled.length, listNames(filled)),
    ...(document.turned > 0 ? [TURNED] : []),
  ];
  const features = placemarks.map((placemark) => featureFromPlacemark(placemark, document));
  // What one Placemark has is null in the others, so that all features of a layer have the same properties.
  const names = new Set(features.flatMap(({ properties }) => Object.keys(properties)));
  checkValues(names.size * features.length, pointer);
  const nulls = Object.fromEntries([...names].map((name) => [name, null]));
  for (const feature of features) feature.properties = { ...nulls, ...feature.properties };
  return { features, crs: crs84, remarks };
};

const TURNED = 'A GroundOverlay is rotated; its polygon is the LatLonBox before rotation, as in GDAL.';

const listNames = (layers: readonly KmlLayer[]): string =>
  layers.map(({ name }) => (name === undefined ? '(unnamed)' : `"${name}"`)).join(', ') || 'none';

/** As the XML declaration says; it is ASCII in every encoding that is read. */
const detectEncoding = (bytes: Uint8Array): string =>
  /^[^>]*\sencoding=["']([\w-]+)["']/.exec(Buffer.from(bytes.subarray(0, 200)).toString('latin1'))?.[1] ??
  'utf-8';

function featureFromPlacemark(
  { id, geometry, members, data, typed }: Placemark,
  document: KmlDocument,
): LayerFeature {
  const properties: Properties = { ...members, ...data };
  for (const [schema, values] of typed) {
    const fields = document.findFields(schema);
    for (const name of fields.keys()) setProperty(properties, name, null);
    for (const [name, text] of values) setProperty(properties, name, typedValue(text, fields.get(name)));
  }
  return { type: 'Feature', ...(id === undefined ? {} : { id }), properties, geometry: geometry ?? null };
}

function typedValue(text: string, type = 'string'): unknown {
  const bare = text.trim();
  switch (type) {
    case 'int':
    case 'uint':
    case 'short':
    case 'ushort':
    case 'long':
    case 'float':
    case 'double': {
      const number = exactNumber(bare);
      return bare !== '' && Number.isFinite(Number(number)) ? number : null;
    }
    case 'bool':
    case 'boolean':
      return /^(?:1|true)$/i.test(bare) ? true : /^(?:0|false)$/i.test(bare) ? false : null;
    default:
      return text;
  }
}
