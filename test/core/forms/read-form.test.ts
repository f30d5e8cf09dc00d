import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fieldKind } from '../../../core/forms/field-kind.ts';
import { readForm } from '../../../core/forms/read-form.ts';
import { formEntries } from '../../../core/forms/write-form.ts';
import type { ProcessDeclaration } from '../../../core/processes/declaration.ts';
import { processes } from '../../../processes/index.ts';

const find = (wanted: string): ProcessDeclaration => processes.find(({ id }) => id === wanted)!;
const buffer = find('buffer');
const read = (
  entries: [string, string | { name: string; mediaType: string; bytes: Uint8Array }][],
  process = buffer,
) => readForm(entries, process);

describe('the form of each process', () => {
  for (const process of processes)
    test(`${process.id}: a form that is filled in with an example asks for the example`, () => {
      for (const { request } of process.examples) {
        const { inputs, faults } = readForm(formEntries(process, request.inputs), process);
        assert.deepEqual(inputs, request.inputs);
        assert.deepEqual(faults, []);
      }
    });

  test('all processes make jobs, which is what forms ask for', () => {
    for (const { id, jobControlOptions } of processes)
      assert.ok(jobControlOptions.includes('async-execute'), id);
  });
});

describe('fields', () => {
  test('follow from the declaration', () => {
    const kinds = Object.fromEntries(
      Object.entries(buffer.inputs).map(([id, input]) => [id, fieldKind(input)]),
    );
    assert.deepEqual(kinds, {
      features: 'layer',
      distance: 'number',
      distanceUnit: 'choice',
      distanceField: 'property',
      quadrantSegments: 'number',
      endCap: 'choice',
      join: 'choice',
      mitreLimit: 'number',
      singleSided: 'flag',
      dissolve: 'flag',
      crs: 'crs',
      invalidGeometry: 'choice',
    });
    const of = (id: string, input: string) => fieldKind(find(id).inputs[input]!);
    assert.equal(of('summary-statistics', 'aggregates'), 'rows');
    assert.equal(of('summary-statistics', 'groupBy'), 'list');
    assert.equal(of('zonal-statistics', 'statistics'), 'choices');
    assert.equal(of('create-grid', 'extent'), 'extent');
    assert.equal(of('filter', 'filter'), 'expression');
    assert.equal(of('raster-calculator', 'expression'), 'expression');
    assert.equal(of('contour', 'fieldName'), 'text');
  });

  test('that name properties say of which layer', () => {
    const naming = processes.flatMap(({ id, inputs }) =>
      Object.entries(inputs).flatMap(([input, { propertiesOf }]) =>
        propertiesOf === undefined ? [] : [[id, input, propertiesOf] as const],
      ),
    );
    for (const [id, input, layer] of naming)
      assert.equal(find(id).inputs[layer]?.source, 'layer', `${id} ${input}`);
    assert.deepEqual(
      naming.filter(([id]) => id === 'count-points-in-polygons'),
      [['count-points-in-polygons', 'weightField', 'overlay']],
    );
    // A name that is read ends so; one that is written is a fieldName.
    for (const { id, inputs } of processes)
      for (const [input, { schema, propertiesOf }] of Object.entries(inputs))
        if (/^(field|groupBy)$|Fields?$/.test(input) || schema.items?.properties?.['field'])
          assert.ok(propertiesOf, `${id} ${input}`);
  });

  test('that are empty say nothing', () => {
    assert.deepEqual(
      read([
        ['distance', ' '],
        ['crs', ''],
        ['features[href]', ''],
      ]).inputs,
      {},
    );
  });

  test('a box that is not ticked is false, one that is ticked true', () => {
    assert.deepEqual(read([['dissolve', 'false']]).inputs, { dissolve: false });
    assert.deepEqual(
      read([
        ['dissolve', 'false'],
        ['dissolve', 'true'],
      ]).inputs,
      { dissolve: true },
    );
  });

  test('what is no number stays text, for the service to refuse', () => {
    assert.deepEqual(read([['distance', 'far']]).inputs, { distance: 'far' });
  });

  test('rows are objects, gaps between them left out', () => {
    const { inputs } = read(
      [
        ['aggregates.0.field', 'height'],
        ['aggregates.0.statistic', 'mean'],
        ['aggregates.1.field', ''],
        ['aggregates.7.field', 'height'],
        ['aggregates.7.statistic', 'max'],
      ],
      find('summary-statistics'),
    );
    assert.deepEqual(inputs['aggregates'], [
      { field: 'height', statistic: 'mean' },
      { field: 'height', statistic: 'max' },
    ]);
  });

  test('a format names all outputs', () => {
    assert.deepEqual(read([['result[mediaType]', 'text/csv']]).outputs, {
      result: { format: { mediaType: 'text/csv' } },
    });
    assert.equal(read([['result[mediaType]', '']]).outputs, undefined);
  });
});

