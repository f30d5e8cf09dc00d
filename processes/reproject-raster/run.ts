import type { Run } from '../../core/processes/declaration.ts';
import type { RunContext } from '../../core/run/context.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { remarkOnMove } from '../../geo/crs/accuracy.ts';
import { fromUnit } from '../../geo/crs/angular-unit.ts';
import type { Crs } from '../../geo/crs/crs.ts';
import { parseCrs } from '../../geo/crs/find-crs.ts';
import { openWholeRaster } from '../../geo/raster/formats/open-raster.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { gridWithinTurn } from '../../geo/raster/grid/longitudes.ts';
import { checkPixelCount, checkPixels } from '../../geo/raster/pixel-limits.ts';
import type { DataType, Raster } from '../../geo/raster/raster.ts';
import { dividedGrid } from '../../geo/raster/strip.ts';
import { weighPixel } from '../../geo/raster/values/data-types.ts';
import { keepMeaning } from '../../geo/raster/values/keep-meaning.ts';
import { periodBeyond } from '../../geo/raster/warp/pixel-transformer.ts';
import { type Located, warp } from '../../geo/raster/warp/warp.ts';
import type declaration from './process.ts';
import { targetGrid } from './target-grid.ts';

/** Ways to resample whose values are not those of pixels. */
const mixing: ReadonlySet<string> = new Set(['bilinear', 'cubic', 'cubicSpline', 'lanczos', 'average']);

/** Finds the grid of the result and resamples the raster onto it. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const raster = await openWholeRaster(inputs.raster, context);
  const crs = inputs.targetCrs === undefined ? undefined : parseCrs(inputs.targetCrs, '/inputs/targetCrs');
  const source = located(raster, crs);
  const remark = remarkOnMove(source.crs, crs ?? source.crs);
  if (remark !== undefined) context.warn(remark, { input: raster.pointer });
  const warn = (message: string) => context.warn(message, { input: raster.pointer });
  const resolution = inputs.resolution && fromUnit(inputs.resolution, crs ?? source.crs);
  const grid = targetGrid(source, crs ?? source.crs, resolution, '/inputs/targetCrs', warn);
  if (periodBeyond(source, grid.crs) !== undefined)
    context.warn(
      `The raster crosses the antimeridian, where ${grid.crs.name} ends: the result continues beyond it, in one piece.`,
      { input: raster.pointer },
    );
  const { dataType } = requirePresent(raster.bands[0], 'The band');
  const target = partOf(grid, source, dataType, context);
  const bandCount = raster.bands.length;
  // A part reads what it needs.
  if (!target.strip) checkPixels(raster, undefined, context, bandCount);
  const cause = inputs.resolution === undefined ? raster.pointer : '/inputs/resolution';
  checkPixelCount(target.width * target.height * bandCount, cause, context);

  if (raster.colorTable && mixing.has(inputs.resampling))
    context.warn(
      `The values of the raster are indices into a colour table; "${inputs.resampling}" mixes them. Use "nearest" or "mode" to keep them.`,
      { input: raster.pointer },
    );
  const pixels = await warp(source, target, inputs, context);
  // A raster that stays in its CRS and resolution keeps its grid.
  const { width, height, transform, strip } = grid === source ? target : gridWithinTurn(target);
  const place = { width, height, transform, crs: raster.crs && target.crs, ...(strip && { strip }) };
  const meaning = keepMeaning(raster, { dataType, samePixels: false }, context);
  const content = { ...place, dataType, ...meaning, ...pixels };
  return { result: await writeRaster(content, context.format('result')) };
};

/** The rows of the result that the run is about. @throws WorkToDivide when it, or the raster, is too large for one worker */
function partOf(grid: Located, source: Raster, dataType: DataType, context: RunContext): Located {
  const [own, wanted] = [source.width * source.height, grid.width * grid.height];
  return dividedGrid(grid, context, {
    weight: weighPixel(dataType, source.bands.length),
    pixels: Math.max(own, wanted),
    effort: own / wanted,
  });
}

/** Stands for the CRS of a raster that names none, within which it can be resampled all the same. */
const UNKNOWN: Crs = { name: 'unknown', meaning: 'unknown', isGeographic: false, metresPerUnit: 1 };

function located(raster: Raster, targetCrs: Crs | undefined): Raster & Located {
  if (raster.crs === undefined && targetCrs !== undefined)
    throw new InvalidInput(raster.pointer, 'has no CRS, so it cannot be reprojected.');
  return { ...raster, crs: raster.crs ?? UNKNOWN };
}
