import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { root } from './lib/paths.ts';
import { main, Problem } from './lib/progress.ts';

/** `BASE_URL=... node scripts/screenshots.ts`: pictures of the main pages of a running service, for the documentation. */
const { BASE_URL, CHROMIUM = '/usr/bin/chromium' } = process.env;

const pictures: Readonly<Record<string, (page: Page, base: string) => Promise<void>>> = {
  start: async (page, base) => {
    await page.goto(`${base}/?f=html`);
  },
  form: async (page, base) => {
    await page.goto(`${base}/processes/buffer?f=html&example=2`);
    await page.locator('layer-preview canvas').first().waitFor();
  },
  job: async (page, base) => {
    await page.goto(`${base}/processes/contour?f=html&example=1`);
    await page.locator('form.process-form button.primary').click();
    // What came of it stands beside the form.
    await page.locator('[data-outcome] result-map.complete').waitFor({ timeout: 60_000 });
    await page.evaluate('scrollTo(0, 0)');
  },
};

await main(async () => {
  if (!BASE_URL) throw new Problem('BASE_URL is not set: set it to the URL of a running service');
  const directory = join(root, 'docs', 'images');
  mkdirSync(directory, { recursive: true });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    for (const [name, show] of Object.entries(pictures)) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
      await show(page, BASE_URL.replace(/\/$/, ''));
      await page.waitForTimeout(1500);
      await page.screenshot({ path: join(directory, `${name}.png`) });
      console.log(`Wrote docs/images/${name}.png`);
    }
  } finally {
    await browser.close();
  }
  return 0;
});
