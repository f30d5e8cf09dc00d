import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { findBarriers } from './support/find-barriers.ts';
import { startPages } from './support/pages-harness.ts';

const pages = await startPages();
after(() => pages.close());

const point = { type: 'Feature', properties: { a: 1 }, geometry: { type: 'Point', coordinates: [5, 52] } };

describe('a service that nobody has used yet', () => {
  for (const [path, said, wayOn] of [
    ['/?f=html', 'You have not run anything yet.', 'See the form'],
    ['/jobs?f=html', 'There are no jobs yet.', 'Choose a process'],
    ['/collections?f=html', 'There are none yet', 'run a process'],
  ] as const)
    it(`${path} says so, and where to begin`, async () => {
      const page = await pages.open(path);
      await page.getByText(said).first().waitFor();
      assert.ok((await page.locator('main a', { hasText: wayOn }).count()) > 0);
      assert.deepEqual(await findBarriers(page), []);
      await page.context().close();
    });

  it('a form offers no earlier result, and says that there is none', async () => {
    const page = await pages.open('/processes/centroid?f=html');
    await page.getByRole('tab', { name: 'Earlier result' }).click();
    await page.locator('option', { hasText: 'There are no results yet.' }).waitFor({ state: 'attached' });
    await page.context().close();
  });
});

describe('a result without features', () => {
  it('is a map that stays where the world is, with no rows, and a collection that is empty', async () => {
    const { service } = pages;
    const { json } = await service.execute(
      'filter',
      { inputs: { features: point, filter: 'a > 5' } },
      { Prefer: 'respond-async' },
    );
    await service.ports.workflow.settled();
    const page = await pages.open(`/jobs/${json.jobID}?f=html`);
    await page.locator('result-map').scrollIntoViewIfNeeded();
    await page.locator('result-map.complete').waitFor();
    await page.locator('result-map .layers', { hasText: '0 features' }).waitFor();
    assert.equal(await page.locator('attribute-table .body [role=row]').count(), 0);
    assert.equal(await page.locator('result-chart:not([hidden])').count(), 0);
    await page.context().close();
    const items = await pages.open(`/collections/${json.jobID}.result/items?f=html`);
    await items.getByText('There are no features on this page.').waitFor();
    assert.equal(await items.locator('main table').count(), 0);
    await items.context().close();
  });
});
