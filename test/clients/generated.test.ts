import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { clientsPython, runProgram } from './support.ts';

const { baseUrl } = serviceFromEnvironment();
const directory = mkdtempSync(join(tmpdir(), 'generated-'));
after(() => rmSync(directory, { recursive: true, force: true }));

for (const version of ['oas30', 'oas31']) {
  test(`a client that is generated from the API definition (${version}) has every operation, and works`, async () => {
    const python = await clientsPython();
    const folder = join(directory, version);
    const configuration = join(directory, 'generator.json');
    writeFileSync(configuration, JSON.stringify({ post_hooks: [] }));
    const generated = await runProgram(join(dirname(python), 'openapi-python-client'), [
      'generate',
      '--url',
      `${baseUrl}/api?f=${version}`,
      '--output-path',
      join(folder, 'service_client'),
      '--meta',
      'none',
      '--config',
      configuration,
      // What the generator does not understand it would leave out.
      '--fail-on-warning',
    ]);
    assert.equal(generated.code, 0, generated.output);
    const { code, output } = await runProgram(python, [
      join(import.meta.dirname, 'generated_client.py'),
      baseUrl,
      folder,
    ]);
    assert.equal(code, 0, output);
    const seen = JSON.parse(output.trim().split('\n').at(-1) ?? '');
    assert.ok(seen.processes.includes('buffer') && seen.processes.includes('zonal-statistics'));
    assert.equal(seen.limited, 3);
    assert.ok(seen.conformance > 10);
    assert.match(seen.title, /buffer/i);
    assert.equal(seen.buffer, 'Polygon');
    assert.deepEqual([seen.status, seen.listed], ['successful', true]);
    assert.equal(seen.error.errors[0].pointer, '/inputs/distance');
  });
}
