import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sourceControl } from '../../../functions/html/form/source-field.ts';
import { inputLayers } from '../../../functions/html/input-layers.ts';
import { html } from '../../../functions/html/parts/markup.ts';
import { processes } from '../../../processes/index.ts';

const buffer = processes.find(({ id }) => id === 'buffer');
const input = buffer?.inputs['features'];
assert.ok(input);

describe('what a job was given', () => {
  it('as an uploaded file is in its form as an address, with its media type, and not as JSON to paste', () => {
    const value = { href: 'https://e.example/uploads/1', type: 'text/csv' };
    const { text } = sourceControl({ id: 'features', input, value, bound: html`` });
    assert.ok(text.includes('value="https://e.example/uploads/1"'));
    assert.ok(text.includes('data-types="{&quot;https://e.example/uploads/1&quot;:&quot;text/csv&quot;}"'));
    assert.match(text, /<textarea id="input-features"[^>]*>\s*<\/textarea>/);
  });

  it('as well-known text is on its map, unless it is in another CRS', () => {
    const features = { value: 'WKT\n"POINT(9 48)"', mediaType: 'text/csv' };
    assert.match(
      inputLayers(buffer, { inputs: { features } }, 'https://e.example')[0]?.text ?? '',
      /POINT\(9 48\)/,
    );
    assert.deepEqual(
      inputLayers(buffer, { inputs: { features, sourceCrs: 'EPSG:28992' } }, 'https://e.example'),
      [],
    );
  });
});
