import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { memoryService } from '../../test/support/memory-service.ts';
import { inOwnPlane, namesCrs } from './own-plane.ts';

/** A layer of a picture. */
export interface PictureLayer {
  readonly title: string;
  readonly role: 'input' | 'result';
  readonly type: string;
  readonly bytes: Uint8Array | string;
}

const GEOJSON = 'application/geo+json';
const TIFF = 'image/tiff; application=geotiff; profile=cloud-optimized';
const service = memoryService();

/** What goes into the first example of a process, and what comes of it, as far as a map can show it. */
export async function exampleLayers(process: ProcessDeclaration): Promise<PictureLayer[]> {
  const request = process.examples?.[0]?.request;
  if (!request) return [];
  const inputs = Object.entries(request.inputs ?? {}).flatMap(([id, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((one) => toLayer(one, process.inputs[id]?.title ?? id)),
  );
  const found = Object.entries(process.outputs).find(([, { schema }]) => drawnType(JSON.stringify(schema)));
  if (!found) return inputs.every(isPoint) ? [] : inputs;
  const [id, { title, schema }] = found;
  const type = drawnType(JSON.stringify(schema)) ?? GEOJSON;
  const outputs = { [id]: { format: { mediaType: type } } };
  const answer = await service.execute(process.id, { inputs: request.inputs, outputs });
  // The example may not have what this output is made of.
  if (answer.status !== 200) return inputs;
  if (type === TIFF) return [...inputs, { title, role: 'result', type: 'image/tiff', bytes: answer.bytes }];
  const result: PictureLayer = { title, role: 'result', type, bytes: answer.text };
  return namesCrs(answer.text) ? [...inputs, result].map(toOwnPlane) : [...inputs, result];
}

const toOwnPlane = (layer: PictureLayer): PictureLayer =>
  typeof layer.bytes === 'string' ? { ...layer, bytes: inOwnPlane(layer.bytes) } : layer;

/** A place or two say nothing by themselves. */
const isPoint = ({ bytes }: PictureLayer): boolean =>
  typeof bytes === 'string' &&
  (bytes.match(/"coordinates"/g)?.length ?? 0) < 2 &&
  /"type":"Point"/.test(bytes);

const drawnType = (schema: string): string | undefined =>
  schema.includes(GEOJSON) ? GEOJSON : schema.includes('"image/tiff') ? TIFF : undefined;

/** Types of GeoJSON documents. */
const geojson = /^(?:Feature|FeatureCollection|(?:Multi)?(?:Point|LineString|Polygon)|GeometryCollection)$/;

/** Characters of a raster without pixels. */
const EMPTY = 100;

interface Qualified {
  readonly type?: unknown;
  readonly value?: unknown;
  readonly mediaType?: unknown;
}

function toLayer(input: unknown, title: string): PictureLayer[] {
  if (typeof input !== 'object' || input === null) return [];
  const { type, value, mediaType } = input as Qualified;
  if (geojson.test(String(type)))
    return [{ title, role: 'input', type: GEOJSON, bytes: JSON.stringify(input) }];
  if (typeof value === 'string' && value.length > EMPTY && String(mediaType).startsWith('image/tiff'))
    return [{ title, role: 'input', type: 'image/tiff', bytes: Buffer.from(value, 'base64') }];
  return typeof value === 'object' ? toLayer(value, title) : [];
}
