import { defaulted, defineProcess, layerOutput, optional, required } from '../../core/processes/define.ts';
import { boundingBox, crs, enumeration, positiveLength } from '../../core/processes/schemas.ts';

export default defineProcess({
  id: 'create-grid',
  version: '1.0.0',
  title: 'Create grid',
  description:
    'Square or hexagonal cells over an extent. Cells are aligned to its south-west corner. They are clipped at the poles and the antimeridian, but not to the extent.',
  keywords: ['vector', 'tessellation', 'grid', 'fishnet', 'hexagon'],
  computeClass: 'light',
  inputs: {
    extent: required(boundingBox(), { title: 'Extent' }),
    cellSize: required(positiveLength(), {
      title: 'Cell size',
      unit: 'crs',
      description:
        'In units of the CRS: the side of a square, or the distance between the horizontal sides of a hexagon.',
    }),
    shape: defaulted(enumeration(['square', 'hexagon']), 'square', {
      title: 'Cell shape',
      description:
        'square: as many squares as cover the extent. hexagon: flat-topped hexagons, the first one centred on the south-west corner and odd columns shifted north by half a cell; only those whose interior intersects the extent.',
    }),
    crs: optional(crs(), {
      title: 'Grid CRS',
      description: 'By default CRS84, where the unit is the degree.',
    }),
  },
  outputs: {
    result: layerOutput({
      title: 'Cells',
      description:
        'One feature per cell, row by row, with row (0 is the southernmost) and column (0 is the westernmost).',
    }),
  },
  examples: [
    {
      title: 'Kilometre squares in the Dutch national grid',
      request: {
        inputs: {
          extent: {
            bbox: [133_000, 453_000, 138_000, 457_000],
            crs: 'http://www.opengis.net/def/crs/EPSG/0/28992',
          },
          cellSize: 1000,
          crs: 'http://www.opengis.net/def/crs/EPSG/0/28992',
        },
      },
    },
    {
      title: 'Hexagons of half a degree',
      request: { inputs: { extent: { bbox: [3, 50.5, 7.5, 54] }, cellSize: 0.5, shape: 'hexagon' } },
    },
  ],
});
