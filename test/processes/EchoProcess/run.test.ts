import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InvalidRequest } from '../../../core/shared/errors.ts';
import process from '../../../processes/EchoProcess/process.ts';
import { run } from '../../../processes/EchoProcess/run.ts';
import { execute } from '../support/execute.ts';

const { inputs } = process.examples[0]!.request;
const catchFaults = async (changes: object): Promise<string[]> => {
  const error = await execute(process, run, { inputs: { ...inputs, ...changes } }).then(
    () => assert.fail('was accepted'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof InvalidRequest, String(error));
  return error.faults.map(({ pointer }) => pointer);
};
const gmlType = 'application/gml+xml; version=3.2';
const image = Buffer.from('SUkqAAgAAAAAAAAAAAA=', 'base64');
const bare = (input: unknown): unknown =>
  input !== null && typeof input === 'object' && 'value' in input ? input.value : input;

describe('EchoProcess', () => {
  it('has an output for each input', () => {
    assert.deepEqual(
      Object.keys(process.outputs),
      Object.keys(process.inputs).map((id) => id.replace('Input', 'Output')),
    );
  });

  it('returns each input under the name of its output, as it was sent', async () => {
    const { outputs } = await execute(process, run, { inputs });
    for (const [id, input] of Object.entries(inputs)) {
      const expected = id === 'geometryInput' ? input : id === 'imagesInput' ? image : bare(input);
      assert.deepEqual(outputs[id.replace('Input', 'Output')], expected, id);
    }
  });

  it('returns only the outputs that are asked for', async () => {
    const { outputs } = await execute(process, run, {
      inputs,
      outputs: { stringOutput: {}, arrayOutput: {} },
    });
    assert.deepEqual(outputs, { stringOutput: 'Value2', arrayOutput: [1, 2, 3, 4, 5, 6] });
  });

  it('takes 5 where the bounded number is left out', async () => {
    const { doubleInput: _, ...rest } = inputs;
    const { outputs } = await execute(process, run, { inputs: rest, outputs: { doubleOutput: {} } });
    assert.equal(outputs['doubleOutput'], 5);
  });

  it('refuses what its schemas exclude (/req/core/process-execute-input-validation)', async () => {
    assert.deepEqual(await catchFaults({ stringInput: 'Value4' }), ['/inputs/stringInput']);
    assert.deepEqual(await catchFaults({ doubleInput: 0 }), ['/inputs/doubleInput']);
    assert.deepEqual(await catchFaults({ arrayInput: [1] }), ['/inputs/arrayInput']);
    assert.deepEqual(await catchFaults({ dateInput: 'yesterday' }), ['/inputs/dateInput']);
    assert.deepEqual(await catchFaults({ measureInput: { value: { uom: 'm' } } }), [
      '/inputs/measureInput/value',
    ]);
    assert.deepEqual(await catchFaults({ geometryInput: [{ type: 'Point', coordinates: [1, 2] }] }), [
      '/inputs/geometryInput',
    ]);
    assert.deepEqual(await catchFaults({ imagesInput: ['not base64!'] }), ['/inputs/imagesInput/0']);
    assert.deepEqual(
      await catchFaults({ boundingBoxInput: { bbox: [1, 2, 3] } }).then(([first]) => first!.slice(0, 24)),
      '/inputs/boundingBoxInput',
    );
  });

  it('labels what may come in several formats by what it is, whatever was asked for', async () => {
    const gml = '<gml:Point xmlns:gml="http://www.opengis.net/gml/3.2"/>';
    const kml = '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"/>';
    const jpeg2000 = Buffer.from('\0\0\0\x0cjP  \r\n\x87\n....', 'latin1').toString('base64');
    const label = async (id: string, value: unknown, asked: string) => {
      const output = id.replace('Input', 'Output');
      const requested = { [output]: { format: { mediaType: asked } } };
      const { mediaTypes } = await execute(process, run, {
        inputs: { ...inputs, [id]: value },
        outputs: requested,
      });
      return mediaTypes[output];
    };
    const geojson = { type: 'FeatureCollection', features: [] };
    assert.equal(await label('featureCollectionInput', gml, 'application/geo+json'), gmlType);
    assert.equal(await label('featureCollectionInput', kml, gmlType), 'application/vnd.google-earth.kml+xml');
    assert.equal(
      await label('featureCollectionInput', '<kml/>', gmlType),
      'application/vnd.google-earth.kml+xml',
    );
    assert.equal(await label('featureCollectionInput', '<svg/>', gmlType), 'application/xml');
    assert.equal(await label('featureCollectionInput', geojson, gmlType), 'application/geo+json');
    assert.equal(await label('imagesInput', [jpeg2000], 'image/tiff; application=geotiff'), 'image/jp2');
  });

  it('qualifies each of several images', async () => {
    const tiff = 'SUkqAAgAAAAAAAAAAAA=';
    const { outputs } = await execute(process, run, { inputs: { ...inputs, imagesInput: [tiff, tiff] } });
    const member = { value: tiff, mediaType: 'image/tiff; application=geotiff', encoding: 'base64' };
    assert.deepEqual(outputs['imagesOutput'], [member, member]);
  });
});
