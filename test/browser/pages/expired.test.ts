import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { deployedTable } from '../../integration/support/tables.ts';
import { serviceFromEnvironment } from '../../support/service-client.ts';
import { jobEnd, onPage, runButton } from './support/browser.ts';

const { start, waitFor, baseUrl } = serviceFromEnvironment();
const client = new DynamoDBClient({});
const documents = DynamoDBDocumentClient.from(client);
after(() => client.destroy());
const TableName = await deployedTable(client);

/** Lets the retention of a job end now. */
const expire = (jobID: string) =>
  documents.send(
    new UpdateCommand({
      TableName,
      Key: { jobID },
      UpdateExpression: 'SET expires = :past',
      ExpressionAttributeValues: { ':past': Math.floor(Date.now() / 1000) - 1 },
    }),
  );

const point = { type: 'Point', coordinates: [5, 52] };

async function expiredJob(): Promise<string> {
  const jobID = await start('buffer', { inputs: { features: point, distance: 100 } });
  await waitFor(jobID, ['successful']);
  await expire(jobID);
  return jobID;
}

describe('a job whose retention has ended', () => {
  test('is gone from its page, its results and the list, and each page says what to do', () =>
    onPage(async ({ page, go }) => {
      const jobID = await expiredJob();
      for (const path of [`/jobs/${jobID}?f=html`, `/jobs/${jobID}/results`, `/jobs/${jobID}/logs?f=html`]) {
        await go(path);
        await page.locator('.notice.bad').waitFor();
        assert.match((await page.locator('main').textContent()) ?? '', /retention|kept|expired/, path);
        assert.ok(await page.getByRole('link', { name: 'All jobs' }).isVisible());
      }
      await go('/jobs?f=html&processID=buffer');
      assert.equal(await page.locator(`a[href*="${jobID}"]`).count(), 0);
    }));

  test('is said to be gone beside the form that ran it, and the form runs again', () =>
    onPage(async ({ page, go }) => {
      const jobID = await expiredJob();
      await go(`/processes/buffer?f=html&features=POINT(5%2052)&distance=7#job=${jobID}`);
      await page.locator('[data-outcome]').getByText('may have been deleted, or have expired').waitFor();
      await runButton(page).click();
      assert.equal(await jobEnd(page), 'successful');
    }));

  test('is said to be gone while somebody watches it', () =>
    onPage(async ({ page, go }) => {
      const jobID = await start('echo', { inputs: { message: 'a', pause: 40 } });
      await go(`/jobs/${jobID}?f=html`);
      await page.locator('[data-cancel]').waitFor();
      await expire(jobID);
      await page.locator('body.problem .notice.bad').waitFor();
    }));

  test('is refused as an input, at its field, and that is said once', () =>
    onPage(async ({ page, go }) => {
      const href = `${baseUrl}/jobs/${await expiredJob()}/results/result`;
      await go(`/processes/centroid?f=html&features%5Bhref%5D=${encodeURIComponent(href)}`);
      await page.locator('.said .fault').getByText('has expired').waitFor();
      await page.locator('button.check').click();
      await page.locator('#field-features.wrong').waitFor();
      assert.equal(await page.locator('#field-features').getByText('has expired').count(), 1);
      await page.locator('#field-features [aria-describedby~="said-features"]').waitFor();
    }));
});
