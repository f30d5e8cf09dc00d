import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { jobEnd, onPage, runButton } from './support/browser.ts';

const square = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { name: 'Square', metres: 50 },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [5, 52],
            [5.01, 52],
            [5.01, 52.01],
            [5, 52.01],
            [5, 52],
          ],
        ],
      },
    },
  ],
};
const geojsonFile = (value: unknown, name = 'square.geojson') => ({
  name,
  mimeType: '',
  buffer: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
});

describe('a person who has never been here', () => {
  test('finds a process, gives it a file, runs it, sees the result and downloads it', () =>
    onPage(async ({ page, go }) => {
      await go('/?f=html');
      await page.getByRole('searchbox').fill('buf');
      await page.keyboard.press('Enter');
      await page.waitForURL(/processes\/buffer/);
      await page.setInputFiles('input[type=file]', geojsonFile(square));
      await page.getByText('1 feature · Polygon · OGC:CRS84').waitFor();
      await page.getByLabel('Distance', { exact: false }).first().fill('100');
      assert.equal(await page.locator('#properties-of-features option[value=metres]').count(), 1);
      const shown = JSON.parse((await page.locator('.code pre').first().textContent()) ?? '');
      assert.deepEqual(shown, { inputs: { features: square, distance: 100 } });
      await runButton(page).click();
      assert.equal(await jobEnd(page), 'successful');
      assert.match(page.url(), /processes\/buffer\?f=html#job=/);
      await page.locator('[data-outcome] result-map.complete').waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('.result a.primary').click(),
      ]);
      const layer = JSON.parse(readFileSync(await download.path(), 'utf8'));
      assert.equal(layer.features[0].properties.name, 'Square');
      assert.ok(layer.features[0].geometry.coordinates[0].length > 5);
    }));

  test('sees the result beside the form, changes an input, names the job and runs again, without leaving', () =>
    onPage(async ({ page, go }) => {
      await go('/processes/measure?f=html&example=1');
      await page.locator('button.check').click();
      await page.getByText('The request is valid. It would run as a job').waitFor();
      await runButton(page).click();
      assert.equal(await jobEnd(page), 'successful');
      const first = await page.locator('[data-outcome] [data-job]').getAttribute('data-job');
      await page.locator('#job-title').fill('The second one');
      await runButton(page).click();
      await page.locator(`[data-outcome] [data-job]:not([data-job="${first}"])`).waitFor();
      assert.equal(await jobEnd(page), 'successful');
      // What a person sees is in the address: it is there again after loading.
      await page.reload();
      assert.equal(await jobEnd(page), 'successful');
      await page.getByRole('link', { name: 'Open job page' }).click();
      await page.getByRole('heading', { level: 1, name: 'The second one' }).waitFor();
    }));

  test('sends a larger file ahead, and is told what it is', () =>
    onPage(async ({ page, go }) => {
      const many = {
        type: 'FeatureCollection',
        features: Array.from({ length: 4000 }, (_, index) => ({
          type: 'Feature',
          properties: { index, note: 'a feature among many' },
          geometry: { type: 'Point', coordinates: [index / 100, 1] },
        })),
      };
      await go('/processes/centroid?f=html');
      await page.setInputFiles('input[type=file]', geojsonFile(many, 'many.geojson'));
      await page.getByText('4,000 features · Point').waitFor();
      const shown = JSON.parse((await page.locator('.code pre').first().textContent()) ?? '');
      assert.match(shown.inputs.features.href, /\/uploads\/[0-9a-f-]{36}$/);
      await runButton(page).click();
      assert.equal(await jobEnd(page), 'successful');
    }));

  test('is told at the field what is wrong, by keyboard alone, and mends it', () =>
    onPage(async ({ page, go }) => {
      await go('/processes/buffer?f=html&features=POINT(5%2052)');
      await page.locator('#input-distance').focus();
      await page.keyboard.press('Control+Enter');
      await page.locator('#fault-distance').getByText('required').waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'input-distance');
      await page.keyboard.type('10');
      assert.equal(await page.locator('#fault-distance').count(), 0);
      await page.keyboard.press('Control+Enter');
      assert.equal(await jobEnd(page), 'successful');
      // What was pasted is on the map, under what came of it.
      await page.locator('[data-outcome] result-map.complete').waitFor();
      assert.equal(await page.locator('[data-outcome] result-map .layers > li').count(), 2);
    }));

  test('opens by Enter in the search what has that name', () =>
    onPage(async ({ page, go }) => {
      await go('/processes?f=html');
      await page.getByRole('searchbox').fill('slope');
      await page.keyboard.press('Enter');
      await page.waitForURL(/processes\/slope\?/);
    }));

  test('does not run by accident what could not be read', () =>
    onPage(async ({ page, go }) => {
      await go('/processes/centroid?f=html');
      await page.setInputFiles('input[type=file]', {
        name: 'places.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('name,height\nA,1\n'),
      });
      await page.locator('.said .fault').waitFor();
      await runButton(page).click();
      await page.locator('#fault-features').getByText('Press Run again').waitFor();
      assert.equal(await page.locator('[data-outcome]').isHidden(), true);
      await runButton(page).click();
      assert.equal(await jobEnd(page), 'failed');
    }));

  test('watches a job and cancels it, which is asked once more', () =>
    onPage(async ({ page, go }) => {
      await go('/processes/echo?f=html&message=hello&pause=50');
      await runButton(page).click();
      const cancel = page.locator('[data-cancel]');
      await cancel.click();
      assert.equal(await cancel.textContent(), 'Yes, cancel');
      await page.getByRole('button', { name: 'Keep running' }).click();
      assert.equal(await cancel.textContent(), 'Cancel');
      await cancel.click();
      await cancel.click();
      assert.equal(await jobEnd(page), 'dismissed');
    }));

  test('finds out why a job failed, and runs it again with changes', () =>
    onPage(async ({ page, go }) => {
      await go('/processes/buffer?f=html&distance=10&distanceField=absent&features=POINT(5%2052)');
      await page.getByRole('button', { name: 'Run in the background' }).click();
      await page.waitForURL(/\/jobs\//);
      assert.equal(await jobEnd(page), 'failed');
      await page.locator('.notice.bad').getByText('absent').first().waitFor();
      assert.equal(await page.locator('#input-distanceField').inputValue(), 'absent');
      await page.locator('#fault-distanceField').waitFor();
      await page.locator('#input-distanceField').fill('');
      // The form stands on the page of the failed job, whose address is one of a job as well.
      const failed = page.url();
      await runButton(page).click();
      await page.waitForURL(({ href }) => /jobs\//.test(href) && href !== failed);
      assert.equal(await jobEnd(page), 'successful');
    }));

  test('gives several files, and gets a job for each', () =>
    onPage(async ({ page, go }) => {
      await go('/processes/centroid?f=html');
      await page.setInputFiles('input[type=file]', [
        geojsonFile(square, 'a.geojson'),
        geojsonFile(square, 'b.geojson'),
      ]);
      await page.getByText('Run starts 2 jobs').waitFor();
      let asked = 0;
      page.on('request', (request) => {
        if (request.method() === 'POST') asked++;
      });
      await runButton(page).click();
      await page.waitForURL(/jobs\?.*processID=centroid/);
      assert.equal(asked, 2);
    }));

  test('shares a link to the form as it is filled in', () =>
    onPage(async ({ page, go }) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await go('/processes/buffer?f=html&features=POINT(5%2052)&distance=12.5&dissolve=true');
      await page.locator('[data-share]').click();
      await page.getByText('Link copied').waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      await go(link);
      assert.equal(await page.locator('#input-distance').inputValue(), '12.5');
      assert.ok(await page.locator('#input-dissolve').isChecked());
      await runButton(page).click();
      assert.equal(await jobEnd(page), 'successful');
    }));

  test('does not run the same thing twice by two clicks', () =>
    onPage(async ({ page, go }) => {
      await go('/processes/echo?f=html&message=twice');
      let asked = 0;
      page.on('request', (request) => {
        if (request.method() === 'POST') asked++;
      });
      await runButton(page).dblclick();
      assert.equal(await jobEnd(page), 'successful');
      assert.equal(asked, 1);
    }));

  test('comes back to what was filled in', () =>
    onPage(async ({ page, go }) => {
      await go('/processes/simplify?f=html');
      await page.locator('#input-tolerance').fill('33');
      await go('/processes?f=html');
      await go('/processes/simplify?f=html');
      assert.equal(await page.locator('#input-tolerance').inputValue(), '33');
    }));
});

