import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { findBarriers } from './support/find-barriers.ts';
import { lookAt, rendered, settled } from './support/map-page.ts';
import { startPages } from './support/pages-harness.ts';

const TIFF = 'image/tiff; application=geotiff';
const GEOPACKAGE = 'application/geopackage+sqlite3';
const DEM = readFileSync(new URL('../fixtures/jacksboro.tif', import.meta.url));

const pages = await startPages();
after(() => pages.close());

const { service } = pages;

const runJob = async (id: string, body: object): Promise<string> => {
  const { json } = await service.execute(id, body, { Prefer: 'respond-async' });
  await service.ports.workflow.settled();
  return json.jobID;
};

/** Uploads a file as the pages do. @returns its address as an input */
async function upload(bytes: Uint8Array, mediaType: string): Promise<{ href: string; type: string }> {
  const body = { mediaType, size: bytes.length };
  const { json } = await service.call('/uploads', { method: 'POST', body });
  const sent = await fetch(json.upload.href, {
    method: 'PUT',
    headers: { 'Content-Type': mediaType },
    body: Uint8Array.from(bytes),
  });
  assert.equal(sent.status, 200);
  return { href: json.href, type: mediaType };
}

async function openJob(id: string): Promise<Page> {
  const page = await pages.open(`/jobs/${id}?f=html`);
  await page.locator('result-map').scrollIntoViewIfNeeded();
  await settled(page);
  return page;
}

const titles = (page: Page): Promise<string[]> => page.locator('result-map .layers .title').allTextContents();

const collection = (count: number, properties: object = {}) => ({
  type: 'FeatureCollection',
  features: Array.from({ length: count }, (_, index) => ({
    type: 'Feature',
    properties: { index, ...properties },
    geometry: { type: 'Point', coordinates: [(index % 200) / 100, 50 + Math.floor(index / 200) / 100] },
  })),
});
const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('what went in, under what came out', () => {
  it('is an uploaded elevation model under its slope', async () => {
    const page = await openJob(await runJob('slope', { inputs: { raster: await upload(DEM, TIFF) } }));
    assert.deepEqual(await titles(page), ['Slope', 'Elevation model']);
    assert.deepEqual(await findBarriers(page), []);
    await page.context().close();
  });

  it('is a raster of the request itself, and several of one input by their numbers', async () => {
    const { nearInfrared, red } = await import('../../processes/common/raster-examples.ts');
    const inputs = { rasters: [red, nearInfrared], expression: 'B - A' };
    const page = await openJob(await runJob('raster-calculator', { inputs }));
    assert.deepEqual(await titles(page), ['Result', 'Rasters 2', 'Rasters 1']);
    await page.context().close();
  });

  it('is an earlier result', async () => {
    const earlier = await runJob('buffer', { inputs: { features: collection(3), distance: 10 } });
    const href = `${service.baseUrl}/jobs/${earlier}/results/result`;
    const page = await openJob(await runJob('centroid', { inputs: { features: { href } } }));
    assert.equal((await titles(page)).length, 2);
    await page.context().close();
  });

  it('is a large layer when somebody wants it, whose keyboard stays at it, and one of another format after a conversion', async () => {
    const large = await upload(
      bytesOf(collection(100, { note: 'x'.repeat(60_000) })),
      'application/geo+json',
    );
    const page = await openJob(await runJob('convex-hull', { inputs: { features: large, scope: 'layer' } }));
    const [result = ''] = await titles(page);
    assert.equal((await titles(page)).length, 1);
    const offer = page.getByRole('button', { name: /^Show on the map/ });
    await offer.focus();
    await page.keyboard.press('Enter');
    await offer.waitFor({ state: 'detached' });
    const [over, under = ''] = await titles(page);
    assert.equal(over, result);
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
      `Show ${under}`,
    );
    await page.context().close();
  });

  it('is left out where it lies elsewhere, is in another CRS than it says, or is gone', async () => {
    const features = await upload(bytesOf(collection(3)), 'application/geo+json');
    const named = await runJob('reproject', {
      inputs: { features, sourceCrs: 'EPSG:4326', targetCrs: 'EPSG:3857' },
    });
    const gone = await runJob('centroid', { inputs: { features } });
    const key = [...service.ports.storage.objects.keys()].find((one) =>
      one.endsWith(features.href.slice(-36)),
    );
    assert.ok((await service.get(`/jobs/${gone}?f=html`)).text.includes('data-role="input"'));
    service.ports.storage.objects.delete(key ?? '');
    for (const job of [named, gone])
      assert.ok(!(await service.get(`/jobs/${job}?f=html`)).text.includes('data-role="input"'), job);
  });
});

describe('a result in a format that the map does not read', () => {
  it('is converted when somebody wants to see it', async () => {
    const job = await runJob('centroid', {
      inputs: { features: collection(7) },
      outputs: { result: { format: { mediaType: GEOPACKAGE } } },
    });
    const page = await openJob(job);
    assert.deepEqual(await titles(page), ['Features']);
    assert.deepEqual(await findBarriers(page), []);
    await page.getByRole('button', { name: /^Show on the map/ }).click();
    await page.locator('.layers .note', { hasText: /^7 features$/ }).waitFor();
    assert.equal((await titles(page)).length, 2);
    assert.equal((await titles(page))[1], 'Features');
    await page.context().close();
  });

  it('is no layer where the process makes none', async () => {
    const job = await runJob('summary-statistics', {
      inputs: { features: collection(3), aggregates: [{ field: 'index', statistic: 'sum' }] },
      outputs: { result: { format: { mediaType: 'text/csv' } } },
    });
    assert.ok(!(await service.get(`/jobs/${job}?f=html`)).text.includes('data-convert'));
  });
});

describe('the map of a collection', () => {
  it('has all features of a small one, and asks nothing when it is moved', async () => {
    const job = await runJob('centroid', { inputs: { features: collection(30) } });
    const page = await pages.open(`/collections/${job}.result?f=html`);
    await settled(page);
    const asked = requestsOf(page);
    await lookAt(page, 0.1, 50, 50);
    assert.deepEqual(asked, []);
    await page.context().close();
  });

  it('of more features than a page holds has those in view, and says how many there are', async () => {
    const job = await runJob('centroid', { inputs: { features: collection(12_000) } });
    const page = await pages.open(`/collections/${job}.result?f=html`);
    await settled(page);
    const note = page.locator('result-map .layers .note');
    await note.getByText('10,000 of 12,000 features shown. Zoom in for all.').waitFor();
    const asked = requestsOf(page);
    // The last features are not among the first page.
    await lookAt(page, 1.9, 50.58, 20);
    await note.getByText(/^\d+ features in view, of 12,000\.$/).waitFor();
    assert.equal(asked.length, 1);
    const [west = 0, south = 0, east = 0, north = 0] = (
      new URL(asked[0] ?? '').searchParams.get('bbox') ?? ''
    )
      .split(',')
      .map(Number);
    assert.ok(west < 1.9 && east > 1.9 && south < 50.58 && north > 50.58);
    const count = Number.parseInt((await note.textContent()) ?? '', 10);
    await page.locator(`attribute-table .grid[aria-rowcount="${count + 1}"]`).waitFor();
    const lowest = page.locator('attribute-table [aria-rowindex="2"]');
    assert.ok(Number(/\d{5}/.exec((await lowest.textContent()) ?? '')?.[0]) > 10_000);
    await rendered(page);
    await page.context().close();
  });
});

/** Addresses of items that a page asks for from now on. */
function requestsOf(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/items')) asked.push(request.url());
  });
  return asked;
}
