import { type Bomb, fileBomb, invalid, tooLarge } from '../support/bomb.ts';

const layerBody = (features: string): string => `{"inputs":{"features":${features}}}`;
const body = (name: string, process: string, text: () => string, answer: Bomb['answer']): Bomb => ({
  name: `JSON: ${name}`,
  process,
  body: text,
  answer,
});
const file = (name: string, text: () => string | Uint8Array, answer: Bomb['answer'], of = 'bomb.geojson') =>
  fileBomb(`GeoJSON file: ${name}`, { file: of }, () => Buffer.from(text()), answer);

const nested = (open: string, inner: string, close: string, depth: number): string =>
  open.repeat(depth) + inner + close.repeat(depth);
const collection = (geometry: string): string =>
  `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":${geometry}}]}`;
const inCollections = (depth: number): string =>
  nested('{"type":"GeometryCollection","geometries":[', '{"type":"Point","coordinates":[0,0]}', ']}', depth);
const TOO_DEEP = /nests more than 100/;

/** Depth, width and numbers of JSON in bodies, and of GeoJSON by value and by reference. */
export const jsonBombs: readonly Bomb[] = [
  body('a body of a million brackets', 'echo', () => nested('[', '', ']', 1e6), invalid(/nest|object|JSON/)),
  body(
    'a body of 400 000 objects in each other',
    'echo',
    () => nested('{"a":', '1', '}', 4e5),
    invalid(TOO_DEEP),
  ),
  body(
    'an input 5000 deep',
    'echo',
    () => `{"inputs":{"message":${nested('[', '1', ']', 5000)}}}`,
    invalid(TOO_DEEP),
  ),
  body('brackets that never close', 'echo', () => `{"inputs":${'['.repeat(3e6)}`, invalid(/not JSON/)),
  body(
    'a million members of inputs',
    'echo',
    () => `{"inputs":{"message":"a",${Array.from({ length: 250_000 }, (_, i) => `"k${i}":1`).join()}}}`,
    invalid(/more faults/),
  ),
  body(
    'a million members beside inputs',
    'echo',
    () => `{"inputs":{"message":"a"},${Array.from({ length: 250_000 }, (_, i) => `"k${i}":1`).join()}}`,
    'computed',
  ),
  body(
    'a million occurrences of a value',
    'echo',
    () => `{"inputs":{"message":[${'"a",'.repeat(9e5)}"a"]}}`,
    invalid(/message/),
  ),
  body(
    'a million numbers that are none',
    'echo',
    () => `{"inputs":{"message":"a","numbers":[${'"b",'.repeat(9e5)}1]}}`,
    invalid(/numbers.0: must be an integer/),
  ),
  body(
    'a number of a million digits',
    'echo',
    () => `{"inputs":{"message":"a","numbers":[${'9'.repeat(1e6)}]}}`,
    invalid(/range/),
  ),
  body(
    'an exponent without bounds',
    'echo',
    () => '{"inputs":{"message":"a","numbers":[1e999999999]}}',
    invalid(/range/),
  ),
  body(
    '800 000 numbers that are written six times as long',
    'echo',
    () => `{"inputs":{"message":"a","numbers":[${'1e20,'.repeat(8e5)}1]}}`,
    'computed',
  ),
  body(
    'more than a body may have',
    'echo',
    () => `{"inputs":{"message":"${'a'.repeat(5e6)}"}}`,
    tooLarge(/the limit is 4194304/),
  ),
  body(
    'an output named a million times',
    'echo',
    () =>
      `{"inputs":{"message":"a"},"outputs":{${Array.from({ length: 200_000 }, (_, i) => `"o${i}":{}`).join()}}}`,
    invalid(/more faults/),
  ),
  body(
    'geometry collections 17 deep',
    'measure',
    () => layerBody(collection(inCollections(17))),
    invalid(/more than 16 deep/),
  ),
  body(
    'geometry collections without end',
    'measure',
    () => layerBody(collection(inCollections(20_000))),
    invalid(TOO_DEEP),
  ),
  body(
    'positions of a million numbers',
    'measure',
    () => layerBody(collection(`{"type":"Point","coordinates":[${'1,'.repeat(1e6)}1]}`)),
    'computed',
  ),
  body(
    'coordinates nested in a polygon',
    'measure',
    () => layerBody(collection(`{"type":"Polygon","coordinates":${nested('[', '0,0', ']', 50)}}`)),
    invalid(/coordinates/),
  ),
  body(
    'a feature of 60 000 empty rings',
    'measure',
    () => layerBody(collection(`{"type":"Polygon","coordinates":[${'[],'.repeat(6e4)}[]]}`)),
    'computed',
  ),
  body(
    'a properties object of 200 000 names',
    'measure',
    () =>
      layerBody(
        `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{${Array.from({ length: 200_000 }, (_, i) => `"p${i}":1`).join()}}}]}`,
      ),
    'computed',
  ),
  body(
    'features that are all null',
    'measure',
    () => layerBody(`{"type":"FeatureCollection","features":[${'null,'.repeat(5e5)}null]}`),
    invalid(/must be an object/),
  ),
  body(
    '900 000 empty features',
    'centroid',
    () => layerBody(`{"type":"FeatureCollection","features":[${'{},'.repeat(9e5)}{}]}`),
    invalid(/must have the member/),
  ),
  file('nested 100 000 deep', () => collection(nested('[', '', ']', 1e5)), invalid(/nest|geometry/)),
  file('collections nested 20 000 deep', () => collection(inCollections(20_000)), invalid(/nest/)),
  file(
    'properties nested 50 000 deep',
    () =>
      `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"a":${nested('{"a":', '1', '}', 50_000)}}}]}`,
    invalid(/nest/),
  ),
  file(
    '25 million arrays in 75 MB',
    () => collection(`{"type":"MultiPoint","coordinates":[${'[],'.repeat(25e6)}[]]}`),
    tooLarge(/values|vertices/),
  ),
  file(
    '25 million objects in 75 MB',
    () => `{"type":"FeatureCollection","features":[${'{},'.repeat(25e6)}{}]}`,
    tooLarge(/values|features/),
  ),
  file('brackets that never close', () => '['.repeat(50e6), tooLarge(/values/)),
  file(
    'more features than are taken',
    () =>
      `{"type":"FeatureCollection","features":[${'{"type":"Feature","geometry":null,"properties":null},'.repeat(600_000)}{"type":"Feature","geometry":null,"properties":null}]}`,
    tooLarge(/features/),
  ),
  file('a sequence of ten million texts', () => '{}\n'.repeat(10e6), tooLarge(/features/), 'bomb.geojsonl'),
  file(
    'a sequence whose texts are nested',
    () => `${nested('[', '', ']', 1e5)}\n`.repeat(3),
    invalid(/nest|line|text/i),
    'bomb.geojsonl',
  ),
];