describe('layers and rasters', () => {
  const file = (name: string, text: string) => ({
    name,
    mediaType: '',
    bytes: new TextEncoder().encode(text),
  });

  test('GeoJSON is taken as it is, from a field or a file', () => {
    const point = { type: 'Point', coordinates: [1, 2] };
    assert.deepEqual(read([['features', JSON.stringify(point)]]).inputs['features'], point);
    const sent = file('a.geojson', `\uFEFF${JSON.stringify(point)}`);
    assert.deepEqual(read([['features[file]', sent]]).inputs['features'], point);
  });

  test('well-known text is a table of geometries', () => {
    assert.deepEqual(read([['features', 'POINT (1 2)\nPOINT (3 4)']]).inputs['features'], {
      value: 'WKT\n"POINT (1 2)"\n"POINT (3 4)"',
      mediaType: 'text/csv',
    });
  });

  test('a binary file is sent in base64 as what it says that it is', () => {
    assert.deepEqual(read([['features[file]', file('a.GPKG', 'SQLite format 3\0')]]).inputs['features'], {
      value: 'U1FMaXRlIGZvcm1hdCAzAA==',
      mediaType: 'application/geopackage+sqlite3',
      encoding: 'base64',
    });
  });

  test('several are given as addresses, one a line', () => {
    const { inputs } = read(
      [['rasters[href]', 'https://a.example/1.tif\nhttps://a.example/2.tif']],
      find('mosaic'),
    );
    assert.deepEqual(inputs['rasters'], [
      { href: 'https://a.example/1.tif' },
      { href: 'https://a.example/2.tif' },
    ]);
  });

  test('in two ways at once is a fault, and so is what is nothing of a layer', () => {
    const twice = read([
      ['features', 'POINT (1 2)'],
      ['features[href]', 'https://a.example/b.fgb'],
    ]);
    assert.match(twice.faults[0]?.detail ?? '', /more than once/);
    assert.equal(twice.faults[0]?.pointer, '/inputs/features');
    assert.match(read([['features', 'hello']]).faults[0]?.detail ?? '', /neither GeoJSON/);
    assert.match(read([['features', '{"type"']]).faults[0]?.detail ?? '', /not JSON/);
  });
});

describe('what is chosen for a layer', () => {
  const file = (name: string, head: string) => ({
    name,
    mediaType: '',
    bytes: Uint8Array.from(head, (character) => character.charCodeAt(0)),
  });

  test('is the file that its content says, whatever its name', () => {
    const point = '{"type":"Point","coordinates":[5,52]}';
    for (const name of ['point.geojson', 'point.txt', 'point.csv', 'point.zip', 'point'])
      assert.deepEqual(
        read([['features[file]', file(name, point)]]).inputs['features'],
        JSON.parse(point),
        name,
      );
    const type = (name: string, head: string) =>
      (read([['features[file]', file(name, head)]]).inputs['features'] as { mediaType: string }).mediaType;
    assert.equal(type('roads.json', 'fgb\x03fgb'), 'application/flatgeobuf');
    assert.equal(type('roads.txt', 'SQLite format 3\0'), 'application/geopackage+sqlite3');
    assert.equal(type('roads.geojson', 'name,x,y'), undefined);
    assert.equal(type('roads.kmz', 'PK\x03\x04'), 'application/vnd.google-earth.kmz');
  });

  test('comes back as the well-known text that was pasted', () => {
    const text = 'POINT(9 48)\nLINESTRING(0 0,\n 1 1)';
    const { inputs } = read([['features', text]]);
    assert.deepEqual(formEntries(buffer, inputs), [['features', text]]);
    const table = { value: 'WKT\n"a place"', mediaType: 'text/csv' };
    assert.deepEqual(formEntries(buffer, { features: table }), [['features', JSON.stringify(table)]]);
  });
});