describe('without scripts', () => {
  const noScripts = { javaScriptEnabled: false };

  test('the search is a page, and a form leads to its job', () =>
    onPage(async ({ page, go }) => {
      await go('/?f=html');
      await page.getByRole('searchbox').fill('slope');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.locator('a', { hasText: 'Slope' }).first().click();
      await page.waitForURL(/processes\/slope/);
      await go('/processes/buffer?f=html');
      await page.locator('#file-features').setInputFiles(geojsonFile(square));
      await page.locator('#input-distance').fill('5');
      await page.locator('button.check').click();
      // What was sent has come back with the form, what was in the file too.
      await page.getByText('The request is valid. It would run as a job').waitFor();
      await page.locator('form.process-form button.primary').click();
      assert.equal(await jobEnd(page), 'successful');
      assert.ok(await page.locator('.result a.primary').isVisible());
    }, noScripts));

  test('a job is cancelled and deleted, which is asked once more', () =>
    onPage(async ({ page, go }) => {
      await go('/processes/echo?f=html&message=hello&pause=50');
      await page.getByRole('button', { name: 'Run in the background' }).click();
      await page.locator('[data-cancel]').click();
      await page.getByRole('button', { name: 'Cancel the job' }).click();
      assert.equal(await jobEnd(page), 'dismissed');
      await page.locator('[data-remove]').click();
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    }, noScripts));

  test('what is wrong stands at its field', () =>
    onPage(async ({ page, go }) => {
      await go('/processes/buffer?f=html');
      await page.locator('form.process-form button.primary').click();
      await page.locator('#fault-distance').getByText('required').waitFor();
      await page.locator('#fault-features').getByText('required').waitFor();
    }, noScripts));
});
