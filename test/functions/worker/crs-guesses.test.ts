import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseExecuteRequest } from '../../../core/execution/parse.ts';
import { fieldKind } from '../../../core/forms/field-kind.ts';
import { crsInputs } from '../../../functions/worker/crs-inputs.ts';
import { execute } from '../../../functions/worker/execute.ts';
import createGrid from '../../../processes/create-grid/process.ts';
import { run as runCreateGrid } from '../../../processes/create-grid/run.ts';
import { processes } from '../../../processes/index.ts';
import reproject from '../../../processes/reproject/process.ts';
import { run as runReproject } from '../../../processes/reproject/run.ts';
import { memoryPorts } from '../../support/memory/ports.ts';
import { BASE_URL, NOW } from './support/job-worker.ts';

const worker = {
  processes: [reproject, createGrid],
  runs: {
    reproject: async () => ({ run: runReproject }),
    'create-grid': async () => ({ run: runCreateGrid }),
  },
  ports: memoryPorts({ now: NOW }),
};

async function warningsOf(process: typeof reproject | typeof createGrid, inputs: object) {
  const warnings: [message: string, input: unknown][] = [];
  const signal = new AbortController().signal;
  await execute(
    worker,
    parseExecuteRequest({ inputs }, process),
    { owner: 'public', baseUrl: BASE_URL },
    {
      store: async (name) => name,
      signal,
      progress: async () => undefined,
      log: () => undefined,
      warn: (message, details) => void warnings.push([message, details?.['input']]),
      synchronous: true,
    },
  );
  return warnings;
}

const features = { type: 'Point', coordinates: [5, 52] };

test('a CRS of a request that is taken for another one is told', async () => {
  assert.deepEqual(await warningsOf(reproject, { features, targetCrs: 'EPSG:102113' }), [
    ['EPSG:102113 is not in the EPSG registry. It is treated as ESRI:102113.', '/inputs/targetCrs'],
  ]);
  const extent = { bbox: [0, 0, 2000, 2000], crs: 'http://www.opengis.net/def/crs/EPSG/0/102100' };
  assert.deepEqual(await warningsOf(createGrid, { extent, cellSize: 1000, crs: 'EPSG:3857' }), [
    ['EPSG:102100 is not in the EPSG registry. It is treated as ESRI:102100.', '/inputs/extent/crs'],
  ]);
});

test('and one that is what it says is not', async () => {
  assert.deepEqual(await warningsOf(reproject, { features, targetCrs: 'ESRI:102100' }), []);
});

test('so is that of a layer', async () => {
  const name = 'urn:ogc:def:crs:EPSG::102100';
  const layer = {
    type: 'FeatureCollection',
    crs: { type: 'name', properties: { name } },
    features: [
      { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [556597, 6800125] } },
    ],
  };
  assert.deepEqual(await warningsOf(reproject, { features: layer, targetCrs: 'EPSG:28992' }), [
    ['EPSG:102100 is not in the EPSG registry. It is treated as ESRI:102100.', '/inputs/features'],
  ]);
});

test('inputs that name CRSs are those for which forms ask for one', () => {
  for (const process of processes) {
    const inputs = Object.fromEntries(
      Object.keys(process.inputs).map((id) => [
        id,
        fieldKind(process.inputs[id]!) === 'extent' ? { bbox: [0, 0, 1, 1], crs: 'EPSG:4326' } : 'EPSG:3857',
      ]),
    );
    const expected = Object.entries(process.inputs).flatMap(([id, input]) => {
      const kind = fieldKind(input);
      return kind === 'crs' ? [`/inputs/${id}`] : kind === 'extent' ? [`/inputs/${id}/crs`] : [];
    });
    const found = crsInputs(process, { inputs }).map(([, pointer]) => pointer);
    assert.deepEqual(found, expected, process.id);
  }
});
