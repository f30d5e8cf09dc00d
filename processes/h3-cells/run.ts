import type { InputsOf, Run } from '../../core/processes/declaration.ts';
import type { RunContext } from '../../core/run/context.ts';
import {
  ClassLimitExceeded,
  type Fault,
  InvalidRequest,
  type LimitExceeded,
} from '../../core/shared/errors.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { crs84 } from '../../geo/crs/crs.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { collectParts } from '../../geo/geodesy/antimeridian.ts';
import { type Cells, coverGeometries } from '../../geo/h3/cover-geometries.ts';
import { estimatedCount } from '../../geo/h3/estimate.ts';
import { writeCells } from '../../geo/h3/write-cells.ts';
import { featureProgress } from '../../geo/layer/feature-progress.ts';
import { MAXIMUM_FAULTS } from '../../geo/layer/geometry-faults.ts';
import type { Layer, LayerFeature } from '../../geo/layer/layer.ts';
import { lazyGeometry, sharedGeometries, wkbAt } from '../../geo/layer/packed-geometries.ts';
import { measureProperties, PropertyBudget } from '../../geo/layer/property-budget.ts';
import { splitItems } from '../../geo/parallel/parts.ts';
import { shareWork } from '../../geo/parallel/share-work.ts';
import { layerInCrs } from '../../geo/reproject/reproject.ts';
import type declaration from './process.ts';

/** Cells of a part of the work. */
const CELLS_PER_PART = 1000;
/** Vertices of other works that threads share which take about as long as a cell. */
const VERTICES_PER_CELL = 10;

/** Covers the features one by one, on longitudes and latitudes, shared by all cores. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layer = await readLayer(inputs.features, context);
  refuseLines(layer);
  const geographic = await layerInCrs(layer, crs84, context);
  const features: LayerFeature[] = [];
  const present = geographic.features.flatMap(({ geometry }, index) => (geometry ? [index] : []));
  const budget = new PropertyBudget(context, '/inputs/features');
  let next = 0;
  for (const { cells, counts, polygons } of await coverings(geographic, present, inputs, context)) {
    let place = 0;
    for (const count of counts) {
      const { properties } = featureAt(geographic.features, present[next++]);
      budget.count(count, measureProperties(properties));
      for (const end = place + count; place < end; place++) {
        const geometry = lazyGeometry(wkbAt(polygons, place));
        features.push({ type: 'Feature', properties: { ...properties, h3: cells[place] ?? '' }, geometry });
      }
    }
  }
  return { result: await writeCells(features, layer, context) };
};

/** The cells of the features that have a geometry, part by part. */
async function coverings(
  { features, geometryPointer }: Layer,
  present: readonly number[],
  covering: InputsOf<typeof declaration>,
  context: RunContext,
): Promise<Cells[]> {
  const { resolution, containment, compact } = covering;
  const estimates = present.map((index) =>
    estimatedCount(requirePresent(featureAt(features, index).geometry, 'The geometry'), covering),
  );
  const estimate = estimates.reduce((sum, count) => sum + count, 0);
  const most = context.limits.features ?? Infinity;
  // Cells are smaller than the mean in places, but not by half: what is over twice the limit is over it.
  if (estimate > 2 * most) throw tooMany(`about ${Math.round(estimate)} cells or more`, most);
  const geometries = sharedGeometries(present.map((index) => featureAt(features, index).geometry));
  const { starts, sizes } = splitItems(
    present.length,
    (index) => 1 + Math.ceil(estimates[index] ?? 0),
    CELLS_PER_PART,
  );
  let count = 0;
  return shareWork(
    coverGeometries,
    { geometries, starts, covering: { resolution, containment, compact } },
    {
      context,
      sizes,
      vertices: estimate * VERTICES_PER_CELL,
      reportProgress: featureProgress(context, features.length, 'Covering features'),
      pointers: [(position) => geometryPointer(present[position] ?? position)],
      visit: ({ cells }) => {
        count += cells.length;
        if (count > most) throw tooMany(`more than ${most} cells`, most);
      },
    },
  );
}

const featureAt = (features: readonly LayerFeature[], index = Number.NaN): LayerFeature =>
  requirePresent(features[index], 'The feature');

function refuseLines(layer: Layer): void {
  const faults: Fault[] = [];
  for (const [index, { geometry }] of layer.features.entries()) {
    if (geometry === null || collectParts(geometry).lines.length === 0) continue;
    const detail = `is a ${geometry.type}; only points and polygons can be covered with cells. Buffer lines first.`;
    faults.push({ pointer: layer.geometryPointer(index), detail });
    if (faults.length === MAXIMUM_FAULTS) break;
  }
  if (faults.length > 0) throw new InvalidRequest(faults, 'An input is not valid');
}

const tooMany = (count: string, most: number): LimitExceeded =>
  new ClassLimitExceeded(
    '/inputs/resolution',
    `The result would have ${count}; the process returns up to ${most}. Use a coarser resolution or fewer features.`,
  );
