import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { fixtureUrl, waitForCallbacks } from './support/fixtures.ts';

const { execute, get, start, waitFor } = serviceFromEnvironment();
const inputs = { message: 'a', numbers: [1, 2] };
const callback = (name: string, query = '') => `${fixtureUrl}/callbacks/${name}${query && `?${query}`}`;

/** The status of a job once its subscriber was told, or the attempts are over. */
async function notified(
  jobID: string,
  event: string,
  isThere: (notification: { delivered: boolean; sending?: boolean }) => boolean,
) {
  for (let attempt = 0; attempt < 300; attempt++) {
    const { json } = await get(`/jobs/${jobID}`);
    const notification = json.notifications?.[event];
    if (notification && isThere(notification)) return json;
    await sleep(200);
  }
  assert.fail(`nothing is known of ${event}`);
}

describe('/req/callback/job-callback', { concurrency: true }, () => {
  test('the status goes to inProgressUri and the results to successUri, once each and signed', async () => {
    const [success, progress] = [randomUUID(), randomUUID()];
    const subscriber = { successUri: callback(success), inProgressUri: callback(progress) };
    const jobID = await start('echo', { inputs, subscriber });
    const job = await notified(jobID, 'successUri', ({ delivered }) => delivered);
    assert.equal(job.status, 'successful');
    assert.equal(job.notifications.inProgressUri.delivered, true);
    const [told] = await waitForCallbacks(success);
    assert.deepEqual(JSON.parse(told!.body), { ...inputs, pause: 0 });
    assert.match(String(told!.headers['content-type']), /^application\/json/);
    assert.match(String(told!.headers['signature']), /^t=\d+,v1=[0-9a-f]{64}$/);
    assert.equal(JSON.parse((await waitForCallbacks(progress))[0]!.body).status, 'running');
    await sleep(1000);
    assert.deepEqual(
      [(await waitForCallbacks(success)).length, (await waitForCallbacks(progress)).length],
      [1, 1],
    );
  });

  test('a failed job tells failedUri why', async () => {
    const name = randomUUID();
    const failing = {
      inputs: { message: { href: `${fixtureUrl}/status/404` } },
      subscriber: { failedUri: callback(name) },
    };
    const jobID = await start('echo', failing);
    assert.equal((await waitFor(jobID, ['failed', 'successful'])).status, 'failed');
    const [told] = await waitForCallbacks(name);
    const body = JSON.parse(told!.body);
    assert.deepEqual([body.status, body.exception.status], ['failed', 400]);
  });

  test('a subscriber that fails is told again', async () => {
    const name = randomUUID();
    const jobID = await start('echo', { inputs, subscriber: { successUri: callback(name, 'failures=1') } });
    const job = await notified(jobID, 'successUri', ({ delivered }) => delivered);
    assert.equal(job.status, 'successful');
    assert.equal((await waitForCallbacks(name, 2)).length, 2);
  });

  test('a subscriber that fails, or cannot be found, changes nothing about the job', async () => {
    for (const successUri of [callback(randomUUID(), 'status=500'), 'http://subscriber.invalid/hook']) {
      const jobID = await start('echo', { inputs, subscriber: { successUri } });
      const job = await notified(jobID, 'successUri', ({ delivered, sending }) => !delivered && !sending);
      assert.equal(job.status, 'successful', successUri);
      assert.match(job.notifications.successUri.detail, /\w/);
      assert.equal((await get(`/jobs/${jobID}/results`)).status, 200);
    }
  });

  test('a subscriber at an address that is not public is refused', async () => {
    for (const successUri of ['http://10.0.0.1/hook', 'http://169.254.169.254/']) {
      const { status, json } = await execute(
        'echo',
        { inputs, subscriber: { successUri } },
        { Prefer: 'respond-async' },
      );
      assert.equal(status, 400, successUri);
      assert.equal(json.errors[0].pointer, '/subscriber/successUri');
    }
  });
});
