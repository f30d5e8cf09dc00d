import { Type } from 'typebox';
import { defaulted, defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { flight, lakes } from '../common/geometry-examples.ts';
import { planarCrs } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'measure',
  version: '1.0.0',
  title: 'Measure',
  description: 'Adds area, perimeter and length, measured on the ellipsoid, as properties.',
  keywords: ['vector', 'geometry', 'area', 'perimeter', 'length', 'geodesic'],
  computeClass: 'light',
  inputs: {
    features: layer({ title: 'Features' }),
    method: defaulted(enumeration(['geodesic', 'planar']), 'geodesic', {
      title: 'Method',
      description:
        'geodesic: on the WGS 84 ellipsoid, with geodesic edges; edges that span more than 180 degrees of longitude are straight in longitude and latitude. planar: in a projected CRS, with its distortion and straight edges between the vertices there. Both measure geometries that were cut at the antimeridian as they were before the cut, unless a projected CRS ends there.',
    }),
    prefix: defaulted(Type.String({ maxLength: 100 }), '', {
      title: 'Prefix',
      description: 'Prefix of the names of the added properties.',
    }),
    crs: planarCrs,
  },
  outputs: {
    result: layerOutput({
      title: 'Measured features',
      description:
        'The features with the added properties area and perimeter (polygons; holes are subtracted from the area and add to the perimeter) or length (lines), in square metres and metres. Points get none.',
    }),
  },
  examples: [
    { title: 'Areas of lakes', request: { inputs: { features: lakes } } },
    { title: 'The length of a flight', request: { inputs: { features: flight, prefix: 'flight_' } } },
    {
      title: 'Planar areas in the Dutch national grid',
      request: { inputs: { features: lakes, method: 'planar', crs: 'EPSG:28992' } },
    },
  ],
});
