import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { type Asked, curlText, javascriptText, jsonText, pythonText } from '../../web/form/code.ts';
import { startPages } from './support/pages-harness.ts';

const pages = await startPages();
after(() => pages.close());

/** That these texts run where they are said to is proved with the clients themselves, in `test/clients/shown-code.test.ts`. */
it('the code beside a form is the request as it is filled in, and is copied as it is', async () => {
  const page = await pages.open('/processes/filter?f=html');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const point = {
    type: 'Feature',
    properties: { name: "it's" },
    geometry: { type: 'Point', coordinates: [5, 52] },
  };
  await page.getByRole('tab', { name: 'Paste' }).click();
  await page.locator('#input-features').fill(JSON.stringify(point));
  await page.locator('#input-filter').fill("name = 'it''s' AND name <> '\"$HOME\"'");
  await page.locator('#job-title').fill('It’s mine');
  await page.locator('#format-result').selectOption({ label: 'GeoPackage' });
  await page.locator('#input-filter').focus();
  const asked: Asked = {
    baseUrl: pages.service.baseUrl,
    processID: 'filter',
    body: {
      title: 'It’s mine',
      inputs: { features: point, filter: "name = 'it''s' AND name <> '\"$HOME\"'" },
      outputs: { result: { format: { mediaType: 'application/geopackage+sqlite3' } } },
    },
  };
  for (const [language, write] of [
    ['JSON', jsonText],
    ['curl', curlText],
    ['Python', pythonText],
    ['JavaScript', javascriptText],
  ] as const) {
    await page.locator('.code').getByRole('tab', { name: language, exact: true }).click();
    const panel = page.locator('.code [role=tabpanel]:not([hidden])');
    assert.equal(await panel.locator('pre').textContent(), write(asked), language);
    await panel.getByRole('button', { name: 'Copy' }).click();
    await panel.getByText('Copied').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), write(asked), language);
  }
  await page.context().close();
});
