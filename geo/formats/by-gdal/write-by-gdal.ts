import type { Position } from 'geojson';
import { InvalidInput, LimitExceeded } from '../../../core/shared/errors.ts';
import { FormatError } from '../../../core/shared/format-error.ts';
import { MemoryRefused } from '../../gdal/engine.ts';
import { exportLayer } from '../../gdal/export-layer.ts';
import { eachPosition, mapPositions } from '../../geometry/positions.ts';
import { woundFeature } from '../../geometry/winding.ts';
import type { LayerFeature } from '../../layer/layer.ts';
import { encodeTexts } from '../common/text.ts';

const OUTPUT = '/outputs/result/format';
/** Significant digits, and decimals, of coordinates: more of them GDAL writes for some numbers and not for others. */
const DIGITS = 13;

/**
 * Writes features by way of GDAL.
 *
 * @param options of ogr2ogr, the driver among them
 * @throws LimitExceeded, InvalidInput with what GDAL says
 */
export async function writeByGdal(
  features: readonly LayerFeature[],
  options: readonly string[],
): Promise<Uint8Array> {
  try {
    return await exportLayer(encodeTexts(collection(features)), options);
  } catch (error) {
    if (error instanceof MemoryRefused)
      throw new LimitExceeded(OUTPUT, 'needs more memory to write than the worker has.');
    if (error instanceof FormatError) throw new InvalidInput(OUTPUT, `cannot be written: ${error.message}.`);
    throw error;
  }
}

function* collection(features: readonly LayerFeature[]): Generator<string> {
  yield '{"type":"FeatureCollection","features":[';
  for (const [index, feature] of features.entries()) {
    const { geometry } = feature;
    const rounded = { ...feature, geometry: geometry && mapPositions(geometry, roundedPosition) };
    yield `${index === 0 ? '' : ','}${JSON.stringify(woundFeature(rounded))}`;
  }
  yield ']}';
}

/** Numbers nearer to 0 are written as 0: of the exponent of 1.001E-10 GDAL cuts the zero, as if it were one after the point. */
const LEAST = 1e-9;

/** Rounded here: GDAL cuts zeros before the last digits with what follows, and the exponents of very small numbers. */
const rounded = (value: number): number =>
  Math.abs(value) < LEAST ? 0 : Number(Number(value.toPrecision(DIGITS)).toFixed(DIGITS));
const roundedPosition = (position: Position): Position => position.slice(0, 3).map(rounded);

/** The sentence about coordinates that lose digits. */
export function describeRounding(features: readonly LayerFeature[], title: string): string[] {
  let isRounded = false;
  for (const { geometry } of features) {
    if (isRounded) break;
    eachPosition(geometry, (position) => {
      isRounded ||= position.slice(0, 3).some((value) => rounded(value) !== value);
    });
  }
  return isRounded
    ? [
        `Coordinates in ${title} are rounded to ${DIGITS} significant digits and ${DIGITS} decimal places; those nearer to 0 than ${LEAST} are 0.`,
      ]
    : [];
}
