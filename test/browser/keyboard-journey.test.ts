import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { tabTo } from './support/keyboard.ts';
import { startPages } from './support/pages-harness.ts';

const pages = await startPages();
after(() => pages.close());

describe('by keys alone', () => {
  it('finds a process, chooses how to give a layer, fills in, runs, sees the result and downloads it', async () => {
    const page = await pages.open('/?f=html');
    const { keyboard } = page;
    await tabTo(page, page.getByRole('searchbox'));
    await keyboard.type('buff');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page.waitForURL(/processes\/buffer/);
    await tabTo(page, page.locator('.source [role=tab][aria-selected=true]'));
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    assert.equal(await page.locator('.source [role=tab]:focus').textContent(), 'Paste');
    await tabTo(page, page.locator('#input-features'));
    await keyboard.type('POINT (5 52)');
    await tabTo(page, page.locator('#input-distance'));
    await page.locator('.said', { hasText: '1 feature' }).waitFor();
    await keyboard.type('100');
    await tabTo(page, page.locator('#job-title'));
    await keyboard.type('By keys');
    await tabTo(page, page.getByRole('button', { name: 'Run', exact: true }));
    await keyboard.press('Enter');
    await page.locator('[data-outcome] [data-status=successful]').waitFor();
    await page.locator('[data-outcome] result-map.complete').waitFor();
    const download = page.waitForEvent('download');
    await tabTo(page, page.locator('.result a.primary'));
    await keyboard.press('Enter');
    const { features } = JSON.parse(readFileSync(await (await download).path(), 'utf8'));
    assert.equal(features.length, 1);
    assert.equal(features[0].geometry.type, 'Polygon');
    await page.context().close();
  });

  it('sees a job run, goes on to cancel it, thinks again, and cancels it', async () => {
    const page = await pages.open('/processes/echo?f=html&message=hello&pause=50');
    const { keyboard } = page;
    await tabTo(page, page.getByRole('button', { name: 'Run', exact: true }));
    await keyboard.press('Enter');
    const cancel = page.locator('[data-outcome] [data-cancel]');
    await cancel.waitFor();
    await page.locator('[data-outcome] .status.running').waitFor();
    await tabTo(page, cancel);
    await keyboard.press('Enter');
    assert.equal(await cancel.textContent(), 'Yes, cancel');
    await tabTo(page, page.getByRole('button', { name: 'Keep running' }));
    await keyboard.press('Enter');
    // The focus is back where it was asked from.
    assert.ok(await cancel.evaluate((button) => button === document.activeElement));
    await keyboard.press('Enter');
    await keyboard.press('Enter');
    await page.locator('[data-outcome] [data-status=dismissed]').waitFor();
    await tabTo(page, page.getByRole('link', { name: 'Open job page' }));
    await keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Echo' }).waitFor();
    await page.context().close();
  });

  it('goes past the head of a page to what it is about', async () => {
    const page = await pages.open('/jobs?f=html');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.match(page.url(), /#content$/);
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement?.closest('main') !== null));
    await page.context().close();
  });
});
