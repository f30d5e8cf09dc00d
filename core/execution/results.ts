import type { JobRequest } from '../jobs/job.ts';
import { contentDisposition } from '../shared/content-disposition.ts';
import { NotAcceptable, ResultNotAvailable } from '../shared/errors.ts';
import { parseExact } from '../shared/exact-json.ts';
import { findExtension } from '../shared/formats.ts';
import { linkHeader } from '../shared/link.ts';
import { isJson } from '../shared/media-type.ts';
import { negotiate } from '../shared/negotiate.ts';
import { requirePresent } from '../shared/require-present.ts';
import type { ApiResponse } from '../shared/response.ts';
import { MediaType, Profile, Rel } from '../shared/uris.ts';
import { entryBytes, type ResultEntry } from './manifest.ts';
import { multipart, type Part } from './multipart.ts';
import type { Preferences } from './preferences.ts';

/** What shapes the answer besides the results themselves. */
export interface Presentation {
  readonly request: JobRequest;
  readonly accept: string | undefined;
  readonly preferences: Preferences;
  /** True when the client asked for the profile `ogc-results`: a map however many outputs there are. */
  readonly profiled: boolean;
  /** False for synchronous executions, whose empty answer is 204 and not an error. */
  readonly ofJob: boolean;
  /** URL at which a client gets an output's bare representation. */
  readonly refer: (entry: ResultEntry) => Promise<string>;
  /** URL of the object behind a large result, for redirects. */
  readonly redirect: (entry: ResultEntry) => Promise<string>;
  /** Bytes of a result that is kept in the bucket. */
  readonly load: (entry: ResultEntry) => Promise<Uint8Array>;
  /** Bytes that a response may carry. */
  readonly inlineBytes: number;
}

/**
 * Answers with the results as both versions' tables ask: bare values, a map, multipart/related, links only, or
 * nothing. The dialect of the execute request decides, also when a job's results are fetched later.
 *
 * @throws ResultNotAvailable
 */
export async function respondWithResults(
  entries: readonly ResultEntry[],
  presentation: Presentation,
): Promise<ApiResponse> {
  const { request, ofJob } = presentation;
  if (entries.length === 0) {
    if (!ofJob) return { status: 204 };
    throw new ResultNotAvailable(
      'No outputs were requested, or the process produced none of those requested.',
    );
  }
  return request.dialect === '1.0' ? version1(entries, presentation) : version2(entries, presentation);
}

/** /req/core/process-execute-sync-raw-* and -document of 1.0, and their twins for jobs. */
async function version1(entries: readonly ResultEntry[], presentation: Presentation): Promise<ApiResponse> {
  if (presentation.request.response === 'document') return map(entries, presentation);
  const byReference = entries.filter((entry) => isByReference(entry, presentation));
  if (byReference.length === entries.length) {
    return {
      status: 204,
      headers: { Link: await Promise.all(entries.map((entry) => linkTo(entry, presentation))) },
    };
  }
  if (presentation.request.outputs.length === 1)
    return single(requirePresent(entries[0], 'The result'), presentation);
  // A job links to its results as JSON; the one who waits gets them as version 1.0 has it.
  return presentation.ofJob && takesOnlyJson([MediaType.multipartRelated], presentation)
    ? map(entries, presentation)
    : packaged(entries, presentation);
}

/** /req/core/process-execute-sync-one, -sync-many-json and their permissions of 2.0. */
async function version2(entries: readonly ResultEntry[], presentation: Presentation): Promise<ApiResponse> {
  const isSingle = presentation.request.outputs.length === 1;
  if (isSingle && !presentation.profiled)
    return single(requirePresent(entries[0], 'The result'), presentation);
  const offered = [MediaType.json, MediaType.multipartRelated];
  const chosen = presentation.profiled ? MediaType.json : negotiate(presentation.accept, offered);
  if (!chosen) throw new NotAcceptable(offered);
  if (chosen === MediaType.multipartRelated) return packaged(entries, presentation);
  return profiledMap(entries, presentation);
}

