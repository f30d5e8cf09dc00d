import type { Run } from '../../core/processes/declaration.ts';
import { greatest } from '../../core/shared/arrays.ts';
import { counted } from '../../core/shared/quote.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { openWholeRaster } from '../../geo/raster/formats/open-raster.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { rastersBesideFirst } from '../../geo/raster/grid/longitudes.ts';
import { checkSameGrid } from '../../geo/raster/grid/same-grid.ts';
import { checkPixelCount, checkPixels } from '../../geo/raster/pixel-limits.ts';
import type { Raster, Window } from '../../geo/raster/raster.ts';
import { dividedRaster } from '../../geo/raster/strip.ts';
import { weighPixel } from '../../geo/raster/values/data-types.ts';
import { chooseNodata } from '../../geo/raster/values/nodata.ts';
import { readValues } from '../../geo/raster/values/read-values.ts';
import { ResultBand, settleBands } from '../../geo/raster/values/result-band.ts';
import { warnOfScale } from '../../geo/raster/values/scaled-raster.ts';
import { readStrips } from '../../geo/raster/values/strips.ts';
import { tellLosses } from '../../geo/raster/values/type-losses.ts';
import { type Block, compile, type Evaluate } from './compile.ts';
import { parseExpression } from './parse.ts';
import type declaration from './process.ts';
import { countOperations, listVariables, makeVariableKey, type Variable } from './syntax.ts';
import { expressionError } from './tokens.ts';

/** Pixels for which an expression is computed at once, divided among its operations. */
const VALUES = 1 << 22;
const MOST = 1 << 14;

/** Computes an expression for every pixel. A pixel that is missing in a band of the expression is missing. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const syntax = parseExpression(inputs.expression);
  const { outputType: dataType, nodata: wanted } = inputs;
  const nodata = chooseNodata(dataType, { wanted, computed: true });
  const variables = listVariables(syntax);
  const opened = await Promise.all(inputs.rasters.map((source) => openWholeRaster(source, context)));
  const wholes = rastersBesideFirst(opened);
  checkSameGrid(wholes);
  for (const variable of variables) checkVariable(variable, wholes);
  for (const { raster, band } of variables) warnOfScale(rasterAt(wholes, raster), band, context);
  const read = wholes.map((_, index) => variables.filter(({ raster }) => raster === index).length);
  const weight = greatest([weighPixel(dataType), ...read]);
  const rasters = wholes.map((raster) => dividedRaster(raster, context, { weight }));
  const first = rasterAt(rasters, 0);
  const { width, height, transform, crs, strip } = first;
  for (const [index, raster] of rasters.entries())
    if (read[index]) checkPixels(raster, undefined, context, read[index]);
  checkPixelCount(width * height, '/inputs/rasters', context);

  const result = new ResultBand(dataType, width * height, nodata, { finite: true });
  const capacity = Math.max(1024, Math.min(MOST, Math.floor(VALUES / countOperations(syntax))));
  const evaluate = compile(syntax, capacity);
  const readRows = (rows: Window) => readBlock(variables, rasters, rows);
  for await (const [rows, block] of readStrips(first, readRows, context, 'Computing'))
    result.losses.notFinite += computeStrip(evaluate, block, rows, capacity, result.store);
  tellLosses([result.losses], dataType, context, { beyond: 'missing' });
  const settled = settleBands([result], wanted !== undefined, first);
  const content = { width, height, transform, crs, ...(strip && { strip }), dataType, ...settled };
  return { result: await writeRaster(content, context.format('result')) };
};

const rasterAt = (rasters: readonly Raster[], index: number): Raster =>
  requirePresent(rasters[index], 'The raster');

function checkVariable({ name, raster, band, position }: Variable, rasters: readonly Raster[]): void {
  const found = rasters[raster];
  if (!found) {
    const given = rasters.length === 1 ? 'one is' : `${rasters.length} are`;
    throw expressionError(
      position,
      `names raster ${name[0]}, number ${raster + 1}, but only ${given} given.`,
    );
  }
  if (band > found.bands.length)
    throw expressionError(
      position,
      `names ${name}, but raster ${name[0]} has ${counted(found.bands.length, 'band')}.`,
    );
}

async function readBlock(
  variables: readonly Variable[],
  rasters: readonly Raster[],
  strip: Window,
): Promise<Block> {
  const block = new Map<string, Float64Array>();
  // One after the other: bands that lie in the same blocks of a file are unpacked once.
  for (const variable of variables)
    block.set(
      makeVariableKey(variable),
      await readValues(rasterAt(rasters, variable.raster), variable.band, strip),
    );
  return block;
}

/** @returns how many pixels are there in all bands, and have a result that is not finite */
function computeStrip(
  evaluate: Evaluate,
  block: Block,
  { row, width, height }: Window,
  capacity: number,
  store: ResultBand['store'],
): number {
  let notFinite = 0;
  for (let start = 0; start < width * height; start += capacity) {
    const length = Math.min(capacity, width * height - start);
    const part = new Map([...block].map(([key, values]) => [key, values.subarray(start, start + length)]));
    const results = evaluate(part, length);
    notFinite += countNotFinite([...part.values()], results, length);
    // Functions such as where() do not pass on all that is missing.
    for (const values of part.values()) passOnMissing(values, results, length);
    store(row * width + start, results, length);
  }
  return notFinite;
}

function countNotFinite(given: readonly Float64Array[], results: Float64Array, length: number): number {
  let count = 0;
  for (let index = 0; index < length; index++) {
    if (Math.abs(results[index] ?? Number.NaN) <= Number.MAX_VALUE) continue;
    if (!given.some((values) => Number.isNaN(values[index] ?? Number.NaN))) count++;
  }
  return count;
}

function passOnMissing(values: Float64Array, results: Float64Array, length: number): void {
  for (let index = 0; index < length; index++)
    if (Number.isNaN(values[index] ?? Number.NaN)) results[index] = Number.NaN;
}
