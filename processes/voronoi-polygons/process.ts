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
    'The area nearest to each point (Thiessen polygons), within an extent. Needs two points at different places. Of points at the same place, or closer together than a trillionth of the extent, the first has the area; the others are left out and counted in the log.',
  keywords: ['vector', 'tessellation', 'Voronoi', 'Thiessen', 'nearest'],
  computeClass: 'vector',
  inputs: {
    features: layer({
      title: 'Points',
      description: 'Points or MultiPoints, every point of which has an area of its own.',
    }),
    extent: optional(boundingBox(), {
      title: 'Extent',
      description:
        'The polygons are cut by it; points whose area lies outside are left out. By default the bounds of the points, grown on all sides by a tenth of the longer one; of longitudes and latitudes not beyond 180 and 90, unless all points lie within half the globe across the antimeridian.',
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
