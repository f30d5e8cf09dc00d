import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { serviceFromEnvironment } from '../../support/service-client.ts';
import { baseUrl, onPage, open, type Watched } from './support/browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const { start, waitFor, execute, get } = serviceFromEnvironment();

const paths = new Map<string, string>([
  ['the landing page', '/?f=html'],
  ['the processes', '/processes?f=html'],
  ['a search without a hit', '/processes?f=html&q=nothing+like+that'],
  ['a form', '/processes/buffer?f=html&example=2'],
  ['a form with rows and lists', '/processes/summary-statistics?f=html&example=1'],
  ['a form with rasters', '/processes/raster-calculator?f=html&example=1'],
  ['the jobs', '/jobs?f=html'],
  ['no job of a kind', '/jobs?f=html&status=dismissed&processID=mosaic'],
  ['the collections', '/collections?f=html'],
  ['the API', '/api?f=html'],
  ['conformance', '/conformance?f=html'],
  ['what is not there', '/processes/none'],
  ['a path that nothing is at', '/no/such/path'],
]);

before(async () => {
  const point = { type: 'Point', coordinates: [5, 52] };
  const done = await start('buffer', { inputs: { features: point, distance: 100 } });
  const failed = await start('buffer', { inputs: { features: point, distance: 1, distanceField: 'absent' } });
  const figures = await start('summary-statistics', {
    inputs: {
      features: { type: 'Feature', properties: { a: 1 }, geometry: point },
      aggregates: [{ field: 'a', statistic: 'max' }],
    },
  });
  for (const jobID of [done, failed, figures]) await waitFor(jobID, ['successful', 'failed']);
  await execute('echo', { inputs: { message: 'x' } });
  paths.set('a job with a map', `/jobs/${done}?f=html`);
  paths.set('a job that failed', `/jobs/${failed}?f=html`);
  paths.set('a job with a table', `/jobs/${figures}?f=html`);
  paths.set('a log', `/jobs/${done}/logs?f=html`);
  paths.set('a collection', `/collections/${done}.result?f=html`);
  const items = `/collections/${done}.result/items`;
  paths.set('features', `${items}?f=html`);
  const { features } = (await get(`${items}?f=json`)).json;
  paths.set('a feature', `${items}/${encodeURIComponent(features[0].id)}?f=html`);
});

const names = [
  ...paths.keys(),
  'a job with a map',
  'a job that failed',
  'a job with a table',
  'a log',
  'a collection',
  'features',
  'a feature',
];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

