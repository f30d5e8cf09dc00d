import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { startPages } from './support/pages-harness.ts';

const pages = await startPages();
after(() => pages.close());

describe('an example of the start page', async () => {
  const { text } = await pages.service.get('/?f=html');
  const titles = [...text.matchAll(/<li class="tile try"><h3>([^<]+)/g)].map(([, title = '']) => title);
  it('is one of three', () => assert.equal(titles.length, 3));

  for (const title of titles)
    it(`"${title}" is run by one press, which ends on a map of what came of it`, async () => {
      const page = await pages.open('/?f=html');
      const tile = page.locator('.tile.try', {
        has: page.getByRole('heading', { name: title, exact: true }),
      });
      await tile.getByRole('button', { name: 'Run it' }).click();
      await page.waitForURL(/\/jobs\/[^/?]+\?f=html/);
      await page.locator('[data-status=successful]').waitFor();
      await page.locator('result-map.complete').waitFor();
      assert.equal(await page.locator('result-map .messages .failed').count(), 0);
      assert.match(
        (await page.locator('result-map .layers li').first().textContent()) ?? '',
        /[1-9]\d* features/,
      );
      const rows = page.locator('attribute-table [role=row][aria-selected]');
      assert.ok((await rows.count()) > 0);
      await page.context().close();
    });
});
