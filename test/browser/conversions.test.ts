import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { elevation } from '../../processes/common/raster-examples.ts';
import { assertFormat } from '../support/format-signs.ts';
import { startPages } from './support/pages-harness.ts';

const pages = await startPages();
after(() => pages.close());
const { service } = pages;

const features = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      id: 1,
      properties: { name: 'Dom' },
      geometry: { type: 'Point', coordinates: [5.1214, 52.0907] },
    },
  ],
};

async function jobOf(processID: string, inputs: object): Promise<string> {
  const { json } = await service.execute(processID, { inputs }, { Prefer: 'respond-async' });
  await service.ports.workflow.settled();
  return `/jobs/${json.jobID}?f=html`;
}

describe('a result is downloaded in another format, converted by the service:', () => {
  for (const [kind, title, processID, inputs] of [
    ['a layer', 'GeoPackage', 'filter', { features, filter: 'true' }],
    ['a raster', 'PNG', 'slope', { raster: elevation }],
  ] as const)
    it(`${kind} as ${title}`, async () => {
      const path = await jobOf(processID, inputs);
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