async function profiledMap(
  entries: readonly ResultEntry[],
  presentation: Presentation,
): Promise<ApiResponse> {
  const answer = await map(entries, presentation);
  return {
    ...answer,
    headers: { ...answer.headers, Link: linkHeader({ href: Profile.results, rel: Rel.profile }) },
  };
}

/** The only output: as it is, or in a map for who takes only JSON, which is what links to results announce. */
function single(entry: ResultEntry, presentation: Presentation): Promise<ApiResponse> {
  return takesOnlyJson(listRepresentations(entry, presentation), presentation)
    ? profiledMap([entry], presentation)
    : bare(entry, presentation);
}

/** Whether the client takes JSON, but nothing that the answer would be otherwise. */
const takesOnlyJson = (otherwise: readonly string[], { accept }: Presentation): boolean =>
  !negotiate(accept, otherwise) && negotiate(accept, [MediaType.json]) !== undefined;

/**
 * One output as it is, in the best media type that the client accepts; a redirect where it is large.
 *
 * @throws NotAcceptable
 */
export async function bare(entry: ResultEntry, presentation: Presentation): Promise<ApiResponse> {
  const offered = listRepresentations(entry, presentation);
  const mediaType = negotiate(presentation.accept, offered);
  if (!mediaType) throw new NotAcceptable(offered);
  if (entry.size > presentation.inlineBytes) {
    return { status: 303, headers: { Location: await presentation.redirect(entry) } };
  }
  const bytes = await bytesFrom(entry, presentation);
  const asText = mediaType === MediaType.text && entry.encoding === 'json';
  const body = asText ? new TextEncoder().encode(scalarToText(bytes)) : bytes;
  const fileName = resultFileName(
    presentation.request.processID,
    entry.id,
    asText ? mediaType : entry.mediaType,
  );
  return {
    status: 200,
    headers: {
      'Content-Type': withCharset(mediaType),
      'Content-Disposition': contentDisposition(fileName, 'inline'),
    },
    body,
  };
}

/** Name under which a result is saved: the process, the output and what the format's files are called. */
export const resultFileName = (processID: string, outputID: string, mediaType: string): string =>
  `${processID}-${outputID}${findExtension(mediaType)}`;

/** Media types in which a kept result can be sent without computing anything, the one that the request names first. */
function listRepresentations(
  { id, mediaType, encoding, content }: ResultEntry,
  { request }: Presentation,
): string[] {
  const scalar = encoding === 'json' && content !== undefined && typeof content !== 'object';
  const isNamed = request.outputs.some((output) => output.id === id && output.asJson);
  const asJson = isJson(mediaType) && mediaType !== MediaType.json ? [MediaType.json] : [];
  return [
    ...(isNamed ? [...asJson, mediaType] : [mediaType, ...asJson]),
    ...(scalar ? [MediaType.text] : []),
  ];
}

const withCharset = (mediaType: string): string =>
  mediaType.startsWith('text/') && !mediaType.includes('charset') ? `${mediaType}; charset=utf-8` : mediaType;

