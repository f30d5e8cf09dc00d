import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import type { Provider } from '../../../core/api/provider.ts';
import { VERSION } from '../../../core/api/version.ts';
import { Env } from '../../../core/shared/env.ts';
import { definitionAt, type OpenapiVersion } from '../../../functions/openapi/definition.ts';
import { memoryService } from '../../support/memory-service.ts';

const { get } = memoryService();

/** Who offers the service, in all that is said of it. @param base of a definition of its own: they are kept */
async function told(provider: Provider | undefined, base: string) {
  if (provider) process.env[Env.Provider] = JSON.stringify(provider);
  const { json } = await get('/');
  const { text } = await get('/', { Accept: 'text/html' });
  const contacts = (['3.0', '3.1'] satisfies OpenapiVersion[]).map(
    (version) => JSON.parse(definitionAt(`https://${base}.example`, version, { mode: 'none' })).info.contact,
  );
  const about = /<h2>About<\/h2><dl>(.*)<\/dl>/.exec(text)?.[1];
  return { attribution: json.attribution, about, contacts };
}

const version = `<dt>Version</dt><dd>${VERSION}</dd>`;

describe('who offers the service', () => {
  afterEach(() => {
    delete process.env[Env.Provider];
  });

  test('is on the landing page, its attribution (2.0) and the contact of the definition', async () => {
    const provider = { name: 'Maps & Co', url: 'https://maps.example.org/', email: 'maps@example.org' };
    assert.deepEqual(await told(provider, 'all'), {
      attribution: '<a href="https://maps.example.org/">Maps &amp; Co</a>',
      about: `<dt>Provider</dt><dd><a href="https://maps.example.org/">Maps &amp; Co</a></dd><dt>Contact</dt><dd><a href="mailto:maps@example.org">maps@example.org</a></dd>${version}`,
      contacts: [provider, provider],
    });
  });

  test('may be a name or an address alone', async () => {
    assert.deepEqual(await told({ name: 'Maps' }, 'name'), {
      attribution: 'Maps',
      about: `<dt>Provider</dt><dd>Maps</dd>${version}`,
      contacts: [{ name: 'Maps' }, { name: 'Maps' }],
    });
    const { attribution, about } = await told({ email: 'maps@example.org' }, 'email');
    assert.equal(attribution, undefined);
    assert.match(about ?? '', /^<dt>Contact<\/dt>/);
  });

  test('is nowhere where the operator does not say it: the version is all that there is', async () => {
    assert.deepEqual(await told(undefined, 'nobody'), {
      attribution: undefined,
      about: version,
      contacts: [undefined, undefined],
    });
  });
});
