import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import type { Ports } from '../../core/ports.ts';
import { InvalidRequest } from '../../core/shared/errors.ts';
import { parseJson } from '../../core/shared/json.ts';
import type { ApiResponse } from '../../core/shared/response.ts';
import {
  parseUploadRequest,
  UPLOAD_DAYS,
  UPLOAD_SECONDS,
  uploadHref,
  uploadKey,
} from '../../core/uploads/upload.ts';
import { awsPorts } from '../aws/ports.ts';
import { createHandler } from '../http/handler.ts';
import { mustBeJson } from '../http/request-body.ts';
import { claimUsage } from '../usage/claim-usage.ts';

/**
 * POST /uploads: where to PUT a local file that is too large for an execute request, and the href with which an
 * execute request of the same client then names it. Nothing passes through the API itself.
 */
export async function createUpload(
  request: ApiRequest,
  ports: Pick<Ports, 'storage' | 'clock' | 'usage' | 'jobs' | 'settings'>,
): Promise<ApiResponse> {
  const { storage, clock } = ports;
  mustBeJson(request);
  const upload = parseUploadRequest(parseBody(request));
  const id = clock.newID();
  const now = clock.now().getTime();
  const { owner } = request;
  const { fields: headers } = await claimUsage({ id, owner, kind: 'upload', bytes: upload.size }, ports);
  const url = await storage.presignPut(uploadKey(request.owner, id), upload, UPLOAD_SECONDS);
  const href = uploadHref(request.baseUrl, id);
  return {
    status: 201,
    headers: { ...headers, Location: href },
    resource: {
      href,
      type: upload.mediaType,
      upload: {
        method: 'PUT',
        href: url,
        headers: { 'Content-Type': upload.mediaType },
        expires: new Date(now + UPLOAD_SECONDS * 1000).toISOString(),
      },
      expires: new Date(now + UPLOAD_DAYS * 86_400_000).toISOString(),
    },
  };
}

function parseBody({ body = new Uint8Array() }: ApiRequest): unknown {
  const read = parseJson(body, 'The body');
  if ('value' in read) return read.value;
  throw new InvalidRequest([read], 'The upload request is not valid');
}

export const handler = createHandler(operations.createUpload, createUpload, awsPorts);
