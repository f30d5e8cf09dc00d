import type { Run } from '../../core/processes/declaration.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { crs84 } from '../../geo/crs/crs.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { loadGeos } from '../../geo/geos/geos.ts';
import { polygonFromCell } from '../../geo/h3/cell-polygon.ts';
import { cellAt } from '../../geo/h3/covering.ts';
import { writeCells } from '../../geo/h3/write-cells.ts';
import { featureProgress } from '../../geo/layer/feature-progress.ts';
import type { LayerFeature } from '../../geo/layer/layer.ts';
import { listPoints } from '../../geo/per-feature/points.ts';
import { layerInCrs } from '../../geo/reproject/reproject.ts';
import { aggregateReader } from '../../geo/statistics/aggregates.ts';
import type declaration from './process.ts';

/** Name of the property with the index of a cell. */
const INDEX = 'h3';

/** Groups the points by the index of their cell, on longitudes and latitudes. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layer = await readLayer(inputs.features, context);
  const points = listPoints(await layerInCrs(layer, crs84, context));
  const indexed: LayerFeature[] = [];
  const tellPoint = featureProgress(context, points.length, 'Finding cells');
  for (const [place, { position, feature }] of points.entries()) {
    await tellPoint(place);
    const properties = { ...feature.properties, [INDEX]: cellAt(position, inputs.resolution) };
    indexed.push({ ...feature, properties });
  }
  const computeProperties = aggregateReader(
    { ...layer, features: indexed },
    [INDEX],
    inputs.aggregates ?? [],
  );
  const groups = Map.groupBy(indexed, ({ properties }) => String(properties[INDEX]));

  const geos = await loadGeos();
  const cells: LayerFeature[] = [];
  const tellCell = featureProgress(context, groups.size, 'Summarising cells');
  for (const cell of [...groups.keys()].sort()) {
    await tellCell(cells.length);
    const properties = computeProperties(requirePresent(groups.get(cell), 'The group of the cell'));
    cells.push({ type: 'Feature', properties, geometry: polygonFromCell(cell, geos) });
  }
  return { result: await writeCells(cells, layer, context) };
};
