import { InvalidInput } from '../../../core/shared/errors.ts';
import { parseExact } from '../../../core/shared/exact-json.ts';
import { findFlaw } from '../../../core/shared/json.ts';
import { woundFeature } from '../../geometry/winding.ts';
import type { LayerContent } from '../../layer/layer.ts';
import { decodeText, encodeTexts } from '../common/text.ts';

type Members = Readonly<Record<string, unknown>>;

const RECORD_SEPARATOR = '\u001e';

/**
 * The features of a sequence of GeoJSON texts as one FeatureCollection: with record separators (RFC 8142), or one
 * text per line. Each text is a Feature, a FeatureCollection or a geometry. A `crs` or `coordRefSys` member of the
 * first text holds for all.
 *
 * @param count is called with the number of features so far, and may refuse it.
 * @throws InvalidInput naming the first text that cannot be read, or that names another CRS.
 */
export function collectionFromSequence(
  bytes: Uint8Array,
  pointer: string,
  count: (features: number) => void = () => undefined,
): Members {
  const fail = (reason: string) =>
    new InvalidInput(pointer, `cannot be read as a sequence of GeoJSON texts: ${reason}`);
  let content: string;
  try {
    content = decodeText(bytes);
  } catch (cause) {
    throw fail((cause as Error).message);
  }
  const features: unknown[] = [];
  let crs: Members | undefined;
  let number = 0;
  for (const text of splitRecords(content)) {
    number++;
    const value = parsed(text, (reason) => fail(`text ${number}: ${reason}`));
    const named = { crs: value['crs'], coordRefSys: value['coordRefSys'] };
    const flaw = findFlaw(named);
    if (flaw) throw fail(`text ${number}: its CRS ${flaw.detail}`);
    crs ??= named;
    if (JSON.stringify(named) !== JSON.stringify(crs))
      throw fail(`text ${number} names a different CRS from the first.`);
    if (Array.isArray(value['features'])) {
      for (const feature of value['features']) features.push(feature);
    } else
      features.push(
        value['type'] === 'Feature' ? value : { type: 'Feature', properties: {}, geometry: value },
      );
    count(features.length);
  }
  return { type: 'FeatureCollection', features, ...crs };
}

/** The texts that are not empty. With record separators a text may have several lines, as RFC 8142 allows. */
function* splitRecords(content: string): Generator<string> {
  const separator = content.includes(RECORD_SEPARATOR) ? RECORD_SEPARATOR : '\n';
  for (let start = 0; start < content.length; ) {
    const next = content.indexOf(separator, start);
    const end = next === -1 ? content.length : next;
    const text = content.slice(start, end).trim();
    if (text !== '') yield text;
    start = end + 1;
  }
}

function parsed(text: string, fail: (reason: string) => InvalidInput): Members {
  let value: unknown;
  try {
    value = parseExact(text);
  } catch (cause) {
    throw fail((cause as Error).message);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members;
  throw fail('it must be a GeoJSON object.');
}

/** A GeoJSON text sequence (RFC 8142), one feature per text. Coordinates must be CRS84 already. */
export const geojsonSequenceBytes = ({ features }: LayerContent): Uint8Array =>
  encodeTexts(encodeRecords(features));

function* encodeRecords(features: LayerContent['features']): Generator<string> {
  for (const feature of features) yield `${RECORD_SEPARATOR}${JSON.stringify(woundFeature(feature))}\n`;
}
