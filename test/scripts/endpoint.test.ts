import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { findEndpoint, findLocalStack } from '../../scripts/lib/endpoint.ts';
import { Problem } from '../../scripts/lib/progress.ts';

/** Runs an action while a server answers these paths, and all others with 404. */
async function whileAnswering(
  paths: Readonly<Record<string, string>>,
  action: (url: string) => Promise<void>,
): Promise<void> {
  const server = createServer((request, response) => {
    const body = paths[request.url ?? ''];
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await action(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const localStack = { '/_localstack/health': '{"services":{},"version":"4.14.0"}' };
const miniStack = { '/_ministack/health': '{}', '/_localstack/health': '{}' };

describe('what answers in the place of AWS', () => {
  test('LocalStack, with its version', async () => {
    await whileAnswering(localStack, async (url) => {
      const expected = { url, kind: 'LocalStack', name: 'LocalStack 4.14.0' };
      assert.deepEqual(await findEndpoint(`${url}//`), expected);
      assert.deepEqual(await findLocalStack(url), expected);
    });
  });

  test('LocalStack of a form that nobody knows yet', async () => {
    await whileAnswering({ '/_localstack/health': 'fine' }, async (url) => {
      assert.equal((await findEndpoint(url)).name, 'LocalStack');
    });
  });

  test('MiniStack, which answers at the address of LocalStack as well', async () => {
    await whileAnswering(miniStack, async (url) => {
      assert.equal((await findEndpoint(url)).kind, 'MiniStack');
      await assert.rejects(findLocalStack(url), /there is MiniStack/);
    });
  });

  test('something that does not say what it is', async () => {
    await whileAnswering({}, async (url) => {
      assert.equal((await findEndpoint(url)).kind, 'unknown');
    });
  });

  test('nothing: the reader is told what to do', async () => {
    let gone = '';
    await whileAnswering({}, async (url) => {
      gone = url;
    });
    const isProblem = (error: unknown) =>
      error instanceof Problem && /unset AWS_ENDPOINT_URL/.test(error.message);
    await assert.rejects(findEndpoint(gone), isProblem);
    await assert.rejects(findLocalStack(gone), isProblem);
  });

  test('what is no URL is refused', async () => {
    for (const address of ['127.0.0.1:4566', 'ftp://127.0.0.1', ''])
      await assert.rejects(findEndpoint(address), /use a URL/, address);
  });
});
