import { Crs84 } from '../../core/api/uris.ts';
import type { Run } from '../../core/processes/declaration.ts';
import { aggregateReader } from '../engines/aggregates.ts';
import { loadGeos } from '../engines/geos/geos.ts';
import { polygonOfCell } from '../engines/h3/cell-polygon.ts';
import { cellAt } from '../engines/h3/covering.ts';
import { writeCells } from '../engines/h3/write-cells.ts';
import type { LayerFeature } from '../engines/layers/layer.ts';
import { paceOf } from '../engines/layers/pace.ts';
import { pointsOf } from '../engines/layers/points.ts';
import { readLayer } from '../engines/layers/read.ts';
import { layerInCrs } from '../engines/layers/reproject.ts';
import type declaration from './process.ts';

/** Name of the property with the index of a cell. */
const INDEX = 'h3';

/** Groups the points by the index of their cell, on longitudes and latitudes. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layer = await readLayer(inputs.features, context);
  const points = pointsOf(await layerInCrs(layer, Crs84, context));
  const indexed: LayerFeature[] = [];
  const tellPoint = paceOf(context, points.length, 'Finding cells');
  for (const [place, { position, feature }] of points.entries()) {
    await tellPoint(place);
    const properties = { ...feature.properties, [INDEX]: cellAt(position, inputs.resolution) };
    indexed.push({ ...feature, properties });
  }
  const propertiesOf = aggregateReader({ ...layer, features: indexed }, [INDEX], inputs.aggregates ?? []);
  const groups = Map.groupBy(indexed, ({ properties }) => String(properties[INDEX]));

  const geos = await loadGeos();
  const cells: LayerFeature[] = [];
  const tellCell = paceOf(context, groups.size, 'Summarising cells');
  for (const cell of [...groups.keys()].sort()) {
    await tellCell(cells.length);
    const properties = propertiesOf(groups.get(cell)!);
    cells.push({ type: 'Feature', properties, geometry: polygonOfCell(cell, geos) });
  }
  return { result: await writeCells(cells, layer, context) };
};
