import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { processes } from '../../../processes/index.ts';
import { serviceFromEnvironment } from '../../support/service-client.ts';
import { onPage } from './support/browser.ts';

const { start, waitFor, execute } = serviceFromEnvironment();

const FEATURES = 5000;
const PROPERTIES = 120;

/** Features along a line, the first with very many properties. */
const layer = {
  type: 'FeatureCollection',
  features: Array.from({ length: FEATURES }, (_, number) => ({
    type: 'Feature',
    id: number,
    properties: {
      number,
      group: `Group ${number % 1500}`,
      ...(number === 0
        ? Object.fromEntries(Array.from({ length: PROPERTIES }, (_, at) => [`a_rather_long_name_${at}`, at]))
        : {}),
    },
    geometry: { type: 'Point', coordinates: [number / 1000, 45 + (number % 7) / 10] },
  })),
};

/** Fails where a page is wider than its window in any of the frames after the window was made narrower or wider. */
const fitsWidths = async (page: Page, path: string): Promise<void> => {
  for (const width of [360, 1280]) {
    const excess = page.evaluate(
      (wanted) =>
        new Promise<number>((resolve) => {
          let frames = 0;
          let most = 0;
          const look = () => {
            if (innerWidth === wanted) {
              frames++;
              most = Math.max(most, document.documentElement.scrollWidth - innerWidth);
            }
            if (frames < 8) requestAnimationFrame(look);
            else resolve(most);
          };
          look();
        }),
      width,
    );
    await page.setViewportSize({ width, height: 800 });
    const most = await excess;
    assert.ok(most <= 0, `${path} at ${width} px: ${most} too wide`);
  }
};

describe('long lists', () => {
  let large = '';
  let groups = '';

  before(async () => {
    const upload = async () => {
      const answer = await execute('centroid', { inputs: { features: layer } }, { Prefer: 'respond-async' });
      return answer.json.jobID as string;
    };
    large = await upload();
    groups = await start('summary-statistics', {
      inputs: {
        features: layer,
        aggregates: [{ field: 'number', statistic: 'max' }],
        groupBy: ['group'],
      },
    });
    for (const jobID of [large, groups]) await waitFor(jobID, ['successful']);
    for (let count = 0; count < 12; count++) await start('echo', { inputs: { message: `Number ${count}` } });
  });

  test('jobs come page by page, there and back', () =>
    onPage(async ({ page, go }) => {
      await go('/jobs?f=html&limit=5&processID=echo');
      const shown = () =>
        page
          .locator('tbody tr td:first-child a')
          .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
      const first = await shown();
      assert.equal(first.length, 5);
      await page.locator('a.button[rel=next]').click();
      await page.waitForURL(/cursor=/);
      const second = await shown();
      assert.equal(new Set([...first, ...second]).size, 10);
      await fitsWidths(page, 'jobs');
      await page.goBack();
      assert.deepEqual(await shown(), first);
    }));

  test('all processes are one list, which the search makes short', () =>
    onPage(async ({ page, go }) => {
      await go('/processes?f=html&limit=1000');
      assert.equal(await page.locator('li.tile').count(), processes.length);
      await page.getByRole('searchbox').fill('slope');
      await page.waitForFunction((all) => {
        const seen = [...document.querySelectorAll<HTMLElement>('li.tile')].filter(
          (tile) => tile.offsetParent !== null,
        );
        return seen.length > 0 && seen.length < all / 3;
      }, processes.length);
    }));

  test('of thousands of CRSs those that are meant are offered, a few at a time', () =>
    onPage(async ({ page, go }) => {
      await go('/processes/reproject?f=html');
      const target = page.locator('#input-targetCrs');
      await target.focus();
      await target.fill('utm zone 32');
      await page.locator('#crs-names option[value="EPSG:25832"]').waitFor({ state: 'attached' });
      assert.ok((await page.locator('#crs-names option').count()) <= 30);
      await target.fill('no such thing');
      assert.ok((await page.locator('#crs-names option').count()) <= 30);
    }));

  test('a layer of many properties offers them all, and its summary stays short', () =>
    onPage(async ({ page, go }) => {
      await go('/processes/buffer?f=html');
      await page.setInputFiles('input[type=file]', {
        name: 'wide.geojson',
        mimeType: '',
        buffer: Buffer.from(JSON.stringify({ ...layer, features: layer.features.slice(0, 50) })),
      });
      const said = page.locator('.said', { hasText: '50 features' });
      await said.waitFor();
      assert.ok(((await said.textContent()) ?? '').length < 400);
      assert.equal(await page.locator('#properties-of-features option').count(), PROPERTIES + 2);
      await fitsWidths(page, 'the form');
    }));

  test('of five thousand features only the rows in sight are in the page, and the last can be reached', () =>
    onPage(async ({ page, go }) => {
      await go(`/jobs/${large}?f=html`);
      await page.locator('result-map.complete').waitFor();
      const grid = page.locator('attribute-table .grid');
      await grid.scrollIntoViewIfNeeded();
      assert.equal(await grid.getAttribute('aria-rowcount'), String(FEATURES + 1));
      assert.ok((await grid.locator('.body [role=row]').count()) < 60);
      await grid.focus();
      await page.keyboard.press('End');
      await grid.locator(`[aria-rowindex="${FEATURES + 1}"]`).waitFor();
      await fitsWidths(page, 'the job');
    }));

  test('a collection comes page by page, and says what is left out of its table', () =>
    onPage(async ({ page, go }) => {
      await go(`/collections/${large}.result/items?f=html&limit=1000`);
      await page.getByText(/\+\d+ more columns/).waitFor();
      await page.getByText(/\+\d+ more features/).waitFor();
      await fitsWidths(page, 'the features');
      await page.locator('a.button[rel=next]').click();
      await page.waitForURL(/cursor|offset/);
      assert.ok((await page.locator('tbody tr, table tr').count()) > 10);
    }));

  test('a table of fifteen hundred groups shows a thousand, and says how many more there are', () =>
    onPage(async ({ page, go }) => {
      await go(`/jobs/${groups}?f=html`);
      await page.locator('.result').waitFor();
      const rows = await page.locator('.result tbody tr').count();
      const text = (await page.locator('.result').textContent()) ?? '';
      assert.ok(rows === 0 || (rows <= 1000 && /\+500 more rows/.test(text)), `${rows} rows`);
      await fitsWidths(page, 'the table');
    }));
});
