import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { operationList } from '../../../core/api/operations.ts';
import { pageFiles } from '../../../functions/html/page-files.ts';
import { html } from '../../../functions/html/parts/markup.ts';
import { memoryService } from '../../support/memory-service.ts';

const { get, ports, execute } = memoryService();
const base = 'https://example.org/v1';

describe('what a page loads', () => {
  test('the style sheet, and each module that an element names once, under the base path', () => {
    const content = html`<pre data-module="copy">a</pre><pre data-module="copy map">b</pre>`;
    assert.deepEqual(pageFiles(content, base).text.trim().split('\n'), [
      `<link rel="stylesheet" href="${base}/assets/style.css">`,
      `<script type="module" src="${base}/assets/copy.js"></script>`,
      `<script type="module" src="${base}/assets/map.js"></script>`,
    ]);
  });

  test('nothing that a client has written', () => {
    const content = html`<p>${' data-module="evil"'}</p><p title="${' data-module="evil"'}"></p>`;
    assert.doesNotMatch(pageFiles(content, base).text, /evil/);
  });
});

describe('every page', async () => {
  const { json } = await execute('echo', { inputs: { message: 'x' } }, { Prefer: 'respond-async' });
  await ports.workflow.settled();
  const paths = operationList
    .filter(({ method, representations }) => method === 'GET' && representations.includes('html' as never))
    .map(({ path }) =>
      path
        .replace('{processID}', 'buffer')
        .replace('{jobID}', json.jobID)
        .replace(/\{\w+\}/, 'none'),
    );
  for (const path of paths) {
    test(`${path} has nothing inline, and a policy that allows nothing so`, async () => {
      const { text, headers } = await get(`${path}?f=html`, { Accept: 'text/html' });
      assert.match(headers.get('content-type') ?? '', /text\/html/);
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /^default-src 'none'; script-src 'self' https:\/\/example.org/);
      assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval(?!')|\*/);
      assert.doesNotMatch(text, /<style|<script(?![^>]* src=)| style=| on\w+=/i);
    });
  }
});
