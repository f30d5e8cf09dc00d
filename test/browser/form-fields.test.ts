import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { findBarriers } from './support/find-barriers.ts';
import { startPages } from './support/pages-harness.ts';

const pages = await startPages();
after(() => pages.close());

const tree = (species: string | null, height: number, x: number) => ({
  type: 'Feature',
  properties: { species, height },
  geometry: { type: 'Point', coordinates: [x, 52] },
});
const trees = {
  type: 'FeatureCollection',
  features: [tree('oak', 18.5, 5), tree('elm', 22, 5.01), tree(null, 9, 5.02)],
};
const parcels = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { owner: 'Jansen' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [5, 51.9],
            [5.015, 51.9],
            [5.015, 52.1],
            [5, 52.1],
          ],
        ],
      },
    },
  ],
};

/** Puts GeoJSON into a layer field, as a file. */
const give = (page: Page, input: string, layer: object, name = 'layer.geojson') =>
  page.setInputFiles(`#file-${input}`, {
    name,
    mimeType: '',
    buffer: Buffer.from(JSON.stringify(layer)),
  });

const optionsOf = (page: Page, selector: string): Promise<string[]> =>
  page
    .locator(selector)
    .evaluate((field) => [...((field as HTMLInputElement).list?.options ?? [])].map(({ value }) => value));

const runJob = async (id: string, body: object): Promise<string> => {
  const { json } = await pages.service.execute(id, body, { Prefer: 'respond-async' });
  await pages.service.ports.workflow.settled();
  return json.jobID;
};

describe('what a layer was read as', () => {
  for (const view of [{ width: 1280 }, { width: 360 }, { width: 360, dark: true }])
    it(`is said with its properties, extent and faults at ${JSON.stringify(view)}`, async () => {
      const page = await pages.open('/processes/count-points-in-polygons?f=html', view);
      await give(page, 'overlay', trees);
      const field = page.locator('#field-overlay');
      await field.getByText('3 features · Point · OGC:CRS84').waitFor();
      await field.locator('summary', { hasText: '2 properties' }).click();
      const row = field.getByRole('row', { name: /^species/ });
      assert.match((await row.textContent()) ?? '', /text2 different: elm, oak · 1 without a value/);
      assert.match((await field.getByRole('row', { name: /^height/ }).textContent()) ?? '', /number9 to 22/);
      await field.getByText('5, 52, 5.02, 52').waitFor();
      await give(page, 'features', parcels);
      const warning = page.locator('#field-features .notice.warn');
      await warning.getByText('Feature 1 has a ring that is not closed.').waitFor();
      assert.deepEqual(await findBarriers(page), []);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= view.width, `${width} px`);
      await page.context().close();
    });

  it('is asked of the service for what is not here, a raster among them', async () => {
    const result = await runJob('create-grid', {
      inputs: { extent: { bbox: [5, 52, 5.1, 52.1] }, cellSize: 0.05 },
    });
    const href = `${pages.service.baseUrl}/jobs/${result}/results/result`;
    const page = await pages.open(`/processes/zonal-statistics?f=html&example=1`);
    await page.locator('#field-raster').getByText('1 band').first().waitFor();
    await page.locator('#field-raster summary', { hasText: '1 band' }).click();
    await page.locator('#field-raster').getByRole('columnheader', { name: 'Nodata' }).waitFor();
    await page.goto(
      `${pages.service.baseUrl}/processes/centroid?f=html&features%5Bhref%5D=${encodeURIComponent(href)}`,
    );
    await page.locator('#field-features .said', { hasText: 'features · Polygon' }).waitFor();
    await page.context().close();
  });
});

describe('fields that name properties', () => {
  it('are offered those of their own layer, whichever was described last', async () => {
    const page = await pages.open('/processes/count-points-in-polygons?f=html');
    await give(page, 'overlay', trees);
    await page.locator('#field-overlay').getByText('3 features').waitFor();
    await give(page, 'features', parcels);
    await page.locator('#field-features').getByText('1 feature').waitFor();
    assert.deepEqual(await optionsOf(page, '#input-weightField'), ['species', 'height']);
    await give(page, 'overlay', parcels);
    await page.locator('#field-overlay').getByText('1 feature').waitFor();
    assert.deepEqual(await optionsOf(page, '#input-weightField'), ['owner']);
    await page.context().close();
  });

  it('are offered them in rows and lists too, and lists of numbers none', async () => {
    const page = await pages.open('/processes/summary-statistics?f=html');
    await give(page, 'features', trees);
    await page.locator('#field-features').getByText('3 features').waitFor();
    for (const selector of ['#input-groupBy', '[name="aggregates.0.field"]'])
      assert.deepEqual(await optionsOf(page, selector), ['species', 'height'], selector);
    await page.goto(`${pages.service.baseUrl}/processes/contour?f=html`);
    assert.equal(await page.locator('#input-levels').getAttribute('list'), null);
    await page.context().close();
  });
});

