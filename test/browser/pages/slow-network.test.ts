import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { serviceFromEnvironment } from '../../support/service-client.ts';
import { baseUrl, jobEnd, onPage, runButton } from './support/browser.ts';

const { start, waitFor } = serviceFromEnvironment();

/** A mobile network far from its mast. */
const SLOW = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 30_000 };

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', SLOW);
}

/** Adds up how far things move by themselves, as Core Web Vitals do. */
const watchShifts = (page: Page) =>
  page.addInitScript(() => {
    Object.assign(globalThis, { shifts: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as unknown as { value: number; hadRecentInput: boolean };
        if (!hadRecentInput) (globalThis as unknown as { shifts: number }).shifts += value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });

const shifts = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { shifts: number }).shifts);

const countPosts = (page: Page): (() => number) => {
  let count = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') count++;
  });
  return () => count;
};

/** Pages of jobs that were run before. */
let statistics = '';
let features = '';
before(async () => {
  const point = (name: string, height: number) => ({
    type: 'Feature',
    properties: { name, height },
    geometry: { type: 'Point', coordinates: [5, 52] },
  });
  const layer = { type: 'FeatureCollection', features: [point('a', 1), point('b', 2)] };
  const aggregates = [{ field: 'height', statistic: 'mean' }];
  const table = await start('summary-statistics', {
    inputs: { features: layer, groupBy: ['name'], aggregates },
  });
  const buffer = await start('buffer', { inputs: { features: layer, distance: 10 } });
  for (const jobID of [table, buffer]) await waitFor(jobID, ['successful']);
  statistics = `/jobs/${table}?f=html`;
  features = `/collections/${buffer}.result/items?f=html`;
});

describe('a slow network', () => {
  for (const [name, path] of [
    ['the landing page', '/?f=html'],
    ['the processes', '/processes?f=html'],
    ['a form with an example', '/processes/buffer?f=html&example=2'],
    ['the jobs', '/jobs?f=html'],
    ['statistics of a job', () => statistics],
    ['features', () => features],
  ] as const)
    for (const width of [390, 1280])
      test(`${name}: nothing moves while it loads, ${width} px`, () =>
        onPage(
          async ({ page, go }) => {
            await watchShifts(page);
            await slowDown(page);
            await go(typeof path === 'string' ? path : path());
            await page.waitForLoadState('networkidle');
            const moved = await shifts(page);
            assert.ok(moved < 0.02, `moved by ${moved}`);
          },
          { viewport: { width, height: 800 } },
        ));

  test('Run says that it runs, and nothing is sent twice however often it is pressed', () =>
    onPage(async ({ page, go }) => {
      await go('/processes/echo?f=html&message=slow');
      await slowDown(page);
      const posts = countPosts(page);
      await runButton(page).click();
      await runButton(page).getByText('Running').waitFor();
      assert.ok(await runButton(page).isDisabled());
      await page.locator('#input-message').focus();
      for (let times = 0; times < 3; times++) await page.keyboard.press('Control+Enter');
      assert.equal(await jobEnd(page), 'successful');
      assert.equal(posts(), 1);
    }));

  test('a form that is sent before its scripts have come is sent once, and leads to its job', () =>
    onPage(async ({ page }) => {
      await page.route(/\/assets\/.*\.js/, () => {});
      const posts = countPosts(page);
      await page.goto(`${baseUrl}/processes/echo?f=html&message=early`, { waitUntil: 'commit' });
      await runButton(page).click({ noWaitAfter: true });
      await page.waitForURL(/\/jobs\//, { waitUntil: 'commit' });
      assert.equal(await jobEnd(page), 'successful');
      assert.equal(posts(), 1);
    }));

  test('an upload shows how far it is, and the form waits for it', () =>
    onPage(async ({ page, go }) => {
      const text = JSON.stringify({
        type: 'FeatureCollection',
        features: Array.from({ length: 4000 }, (_, index) => ({
          type: 'Feature',
          properties: { index, note: 'a feature among many' },
          geometry: { type: 'Point', coordinates: [index / 100, 1] },
        })),
      });
      await go('/processes/centroid?f=html');
      await page.waitForLoadState('networkidle');
      await slowDown(page);
      const posts = countPosts(page);
      await page.setInputFiles('input[type=file]', {
        name: 'many.geojson',
        mimeType: '',
        buffer: Buffer.from(text),
      });
      await page.locator('.said', { hasText: 'Uploading' }).waitFor();
      // Whoever cannot wait is told, and nothing is run without the file.
      await runButton(page).click();
      await page.locator('#fault-features').getByText('being uploaded').waitFor();
      assert.equal(posts(), 1);
      await page.getByText('4,000 features').waitFor({ timeout: 60_000 });
      await runButton(page).click();
      assert.equal(await jobEnd(page), 'successful');
    }));
});

describe('a network that fails', () => {
  test('says so, keeps the form, and does not start a job twice when the answer was lost', () =>
    onPage(async ({ page, go }) => {
      const mark = `lost ${Date.now()}`;
      await go(`/processes/echo?f=html&message=lost&response%5Btitle%5D=${encodeURIComponent(mark)}`);
      let isLost = true;
      const jobs: string[] = [];
      await page.route(/\/execution$/, async (route) => {
        const response = await route.fetch();
        jobs.push(response.headers()['location'] ?? '');
        if (isLost) await route.abort('connectionreset');
        else await route.fulfill({ response });
      });
      await runButton(page).click();
      await page.locator('#faults').getByText('did not respond').waitFor();
      assert.ok(await runButton(page).isEnabled());
      isLost = false;
      await runButton(page).click();
      assert.equal(await jobEnd(page), 'successful');
      assert.equal(jobs.length, 2);
      assert.equal(new Set(jobs).size, 1);
      // Pressed once more, it is another job.
      await runButton(page).click();
      await page.waitForFunction(
        (former) => !location.hash.endsWith(former),
        jobs[0]?.split('/').at(-1) ?? '',
      );
      assert.equal(new Set(jobs).size, 2);
    }));

  test('while a job is watched is said, and its end is seen when the network is back', () =>
    onPage(async ({ page, go }) => {
      await go('/processes/echo?f=html&message=away&pause=6');
      await runButton(page).click();
      await page.locator('[data-outcome] [data-cancel]').waitFor();
      await page.context().setOffline(true);
      await page.locator('[data-message]').getByText('not responding').waitFor();
      await page.context().setOffline(false);
      assert.equal(await jobEnd(page), 'successful');
    }));

  test('before anything was sent is said where it was to be checked', () =>
    onPage(async ({ page, go }) => {
      await go('/processes/echo?f=html&message=off');
      await page.context().setOffline(true);
      await page.locator('button.check').click();
      await page.locator('#faults').getByText('cannot be reached').waitFor();
      await page.context().setOffline(false);
      await page.locator('button.check').click();
      await page.getByText('The request is valid').waitFor();
      assert.ok(page.url().startsWith(baseUrl));
    }));
});
