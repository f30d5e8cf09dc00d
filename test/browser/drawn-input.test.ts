import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { FeatureCollection } from 'geojson';
import { startPages } from './support/pages-harness.ts';

const pages = await startPages();
after(() => pages.close());

/** What is drawn, by where the pointer is pressed: parts of the width and the height of the map. */
const drawings = [
  { kind: 'Point', type: 'Point', presses: [[0.5, 0.5]], finishes: false },
  {
    kind: 'Line',
    type: 'LineString',
    presses: [
      [0.3, 0.5],
      [0.5, 0.3],
      [0.7, 0.5],
    ],
    finishes: true,
  },
  {
    kind: 'Polygon',
    type: 'Polygon',
    presses: [
      [0.4, 0.4],
      [0.6, 0.4],
      [0.6, 0.6],
      [0.4, 0.6],
    ],
    finishes: true,
  },
  {
    kind: 'Rectangle',
    type: 'Polygon',
    presses: [
      [0.4, 0.3],
      [0.6, 0.7],
    ],
    finishes: false,
  },
] as const;

describe('what is drawn on the map of a form is what is run', () => {
  for (const { kind, type, presses, finishes } of drawings)
    it(kind, async () => {
      const page = await pages.open('/processes/measure?f=html');
      await page.getByRole('tab', { name: 'Draw' }).click();
      await page.locator('draw-geometry.started').waitFor();
      await page.getByRole('button', { name: kind, exact: true }).click();
      const canvas = await page.locator('draw-geometry .canvas').boundingBox();
      assert.ok(canvas);
      for (const [x, y] of presses)
        await page.mouse.click(canvas.x + canvas.width * x, canvas.y + canvas.height * y);
      if (finishes) await page.getByRole('button', { name: 'Finish' }).click();
      await page.locator('.said', { hasText: '1 feature' }).waitFor();
      const request = JSON.parse((await page.locator('.code pre').first().textContent()) ?? '');
      const { features } = request.inputs.features as FeatureCollection;
      assert.equal(features.length, 1);
      assert.equal(features[0]?.geometry.type, type);
      await page.locator('form.process-form button.primary').click();
      await page.locator('[data-outcome] [data-status=successful]').waitFor();
      await page.locator('[data-outcome] result-map.complete').waitFor();
      const job = await page.locator('[data-outcome] [data-job]').getAttribute('data-job');
      const result = (await pages.service.get(`${job}/results/result`)).json as FeatureCollection;
      assert.deepEqual(
        result.features.map(({ geometry }) => geometry),
        features.map(({ geometry }) => geometry),
      );
      // What was drawn lies under what came of it.
      assert.equal(await page.locator('[data-outcome] result-map .layers > li').count(), 2);
      await page.context().close();
    });
});