describe('an expression', () => {
  it('gets functions and properties from lists, where the cursor is', async () => {
    const page = await pages.open('/processes/filter?f=html');
    const text = page.locator('#input-filter');
    const functions = page.getByLabel('Insert a function or word');
    const properties = page.getByLabel('Insert a property');
    assert.equal(await properties.isVisible(), false);
    assert.ok((await functions.locator('option').allTextContents()).includes('S_INTERSECTS('));
    await give(page, 'features', trees);
    await properties.waitFor();
    await functions.selectOption('CASEI(');
    await properties.focus();
    await properties.selectOption('species');
    await text.pressSequentially(") = 'oak'");
    assert.equal(await text.inputValue(), "CASEI(species ) = 'oak'");
    await text.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(0, 0));
    await functions.focus();
    await functions.selectOption('NOT');
    assert.equal(await text.inputValue(), "NOT CASEI(species ) = 'oak'");
    const shown = JSON.parse((await page.locator('.code pre').first().textContent()) ?? '');
    assert.equal(shown.inputs.filter, "NOT CASEI(species ) = 'oak'");
    await page.context().close();
  });

  it('is checked while it is typed, also when a layer comes later', async () => {
    const page = await pages.open('/processes/filter?f=html');
    const text = page.locator('#input-filter');
    const doubt = page.locator('#check-filter');
    await text.pressSequentially("(species = 'oak");
    await doubt.getByText("A quotation mark ' is not closed.").waitFor();
    await text.press('End');
    await text.pressSequentially("'");
    await doubt.getByText('A ")" is missing').waitFor();
    await text.pressSequentially(' OR hight > 5)');
    await doubt.waitFor({ state: 'hidden' });
    await give(page, 'features', trees);
    await doubt.getByText('The layer has no property "hight".').waitFor();
    assert.match((await text.getAttribute('aria-describedby')) ?? '', /check-filter/);
    assert.deepEqual(await findBarriers(page), []);
    await page.context().close();
  });

  it('does not push the button away that is pressed right after it was typed', async () => {
    const page = await pages.open('/processes/filter?f=html&features=POINT(5%2052)');
    await page.locator('#input-filter').fill("species = 'oak");
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.locator('#fault-filter').waitFor();
    await page.context().close();
  });
});

describe('earlier results', () => {
  it('are those that fit the field, by the name of the job, the process and the time', async () => {
    await runJob('echo', { inputs: { message: 'nothing to draw' } });
    const layer = await runJob('buffer', {
      title: 'Round my trees',
      inputs: { features: trees, distance: 10 },
    });
    await runJob('centroid', { inputs: { features: trees } });
    const { elevation } = await import('../../processes/common/raster-examples.ts');
    const raster = await runJob('slope', { inputs: { raster: elevation } });
    const page = await pages.open('/processes/zonal-statistics?f=html');
    const offered = async (input: string) => {
      const field = page.locator(`#field-${input}`);
      await field.getByRole('tab', { name: 'Earlier result' }).click();
      const options = field.locator('[data-way=result] option');
      await options.nth(1).waitFor({ state: 'attached' });
      return options.allTextContents();
    };
    const layers = await offered('features');
    assert.ok(
      layers.some((text) => /^Round my trees · Buffer · \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/.test(text)),
      layers.join(),
    );
    assert.ok(
      layers.some((text) => /^Centroids? · /.test(text)),
      layers.join(),
    );
    assert.ok(!layers.some((text) => /Echo|Slope/.test(text)), layers.join());
    const rasters = await offered('raster');
    assert.ok(rasters.some((text) => text.startsWith('Slope · ')));
    assert.ok(!rasters.some((text) => /Buffer|Echo/.test(text)), rasters.join());
    const choose = page.locator('#field-features [data-way=result] select');
    await choose.selectOption({ label: layers.find((text) => text.startsWith('Round')) ?? '' });
    await page.locator('#field-features .said', { hasText: '3 features · Polygon' }).waitFor();
    const shown = JSON.parse((await page.locator('.code pre').first().textContent()) ?? '');
    assert.match(shown.inputs.features.href, new RegExp(`/jobs/${layer}/results/result$`));
    assert.notEqual(layer, raster);
    await page.context().close();
  });

  it('lead on: a result is given to another process, whose form has it', async () => {
    const job = await runJob('buffer', { inputs: { features: trees, distance: 10 } });
    const page = await pages.open(`/jobs/${job}?f=html`);
    await page.locator('.onward summary').click();
    const onward = page.locator('.onward a');
    assert.ok(!(await onward.allTextContents()).includes('Slope'));
    await onward.getByText('Centroid').first().click();
    await page.locator('#field-features .said', { hasText: '3 features · Polygon' }).waitFor();
    assert.match(
      await page.locator('#href-features').inputValue(),
      new RegExp(`/jobs/${job}/results/result$`),
    );
    await page.context().close();
  });
});
