import type { RunContext } from '../../core/processes/declaration.ts';
import { missingTest, type Raster, type Samples } from '../engines/raster/raster.ts';
import { newSamples } from '../engines/raster-values/data-types.ts';
import { stripsOf } from '../engines/raster-values/strips.ts';

/** The finite samples of a band that are there, in the data type of the band: a fourth of the memory of doubles, or less. */
export async function presentValues(raster: Raster, band: number, context: RunContext): Promise<Samples> {
  const description = raster.bands[band - 1]!;
  const isMissing = missingTest(description);
  const values = newSamples(description.dataType, raster.width * raster.height);
  let count = 0;
  for await (const strip of stripsOf(raster, context, `Reading band ${band}`)) {
    const samples = await raster.read(band, strip);
    const mask = await raster.readMask?.(strip);
    for (const [index, value] of samples.entries()) {
      if (mask?.[index] !== 0 && !isMissing(value) && Number.isFinite(value)) values[count++] = value;
    }
  }
  return values.subarray(0, count);
}
