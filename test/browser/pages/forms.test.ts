import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { processes } from '../../../processes/index.ts';
import { jobEnd, onPage, runButton } from './support/browser.ts';

/** A new process is among them without a line written for it. */
describe('the form of each process, filled in with its example', { concurrency: 4 }, () => {
  for (const { id } of processes) {
    test(`${id} runs and shows what came of it`, () =>
      onPage(async ({ page, go }) => {
        await go(`/processes/${id}?f=html&example=1`);
        await runButton(page).click();
        assert.equal(await jobEnd(page), 'successful');
        assert.ok((await page.locator('.result').count()) > 0);
        assert.equal(await page.locator('.fault').count(), 0);
      }));
  }
});
