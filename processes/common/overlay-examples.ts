import { makeRectangle } from '../../core/shared/rectangle.ts';

/* Small layers for the examples of overlays and joins: parcels along a brook, its flood zone, and trees. */

const feature = (id: string | number, properties: object, geometry: object) => ({
  type: 'Feature',
  id,
  properties,
  geometry,
});

const collection = (...features: object[]) => ({ type: 'FeatureCollection', features });

export const parcels = collection(
  feature('A1', { owner: 'Anna', value: 240 }, makeRectangle(5.1, 52.09, 5.101, 52.091)),
  feature('A2', { owner: 'Bram', value: 310 }, makeRectangle(5.101, 52.09, 5.102, 52.091)),
  feature('A3', { owner: 'Chris', value: null }, makeRectangle(5.102, 52.09, 5.103, 52.091)),
);

export const floodZones = collection(
  feature('often', { risk: 'high' }, makeRectangle(5.1004, 52.0898, 5.1012, 52.0904)),
  feature('seldom', { risk: 'low' }, makeRectangle(5.1012, 52.0898, 5.1019, 52.0904)),
);

export const trees = collection(
  feature(1, { species: 'oak', height: 18.5 }, { type: 'Point', coordinates: [5.1003, 52.0904] }),
  feature(2, { species: 'elm', height: 22 }, { type: 'Point', coordinates: [5.1006, 52.0907] }),
  feature(3, { species: 'oak', height: null }, { type: 'Point', coordinates: [5.1017, 52.0903] }),
  feature(4, { species: 'ash', height: 9.1 }, { type: 'Point', coordinates: [5.1035, 52.0902] }),
);