async function violations(page: Page): Promise<string[]> {
  const found = (await page.evaluate(`(async () => {
    const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) }));
  })()`)) as Violation[];
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary.slice(0, 300)}`),
  );
}

describe('each page', () => {
  const opened: Watched[] = [];
  after(async () => {
    for (const watched of opened) await watched.page.context().close();
  });

  for (const name of names) {
    test(`${name}: axe finds nothing, light and dark, and nothing overflows on a phone or a wide screen`, () =>
      // axe is put into the page past its policy, which its own test below keeps.
      onPage(
        async ({ page, go }) => {
          await go(paths.get(name) ?? '');
          await page.waitForLoadState('networkidle');
          await page.evaluate(axe);
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme });
            assert.deepEqual(await violations(page), [], colorScheme);
          }
          for (const width of [360, 2560]) {
            await page.setViewportSize({ width, height: 800 });
            const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.ok(excess <= 0, `${width} px: ${excess} too wide`);
          }
        },
        { bypassCSP: true },
      ));
  }
});

test('the first view is under 100 KB, and nothing of it is fetched again', async () => {
  const { page, go, settle } = await open();
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  for (const path of ['/?f=html', '/processes/buffer?f=html']) {
    bytes = 0;
    await go(path);
    await page.waitForLoadState('networkidle');
    assert.ok(bytes > 1000 && bytes < 100_000, `${path}: ${bytes} bytes`);
  }
  await settle();
});

describe('what others have written is text', () => {
  const evil = `"><img src=x onerror=alert(1)><script>alert(2)</script>'`;

  test('in queries', () =>
    onPage(async ({ page, go }) => {
      const text = encodeURIComponent(evil);
      for (const path of [
        `/processes?f=html&q=${text}`,
        `/processes/buffer?f=html&distance=${text}&features=${text}&crs=${text}&${text}=1`,
        `/processes/${text}?f=html`,
        `/jobs?f=html&status=${text}`,
        `/jobs/${text}?f=html`,
        `/collections/${text}/items?f=html`,
      ]) {
        await go(path);
        assert.equal(await page.locator('img[src=x]').count(), 0, path);
      }
    }));

  test('in names, messages, properties and files', () =>
    onPage(async ({ page, go }) => {
      const layer = {
        type: 'Feature',
        properties: { [evil]: evil },
        geometry: { type: 'Point', coordinates: [5, 52] },
      };
      await go('/processes/dissolve?f=html');
      await page.setInputFiles('input[type=file]', {
        name: `${evil}.geojson`.replaceAll('/', ''),
        mimeType: '',
        buffer: Buffer.from(JSON.stringify(layer)),
      });
      await page.getByText('1 feature').waitFor();
      const jobs = [
        await start('dissolve', { inputs: { features: layer, groupBy: [evil] } }),
        await start('echo', { inputs: { message: evil } }),
        await start('buffer', { inputs: { features: layer, distance: 1, distanceField: `no ${evil}` } }),
        await start('summary-statistics', {
          inputs: { features: layer, aggregates: [{ field: evil, statistic: 'first', name: evil }] },
        }),
      ];
      for (const jobID of jobs) {
        await waitFor(jobID, ['successful', 'failed']);
        for (const path of [`/jobs/${jobID}`, `/jobs/${jobID}/logs`, `/collections/${jobID}.result/items`]) {
          await go(`${path}?f=html`);
          await page.waitForLoadState('networkidle');
          assert.equal(await page.locator('img[src=x]').count(), 0, path);
        }
      }
      await go('/jobs?f=html');
      assert.equal(await page.locator('img[src=x]').count(), 0);
    }));
});

test('the reference of the API opens under the policy of the pages, and runs an operation', () =>
  onPage(async ({ page, go }) => {
    await go('/api?f=html');
    await page.getByRole('button', { name: 'Open the interactive reference' }).click();
    await page.locator('.opblock-tag').first().click();
    await page.locator('.opblock-summary', { hasText: '/conformance' }).first().click();
    await page.locator('.opblock.is-open button.execute').click();
    await page.locator('.live-responses-table .response', { hasText: '200' }).first().waitFor();
  }));

describe('features have one table', () => {
  const countTables = (page: Page) =>
    Promise.all(['main table', '[role=grid]'].map((selector) => page.locator(selector).count()));

  test('that of the map, with scripts: a feature that is clicked there leads to its page', () =>
    onPage(async ({ page, go }) => {
      await go(paths.get('features') ?? '');
      await page.locator('[role=grid] [aria-rowindex="2"]').click();
      assert.deepEqual(await countTables(page), [0, 1]);
      const canvas = await page.locator('.map .canvas').boundingBox();
      assert.ok(canvas);
      const link = page.locator('.popup a');
      // A click while the map moves stops it where it is: the feature is brought to the middle before each.
      for (let attempt = 0; attempt < 10 && !(await link.isVisible()); attempt++) {
        await page.getByRole('button', { name: 'Zoom to selection' }).click();
        await page.waitForTimeout(1000);
        await page.mouse.click(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
        await page.waitForTimeout(500);
        if (!(await link.isVisible())) await page.locator('[role=grid] [aria-rowindex="2"]').click();
      }
      await link.click();
      await page.getByRole('heading', { name: /^Feature / }).waitFor();
      assert.deepEqual(await countTables(page), [0, 0]);
    }));

  test('that of the service, without: its rows lead to their pages', () =>
    onPage(
      async ({ page, go }) => {
        await go(paths.get('features') ?? '');
        assert.deepEqual(await countTables(page), [1, 0]);
        await page.locator('main table a').first().click();
        await page.getByRole('heading', { name: /^Feature / }).waitFor();
      },
      { javaScriptEnabled: false },
    ));
});

test('no page asks others than the service', () =>
  onPage(async ({ page, go }) => {
    for (const name of names) {
      await go(paths.get(name) ?? baseUrl);
      await page.waitForLoadState('networkidle');
    }
  }));
