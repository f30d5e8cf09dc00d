import { defineProcess, layer, layerOutput, optional } from '../../core/processes/define.ts';
import { boundingBox } from '../../core/processes/schemas.ts';
import { overlayCrs } from '../common/vector-inputs.ts';

const school = (name: string, longitude: number, latitude: number) => ({
  type: 'Feature',
  properties: { name },
  geometry: { type: 'Point', coordinates: [longitude, latitude] },
});

const schools = {
  type: 'FeatureCollection',
  features: [
    school('De Regenboog', 5.109, 52.094),
    school('Het Kompas', 5.124, 52.087),
    school('De Vuurtoren', 5.131, 52.099),
    school('De Ark', 5.118, 52.105),
    school('Het Anker', 5.14, 52.085),
  ],
};

export default defineProcess({
  id: 'voronoi-polygons',
  version: '1.0.0',
  title: 'Voronoi polygons',
  description:
    'The area nearest to each point (Thiessen polygons), within an extent. At least two distinct points are required. Points that coincide with an earlier one, to within a trillionth of the extent, are left out with a warning.',
  keywords: ['vector', 'tessellation', 'Voronoi', 'Thiessen', 'nearest'],
  computeClass: 'vector',
  inputs: {
    features: layer({
      title: 'Points',
      description: 'Points or MultiPoints; each point of a MultiPoint gets a polygon of its own.',
    }),
    extent: optional(boundingBox(), {
      title: 'Extent',
      description:
        'Polygons are clipped to it; points whose polygon lies outside are left out. By default the bounds of the points, expanded on all sides by a tenth of the longer side, but not beyond ±180° and ±90° unless the points cross the antimeridian.',
    }),
    crs: overlayCrs,
  },
  outputs: {
    result: layerOutput({
      title: 'Voronoi polygons',
      description: 'One feature per point, in the same order, with its id and properties.',
    }),
  },
  examples: [
    { title: 'Catchment areas of schools', request: { inputs: { features: schools } } },
    {
      title: 'The same within the city, by distances in the Dutch national grid',
      request: {
        inputs: { features: schools, extent: { bbox: [5.1, 52.08, 5.15, 52.11] }, crs: 'EPSG:28992' },
      },
    },
  ],
});
