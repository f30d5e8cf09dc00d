import type { Geometry } from 'geojson';
import { Crs84 } from '../../core/api/uris.ts';
import { type Fault, InvalidInput, InvalidRequest, LimitExceeded } from '../../core/errors.ts';
import type { Run, RunContext } from '../../core/processes/declaration.ts';
import { partsOf } from '../engines/geodesy/antimeridian.ts';
import { loadGeos } from '../engines/geos/geos.ts';
import { polygonOfCell } from '../engines/h3/cell-polygon.ts';
import { type Covering, cellsOf } from '../engines/h3/covering.ts';
import { estimatedCount } from '../engines/h3/estimate.ts';
import { writeCells } from '../engines/h3/write-cells.ts';
import { MAXIMUM_FAULTS } from '../engines/layers/geometry-faults.ts';
import type { Layer, LayerFeature } from '../engines/layers/layer.ts';
import { paceOf } from '../engines/layers/pace.ts';
import { readLayer } from '../engines/layers/read.ts';
import { layerInCrs } from '../engines/layers/reproject.ts';
import type declaration from './process.ts';

/** Covers the features one by one, on longitudes and latitudes. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layer = await readLayer(inputs.features, context);
  refuseLines(layer);
  const geographic = await layerInCrs(layer, Crs84, context);
  checkEstimate(geographic, inputs, context);
  const geos = await loadGeos();

  const features: LayerFeature[] = [];
  const tell = paceOf(context, layer.features.length, 'Covering features');
  for (const [index, { geometry, properties }] of geographic.features.entries()) {
    if (geometry === null) continue;
    await tell(index);
    const cells = cellsAt(layer.geometryPointer(index), geometry, inputs);
    checkCount(features.length + cells.length, context);
    for (const [place, h3] of cells.entries()) {
      if (place % 1000 === 999) await context.progress(index, layer.features.length, 'Covering features');
      features.push({
        type: 'Feature',
        properties: { ...properties, h3 },
        geometry: polygonOfCell(h3, geos),
      });
    }
  }
  return { result: await writeCells(features, layer, context) };
};

function refuseLines(layer: Layer): void {
  const faults: Fault[] = [];
  for (const [index, { geometry }] of layer.features.entries()) {
    if (geometry === null || partsOf(geometry).lines.length === 0) continue;
    const detail = `is a ${geometry.type}; only points and polygons have cells. Buffer lines first, and take the cells of the areas.`;
    faults.push({ pointer: layer.geometryPointer(index), detail });
    if (faults.length === MAXIMUM_FAULTS) break;
  }
  if (faults.length > 0) throw new InvalidRequest(faults, 'An input is not valid');
}

/** The library gives up on areas that it takes for none, such as rings without an inside. */
function cellsAt(pointer: string, geometry: Geometry, covering: Covering): string[] {
  try {
    return cellsOf(geometry, covering);
  } catch (cause) {
    throw new InvalidInput(pointer, `cannot be covered with cells: ${(cause as Error).message}.`);
  }
}

/** Cells are smaller than the mean in places, but not by half: what is over twice the limit is over it. */
function checkEstimate({ features }: Layer, covering: Covering, context: RunContext): void {
  const estimates = features.map(({ geometry }) => (geometry ? estimatedCount(geometry, covering) : 0));
  const estimate = estimates.reduce((sum, count) => sum + count, 0);
  if (estimate > 2 * (context.limits.features ?? Infinity))
    checkCount(Math.round(estimate), context, 'about ');
}

function checkCount(count: number, { limits }: RunContext, about = ''): void {
  if (count <= (limits.features ?? Infinity)) return;
  throw new LimitExceeded(
    '/inputs/resolution',
    `The result would have ${about}${count} cells or more; the process gives up to ${limits.features}. Take a coarser resolution or fewer features.`,
  );
}
