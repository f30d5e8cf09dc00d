import type { RunContext } from '../../core/run/context.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import type { Raster, Samples } from '../../geo/raster/raster.ts';
import { newSamples } from '../../geo/raster/values/data-types.ts';
import { iterateStrips } from '../../geo/raster/values/strips.ts';

/** Pixels that are read at once: the more blocks a file has of them, the more of them are unpacked at a time. */
const STRIP = 1 << 24;

/** What is there of a band. */
export interface PresentValues {
  readonly values: Samples;
  /** How many pixels are there and infinite, which are not among the values. */
  readonly infinite: number;
}

/**
 * The finite samples of a band that are there, in the data type of the band: half of the memory of doubles, or less.
 *
 * @param pixels about how many are read at once
 */
export async function presentValues(
  raster: Raster,
  band: number,
  context: RunContext,
  pixels = STRIP,
): Promise<PresentValues> {
  const { dataType, nodata } = requirePresent(raster.bands[band - 1], 'The band');
  let values: Samples | undefined;
  let count = 0;
  let infinite = 0;
  for await (const strip of iterateStrips(raster, context, `Reading band ${band}`, pixels)) {
    const samples = await raster.read(band, strip);
    const mask = await raster.readMask?.(band, strip);
    const present = withoutMissing(mask ? withoutMasked(samples, mask) : samples, nodata);
    if (strip.height === raster.height) return present;
    values ??= newSamples(dataType, raster.width * raster.height);
    values.set(present.values, count);
    count += present.values.length;
    infinite += present.infinite;
  }
  return { values: values?.subarray(0, count) ?? newSamples(dataType, 0), infinite };
}

/** The samples that a mask has, moved to the front. */
function withoutMasked(samples: Samples, mask: Samples): Samples {
  let count = 0;
  for (let index = 0; index < samples.length; index++)
    if (mask[index] !== 0) samples[count++] = samples[index] ?? Number.NaN;
  return samples.subarray(0, count);
}

/** The finite samples that are not nodata, moved to the front. */
function withoutMissing(samples: Samples, nodata: number | undefined): PresentValues {
  let count = 0;
  let infinite = 0;
  for (let index = 0; index < samples.length; index++) {
    const value = samples[index] ?? Number.NaN;
    if (value === nodata) continue;
    if (Number.isFinite(value)) samples[count++] = value;
    else if (!Number.isNaN(value)) infinite++;
  }
  return { values: samples.subarray(0, count), infinite };
}
