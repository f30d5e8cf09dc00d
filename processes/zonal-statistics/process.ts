import { Type } from 'typebox';
import { defaulted, defineProcess, layer, layerOutput, raster } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { statisticNames } from '../../geo/statistics/statistic-names.ts';
import { partsOfSummary } from '../common/parts.ts';
import { elevation } from '../common/raster-examples.ts';
import { band, scaled } from '../common/raster-inputs.ts';
import { statisticMeanings } from '../common/statistic-meanings.ts';

const zone = (name: string, west: number, south: number, size: number) => ({
  type: 'Feature',
  properties: { name },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  },
});

const hills = {
  type: 'FeatureCollection',
  features: [zone('western hill', 5.0745, 52.0862, 0.0018), zone('eastern hill', 5.0763, 52.0873, 0.0018)],
};

export default defineProcess({
  id: 'zonal-statistics',
  version: '1.0.0',
  title: 'Zonal statistics',
  description: 'Statistics of raster values within zones (polygons).',
  keywords: ['raster', 'vector', 'statistics', 'zones'],
  computeClass: 'raster',
  inputs: {
    features: layer({
      title: 'Zones',
      description: 'Zone polygons, transformed to the CRS of the raster vertex by vertex. They may overlap.',
    }),
    raster: raster({ title: 'Raster', reads: 'part' }),
    band,
    scaled,
    statistics: defaulted(
      Type.Array(enumeration(statisticNames), { minItems: 1, uniqueItems: true }),
      ['count', 'min', 'max', 'mean'],
      {
        title: 'Statistics',
        description: `Of the pixels of a zone, by row, then column; nodata pixels are ignored. ${statisticMeanings}`,
      },
    ),
    allTouched: defaulted(Type.Boolean(), false, {
      title: 'All touched',
      description: 'Include every pixel that a zone touches, not only pixels whose centre is inside.',
    }),
    prefix: defaulted(Type.String(), '', { title: 'Property prefix' }),
  },
  outputs: {
    result: layerOutput({
      title: 'Zones with statistics',
      description:
        'The features, in the same order, with one property per statistic. For a zone without pixels the count is 0 and all others are null.',
    }),
  },
  parts: partsOfSummary,
  examples: [
    {
      title: 'Elevation statistics of two hills',
      request: { inputs: { features: hills, raster: elevation } },
    },
    {
      title: 'Their elevation range, with all touched pixels',
      request: {
        inputs: {
          features: hills,
          raster: elevation,
          statistics: ['range', 'stddev', 'median'],
          allTouched: true,
          prefix: 'elevation_',
        },
      },
    },
  ],
});
