import { interpret } from '../../core/execution/input-values.ts';
import type { PlannedRaster } from '../../core/execution/plan.ts';
import { inlineSource } from '../../core/execution/sources.ts';
import type { Input, ProcessDeclaration } from '../../core/processes/declaration.ts';
import type { RunContext, Source } from '../../core/run/context.ts';
import { FormatError } from '../../core/shared/format-error.ts';
import { crs84 } from '../../geo/crs/crs.ts';
import { requireComputable } from '../../geo/crs/find-crs.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { checkBandNumber } from '../../geo/raster/band.ts';
import { readGrid } from '../../geo/raster/formats/tiff/read-grid.ts';
import type { PartRequest } from '../../processes/common/part-plan.ts';
import { partPlans } from './part-plans.ts';

/** What is known of a raster, and for how much of it the limits of its process are asked. */
interface Planned {
  readonly raster: PlannedRaster;
  /** Pixels of all bands that count for these limits; undefined where none do, or it is not known. */
  readonly counted: number | undefined;
}

/**
 * What the header of a raster says, and how much of it a run would read. Undefined for files that are no GeoTIFF, and for those of
 * which the run has to tell what is wrong with them.
 *
 * @throws InvalidInput for a band that the raster has not, and for an extent or features that name no part of it
 */
export async function planRaster(
  process: ProcessDeclaration,
  { reads }: Pick<Input, 'reads'>,
  source: Source,
  inputs: Readonly<Record<string, unknown>>,
  context: RunContext,
): Promise<Planned | undefined> {
  const grid = await readGrid(source).catch((error: unknown) => {
    if (error instanceof FormatError) return undefined;
    throw error;
  });
  if (!grid) return undefined;
  const { width, height, bandCount: bands } = grid;
  const { pointer } = source;
  const raster: PlannedRaster = { pointer, width, height, bands };
  const values = plainValues(process, inputs);
  if (typeof values['band'] === 'number') checkBandNumber(bands, values['band']);
  if (reads === 'grid') return { raster: { ...raster, window: { width: 0, height: 0 } }, counted: undefined };
  if (reads !== 'part') {
    const count = reads === 'bands' ? bands : 1;
    return { raster: { ...raster, window: { width, height } }, counted: width * height * count };
  }
  const crs = grid.crs ? requireComputable(grid.crs, pointer) : crs84;
  const layer = await layerInRequest(process, inputs, context);
  const request: PartRequest = { grid: { ...grid, crs }, bands, pointer, values, layer };
  const plans = await partPlans[process.id]?.();
  // What the process cannot say before it runs shows in the run.
  const { counted, ...part } = (await plans?.planPart(request, context)) ?? {};
  return { raster: { ...raster, ...part }, counted };
}

/** The inputs that are neither layers nor rasters, their wrapping taken off. */
function plainValues(
  process: ProcessDeclaration,
  inputs: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(process.inputs).flatMap(([id, { source, maxOccurs }]) => {
      if (source || maxOccurs !== 1 || inputs[id] === undefined || inputs[id] === null) return [];
      const given = interpret(inputs[id], '');
      return given.kind === 'literal' ? [[id, given.value]] : [];
    }),
  );
}

/** The layer of a request that has one as GeoJSON in it: reading any other one is the work of the run. */
async function layerInRequest(
  process: ProcessDeclaration,
  inputs: Readonly<Record<string, unknown>>,
  context: RunContext,
): Promise<PartRequest['layer']> {
  const found = Object.entries(process.inputs).find(([, { source }]) => source === 'layer');
  const [id, input] = found ?? [];
  if (!input || id === undefined || inputs[id] === undefined || inputs[id] === null) return undefined;
  const given = interpret(inputs[id], `/inputs/${id}`);
  if (given.kind !== 'literal' || typeof given.value !== 'object') return undefined;
  return { layer: await readLayer(inlineSource(input, given), context), pointer: given.pointer };
}
