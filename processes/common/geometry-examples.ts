/** Small layers for the examples of processes that change single geometries. */
const feature = (id: string, properties: object, geometry: object) => ({
  type: 'Feature',
  id,
  properties,
  geometry,
});

const collection = (...features: object[]) => ({ type: 'FeatureCollection', features });

/** Two lakes, one of them with an island. */
export const lakes = collection(
  feature(
    'large',
    { name: 'Large lake', depth: 14 },
    {
      type: 'Polygon',
      coordinates: [
        [
          [5.2, 52.3],
          [5.21, 52.2985],
          [5.222, 52.3002],
          [5.231, 52.2971],
          [5.244, 52.3013],
          [5.2405, 52.3094],
          [5.2449, 52.3172],
          [5.2307, 52.3226],
          [5.2213, 52.3189],
          [5.2096, 52.3237],
          [5.2011, 52.3149],
          [5.2046, 52.3072],
          [5.2, 52.3],
        ],
        [
          [5.216, 52.307],
          [5.2155, 52.3104],
          [5.2212, 52.3127],
          [5.2258, 52.3101],
          [5.2243, 52.3064],
          [5.216, 52.307],
        ],
      ],
    },
  ),
  feature(
    'small',
    { name: 'Small lake', depth: 3 },
    {
      type: 'Polygon',
      coordinates: [
        [
          [5.26, 52.31],
          [5.269, 52.308],
          [5.273, 52.3137],
          [5.2648, 52.3121],
          [5.2621, 52.3165],
          [5.26, 52.31],
        ],
      ],
    },
  ),
);

/** Places where an animal was seen. */
export const sightings = {
  type: 'Feature',
  id: 'otter',
  properties: { animal: 'otter' },
  geometry: {
    type: 'MultiPoint',
    coordinates: [
      [5.9012, 52.9013],
      [5.9051, 52.9102],
      [5.9123, 52.9161],
      [5.9217, 52.9187],
      [5.9302, 52.9161],
      [5.9371, 52.9098],
      [5.9264, 52.9107],
      [5.9172, 52.9088],
      [5.9109, 52.9041],
    ],
  },
};

/** Two municipalities with a winding border between them. */
export const municipalities = collection(
  feature(
    'west',
    { name: 'Westerveen' },
    {
      type: 'Polygon',
      coordinates: [
        [
          [6, 52],
          [6.05, 52.001],
          [6.1, 52],
          [6.103, 52.02],
          [6.098, 52.03],
          [6.104, 52.05],
          [6.1, 52.07],
          [6.05, 52.0712],
          [6, 52.07],
          [6, 52],
        ],
      ],
    },
  ),
  feature(
    'east',
    { name: 'Oosterveen' },
    {
      type: 'Polygon',
      coordinates: [
        [
          [6.1, 52],
          [6.15, 51.9991],
          [6.2, 52],
          [6.2, 52.07],
          [6.1, 52.07],
          [6.104, 52.05],
          [6.098, 52.03],
          [6.103, 52.02],
          [6.1, 52],
        ],
      ],
    },
  ),
);

/** From Amsterdam to New York. */
export const flight = feature(
  'AMS-JFK',
  { from: 'Amsterdam', to: 'New York' },
  {
    type: 'LineString',
    coordinates: [
      [4.7642, 52.3086],
      [-73.7789, 40.6397],
    ],
  },
);

/** A field whose border was drawn in the wrong order, one that was drawn in two parts that overlap, and one that is right. */
export const fields = collection(
  feature(
    'crossed',
    { crop: 'beet' },
    {
      type: 'Polygon',
      coordinates: [
        [
          [5.5, 52.5],
          [5.504, 52.503],
          [5.504, 52.5],
          [5.5, 52.503],
          [5.5, 52.5],
        ],
      ],
    },
  ),
  feature(
    'twice',
    { crop: 'rye' },
    {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [5.505, 52.5],
            [5.5075, 52.5],
            [5.5075, 52.502],
            [5.505, 52.502],
            [5.505, 52.5],
          ],
        ],
        [
          [
            [5.5065, 52.501],
            [5.509, 52.501],
            [5.509, 52.503],
            [5.5065, 52.503],
            [5.5065, 52.501],
          ],
        ],
      ],
    },
  ),
  feature(
    'right',
    { crop: 'wheat' },
    {
      type: 'Polygon',
      coordinates: [
        [
          [5.51, 52.5],
          [5.514, 52.5],
          [5.514, 52.503],
          [5.51, 52.503],
          [5.51, 52.5],
        ],
      ],
    },
  ),
);
