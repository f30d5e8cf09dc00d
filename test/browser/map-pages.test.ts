import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { sampleFeatures } from '../../scripts/sample-data.ts';
import { settled } from './support/map-page.ts';
import { startPages } from './support/pages-harness.ts';

const pages = await startPages();
after(() => pages.close());

describe('maps on the pages of the service', () => {
  it('a job shows its result over what went in, with the rows of the result', async () => {
    const { service } = pages;
    const inputs = {
      features: sampleFeatures('counties', { state: '47' }),
      distance: 5,
      distanceUnit: 'kilometre',
    };
    const { json } = await service.execute('buffer', { inputs }, { Prefer: 'respond-async' });
    await service.ports.workflow.settled();
    const page = await pages.open(`/jobs/${json.jobID}?f=html`);
    await page.locator('result-map').scrollIntoViewIfNeeded();
    await settled(page);
    assert.deepEqual(await page.locator('result-map .layers .title').allTextContents(), [
      'Buffered features',
      'Features',
    ]);
    assert.equal(await page.locator('attribute-table .grid').getAttribute('aria-rowcount'), '96');
    assert.equal(await page.locator('attribute-table select').inputValue(), '0');
    await page.context().close();
  });

  it('the page of a process shows what was put in', async () => {
    const page = await pages.open('/processes/buffer?f=html&example=1');
    await page.locator('layer-preview .layers li').waitFor({ state: 'attached' });
    assert.ok(await page.locator('layer-preview').isVisible());
    const [before, after] = await page
      .locator('.pictures img')
      .evaluateAll((all) =>
        (all as HTMLImageElement[]).map(({ complete, naturalWidth }) => complete && naturalWidth),
      );
    assert.deepEqual([before, after], [480, 480]);
    await page.getByRole('tab', { name: 'Draw' }).click();
    await page.waitForSelector('draw-geometry.started');
    await page.locator('draw-geometry .canvas').focus();
    await page.getByRole('button', { name: 'Point', exact: true }).click();
    await page.locator('draw-geometry .canvas').focus();
    await page.keyboard.press('Enter');
    await page.locator('aside pre', { hasText: 'FeatureCollection' }).first().waitFor();
    await page.context().close();
  });
});

it('maps show the tiles that the operator has chosen, under the policy of the pages, and whose they are', async () => {
  const asked: string[] = [];
  const tile = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  process.env['MAP_TILES'] = 'https://tiles.example.net/{z}/{x}/{y}.png';
  process.env['MAP_ATTRIBUTION'] = 'Tiles of <b>somebody</b>';
  const tiled = await startPages({
    provider: (url) => {
      asked.push(url.href);
      return { contentType: 'image/png', body: tile };
    },
  });
  try {
    const page = await tiled.open('/processes/buffer?f=html&example=1');
    await page.locator('layer-preview .ol-attribution', { hasText: 'Tiles of <b>somebody</b>' }).waitFor();
    await page.waitForFunction(() => document.querySelector('layer-preview canvas') !== null);
    assert.match(asked[0] ?? '', /^https:\/\/tiles\.example\.net\/\d+\/\d+\/\d+\.png$/);
    await page.context().close();
  } finally {
    delete process.env['MAP_TILES'];
    delete process.env['MAP_ATTRIBUTION'];
    await tiled.close();
  }
});
