import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { runToConvert } from '../support/converted-results.ts';
import { assertFormat } from '../support/format-signs.ts';
import { startPages } from './support/pages-harness.ts';

const pages = await startPages();
after(() => pages.close());
const { service } = pages;

describe('a result is downloaded in another format, converted by the service:', () => {
  for (const [kind, title] of [
    ['a layer', 'GeoPackage'],
    ['a raster', 'PNG'],
  ] as const)
    it(`${kind} as ${title}`, async () => {
      const path = await runToConvert(service, kind);
      const page = await pages.open(path);
      await page.locator('form.convert select').selectOption({ label: title });
      await page.getByRole('button', { name: 'Convert' }).click();
      await page.waitForURL((url) => url.pathname.includes('/jobs/') && !url.href.endsWith(path));
      await page.locator('[data-status=successful]').waitFor();
      const download = page.waitForEvent('download');
      await page.locator('.result a.primary').click();
      assertFormat(title, readFileSync(await (await download).path()));
      await page.context().close();
    });
});
