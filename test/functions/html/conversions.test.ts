import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runToConvert } from '../../support/converted-results.ts';
import { assertFormat } from '../../support/format-signs.ts';
import { memoryService } from '../../support/memory-service.ts';

const service = memoryService();

/** The form with which a page asks for another format: where it goes, what it sends, and what can be chosen. */
function readForm(page: string) {
  const [form = '', action = ''] =
    /<form class="convert" method="post" action="([^"]*)">.*?<\/form>/s.exec(page) ?? [];
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  const options = [...form.matchAll(/<option value="([^"]*)">([^<]*)/g)];
  return {
    action,
    fields: hidden.map(([, name = '', value = '']): [string, string] => [name, value]),
    formats: new Map(options.map(([, mediaType = '', title = '']) => [title, mediaType])),
  };
}

describe('a result is had in each format that its page offers, converted by the service:', async () => {
  for (const [kind, least] of [
    ['a layer', 12],
    ['a raster', 3],
  ] as const) {
    const page = await service.get(await runToConvert(service, kind));
    const { action, fields, formats } = readForm(page.text);
    it(`${kind} is offered in others`, () => assert.ok(formats.size >= least, [...formats.keys()].join()));

    for (const [title, mediaType] of formats)
      it(`${kind} as ${title}`, async () => {
        const sent = new URLSearchParams([...fields, ['result[mediaType]', mediaType]]);
        const { status, headers, text } = await service.call(action, {
          method: 'POST',
          headers: {
            Accept: 'text/html',
            Origin: new URL(service.baseUrl).origin,
            'Content-Type': 'application/x-www-form-urlencoded',
          },
          body: sent.toString(),
        });
        assert.equal(status, 303, text);
        await service.ports.workflow.settled();
        const job = await service.get(headers.get('location') ?? '');
        const [, href = ''] = /<a class="button primary" href="([^"]*)" download>/.exec(job.text) ?? [];
        const file = await service.get(href);
        assert.equal(file.status, 200);
        assertFormat(title, file.bytes);
      });
  }
});
