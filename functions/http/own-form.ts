import type { ApiRequest } from '../../core/api/http.ts';
import type { FormEntries } from '../../core/forms/form-entries.ts';
import { InvalidRequest } from '../../core/shared/errors.ts';
import { parseEssence } from '../../core/shared/media-type.ts';

const forms = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/**
 * Whether the body is a form that a page of this service has sent. Pages of others send forms without being asked, in the
 * name of whoever looks at them: browsers say where a request comes from (Fetch, Sec-Fetch-Site; older ones by Origin), and
 * what does not say so is no form of ours.
 */
export function isOwnForm({ headers, baseUrl }: ApiRequest): boolean {
  if (!forms.includes(parseEssence(headers['content-type'] ?? ''))) return false;
  const site = headers['sec-fetch-site'];
  return site === undefined ? headers['origin'] === new URL(baseUrl).origin : site === 'same-origin';
}

/** Entries of a form in either encoding. @throws InvalidRequest where the body is none */
export async function readEntries({ body, headers }: ApiRequest): Promise<FormEntries> {
  const type = headers['content-type'] ?? '';
  try {
    const response = new Response(body as Uint8Array<ArrayBuffer>, { headers: { 'Content-Type': type } });
    const data = await response.formData();
    return await Promise.all(
      [...data].map(async ([name, value]) =>
        typeof value === 'string'
          ? ([name, value.replaceAll('\r\n', '\n')] as const)
          : ([
              name,
              { name: value.name, mediaType: value.type, bytes: new Uint8Array(await value.arrayBuffer()) },
            ] as const),
      ),
    );
  } catch (error) {
    throw new InvalidRequest([
      { pointer: '', detail: `The body is not a valid form: ${(error as Error).message}.` },
    ]);
  }
}
