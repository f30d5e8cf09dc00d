import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import { UnknownPath } from '../../core/shared/errors.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import { encodingWanted } from '../assets/encoding.ts';
import { type ReadAsset, readAsset } from '../assets/read-asset.ts';
import { pagePolicy } from '../html/policy.ts';
import { createHandler } from '../http/handler.ts';

/** A name changes with the content, so that what has been fetched once is never asked for again (RFC 8246). */
const FOREVER = 'public, max-age=31536000, immutable';

/** GET /assets/{file}: style sheets, scripts and pictures of the pages; nothing but what the manifest names. */
export async function getAsset(
  request: ApiRequest,
  { read = readAsset }: { readonly read?: ReadAsset } = {},
): Promise<ApiResponse> {
  const asset = await read(request.pathParameters['file'] ?? '', encodingWanted(request));
  if (!asset) throw new UnknownPath(request.path);
  return {
    status: 200,
    headers: {
      'Content-Type': asset.mediaType,
      'Cache-Control': FOREVER,
      // A worker is under the policy of its own script, not of the page that has started it.
      'Content-Security-Policy': pagePolicy(request.baseUrl),
      ...(asset.encoding ? { 'Content-Encoding': asset.encoding } : {}),
    },
    body: asset.bytes,
  };
}

export const handler = createHandler(operations.getAsset, getAsset, () => ({}));