/** A JSON scalar as plain text: strings without their quotes. */
function scalarToText(bytes: Uint8Array): string {
  const value: unknown = parseExact(new TextDecoder().decode(bytes), true);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The results map (2.0 profile `ogc-results`, 1.0 `response: document`). */
async function map(entries: readonly ResultEntry[], presentation: Presentation): Promise<ApiResponse> {
  let left = presentation.inlineBytes;
  let isWhole = true;
  const members: [string, unknown][] = [];
  for (const entry of entries) {
    const value = isLinked(entry, left, presentation) ? undefined : await member(entry, presentation);
    // JSON doubles quotes and line breaks of text: what was read may be too long after all.
    const cost = value === undefined ? Number.POSITIVE_INFINITY : Buffer.byteLength(JSON.stringify(value));
    const isLink = cost > left;
    if (!isLink) left -= cost;
    isWhole &&= !isLink;
    members.push([entry.id, isLink ? await reference(entry, presentation) : value]);
  }
  const applied = appliedReturn(isWhole, presentation);
  return {
    status: 200,
    headers: {
      'Content-Disposition': contentDisposition(`${presentation.request.processID}-results.json`, 'inline'),
      ...(applied ? { 'Preference-Applied': `return=${applied}` } : {}),
    },
    resource: Object.fromEntries(members),
  };
}

/** Whether an output is a link in the map, for which nothing needs to be read. */
const isLinked = (entry: ResultEntry, left: number, presentation: Presentation): boolean =>
  entry.size > left || isByReference(entry, presentation) || isSpared(entry, presentation);

/** The preference `return` if the map is as it says: what is too large to be inline is a link in spite of it. */
function appliedReturn(isWhole: boolean, { request, preferences }: Presentation) {
  if (request.dialect === '1.0') return undefined;
  return preferences.return === 'representation' && !isWhole ? undefined : preferences.return;
}

const isByReference = ({ id }: ResultEntry, { request }: Presentation): boolean =>
  request.outputs.some((output) => output.id === id && output.transmissionMode === 'reference');

/** `return=minimal` sends as a link whatever is kept as an object of its own; in 1.0 the transmission modes say that. */
const isSpared = ({ key }: ResultEntry, { request, preferences }: Presentation): boolean =>
  key !== undefined && request.dialect === '2.0' && preferences.return === 'minimal';

const reference = async (entry: ResultEntry, { refer }: Presentation) => ({
  href: await refer(entry),
  rel: Rel.results,
  type: entry.mediaType,
});

/** A value in the map: objects, text and bytes are qualified, all other JSON stands for itself. */
async function member(entry: ResultEntry, presentation: Presentation): Promise<unknown> {
  const { encoding, mediaType } = entry;
  if (encoding === 'base64') {
    const bytes = await bytesFrom(entry, presentation);
    return { value: Buffer.from(bytes).toString('base64'), encoding: 'base64', mediaType };
  }
  const text = new TextDecoder().decode(await bytesFrom(entry, presentation));
  if (encoding === 'text') return { value: text, mediaType };
  const value = parseExact(text, true);
  const stands = typeof value !== 'object' || value === null || Array.isArray(value) || 'bbox' in value;
  return stands && isPlain(mediaType) ? value : { value, mediaType };
}

const isPlain = (mediaType: string): boolean => mediaType === MediaType.json;

/** multipart/related with a part per output (RFC 2387); references are empty parts with Content-Location. */
async function packaged(entries: readonly ResultEntry[], presentation: Presentation): Promise<ApiResponse> {
  let left = presentation.inlineBytes;
  const parts: Part[] = [];
  for (const entry of entries) {
    const link = isByReference(entry, presentation) || entry.size > left;
    if (!link) left -= entry.size;
    parts.push(link ? await emptyPart(entry, presentation) : await valuePart(entry, presentation));
  }
  const { contentType, body } = multipart(parts);
  const fileName = `${presentation.request.processID}-results.multipart`;
  const headers = {
    'Content-Type': contentType,
    'Content-Disposition': contentDisposition(fileName, 'inline'),
  };
  return { status: 200, headers, body };
}

const emptyPart = async (entry: ResultEntry, { refer }: Presentation): Promise<Part> => ({
  headers: {
    'Content-ID': entry.id,
    'Content-Type': entry.mediaType,
    'Content-Location': await refer(entry),
  },
  body: new Uint8Array(),
});

async function valuePart(entry: ResultEntry, presentation: Presentation): Promise<Part> {
  const bytes = await bytesFrom(entry, presentation);
  // A string is a text part: that is what readers of multipart messages look for.
  const asText = entry.encoding === 'json' && typeof entry.content === 'string';
  return {
    headers: {
      'Content-ID': entry.id,
      'Content-Type': asText ? 'text/plain; charset=utf-8' : entry.mediaType,
    },
    body: asText ? new TextEncoder().encode(entry.content as string) : bytes,
  };
}

const linkTo = async (entry: ResultEntry, { refer }: Presentation): Promise<string> =>
  linkHeader({ href: await refer(entry), rel: Rel.results, type: entry.mediaType, title: entry.id });

const bytesFrom = async (entry: ResultEntry, { load }: Presentation): Promise<Uint8Array> =>
  entry.key === undefined ? entryBytes(entry) : load(entry);
