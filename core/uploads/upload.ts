import { createHash } from 'node:crypto';
import { type Fault, InvalidRequest, LimitExceeded } from '../shared/errors.ts';
import { quote } from '../shared/quote.ts';

/** A file that a client is about to send, to name it as an input afterwards. */
export interface UploadRequest {
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
}

/** What one PUT to S3 takes at most. */
const MAXIMUM_UPLOAD_BYTES = 5 * 1024 ** 3;

/** Seconds in which the upload must have been sent. */
export const UPLOAD_SECONDS = 3600;

/** Days that an upload is kept. */
export const UPLOAD_DAYS = 1;

/**
 * Key of an upload in the bucket. The owner is part of it, so that nobody reaches the uploads of others: there is no
 * record of who owns what that could be wrong.
 */
export const uploadKey = (owner: string, id: string): string =>
  `uploads/${createHash('sha256').update(owner).digest('hex').slice(0, 32)}/${id}`;

/** Address of an upload below the service, for use as `href` of an input. */
export const uploadHref = (baseUrl: string, id: string): string => `${baseUrl}/uploads/${id}`;

/** Id of the upload that an `href` names, or undefined where it leads elsewhere. */
export function uploadIn(href: string, baseUrl: string): string | undefined {
  const start = `${baseUrl}/uploads/`;
  const id = href.startsWith(start) ? href.slice(start.length) : '';
  return /^[0-9a-f-]{36}$/.test(id) ? id : undefined;
}

/** It is signed with the address and sent as a header, of which a store takes 8 kB. */
const LONGEST_MEDIA_TYPE = 200;
/** With parameters whose values are tokens or strings in quotation marks (RFC 9110, 8.3.1 and 5.6). */
const MEDIA_TYPE =
  /^[\w.+-]+\/[\w.+-]+( *; *[\w-]+=([\w!#$%&'*+.^`|~-]+|"([\x20\x21\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])*"))*$/;

/** Reads the body of `POST /uploads`. @throws InvalidRequest with every fault, LimitExceeded */
export function parseUploadRequest(body: unknown): UploadRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    const detail = 'The body must be a JSON object: {"mediaType": "application/flatgeobuf", "size": 123456}.';
    throw new InvalidRequest([{ pointer: '', detail }], TITLE);
  }
  const { mediaType, size } = body as Readonly<Record<string, unknown>>;
  const faults: Fault[] = [];
  if (typeof mediaType !== 'string' || mediaType.length > LONGEST_MEDIA_TYPE || !MEDIA_TYPE.test(mediaType)) {
    const detail = `must be a media type of up to ${LONGEST_MEDIA_TYPE} characters such as "application/flatgeobuf", but is ${quote(mediaType)}.`;
    faults.push({ pointer: '/mediaType', detail });
  }
  if (!Number.isSafeInteger(size) || (size as number) < 1) {
    const detail = `must be the size of the file in bytes, at least 1, but is ${quote(size)}.`;
    faults.push({ pointer: '/size', detail });
  }
  if (faults.length > 0) throw new InvalidRequest(faults, TITLE);
  if ((size as number) > MAXIMUM_UPLOAD_BYTES) {
    const detail = `The file has ${size} bytes; an upload may have up to ${MAXIMUM_UPLOAD_BYTES}. Give larger files by reference.`;
    throw new LimitExceeded('/size', detail);
  }
  return { mediaType: mediaType as string, size: size as number };
}

const TITLE = 'The upload request is not valid';
