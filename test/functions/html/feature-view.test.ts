import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryService } from '../../support/memory-service.ts';

const { get, ports, execute } = memoryService();

describe('the page of a feature', () => {
  test('has a map, its properties as a list, and the way back to the others', async () => {
    const features = {
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          id: 'x y',
          properties: { name: 'Tower <b>' },
          geometry: { type: 'Point', coordinates: [5, 52] },
        },
        { type: 'Feature', id: 2, properties: {}, geometry: null },
      ],
    };
    const body = { inputs: { features, filter: 'true' } };
    const { json } = await execute('filter', body, { Prefer: 'respond-async' });
    await ports.workflow.settled();
    const items = `/collections/${json.jobID}.result/items`;
    const { text, status } = await get(`${items}/${encodeURIComponent('x y')}?f=html`);
    assert.equal(status, 200, text);
    assert.match(text, /<result-map id="map" data-module="map" data-no-table><a href="[^"]*x%20y\?f=json"/);
    assert.match(text, /<dt>name<\/dt><dd>Tower &lt;b&gt;<\/dd>/);
    assert.match(text, /Geometry: Point/);
    assert.ok(text.includes(`${items}?f=html`));
    const nowhere = await get(`${items}/2?f=html`);
    assert.match(nowhere.text, /has no geometry/);
    assert.doesNotMatch(nowhere.text, /result-map/);
  });
});
