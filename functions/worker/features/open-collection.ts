import type { Feature } from 'geojson';
import { memorySource } from '../../../core/execution/sources.ts';
import type { Client } from '../../../core/execution/worker-task.ts';
import {
  type CollectionInput,
  collectionAddress,
  isOwnCollection,
} from '../../../core/features/collection-input.ts';
import { makeFeatureSelector } from '../../../core/features/select-features.ts';
import type { Ports } from '../../../core/ports.ts';
import type { Limits, RunContext, Source } from '../../../core/run/context.ts';
import { append } from '../../../core/shared/arrays.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { findLocalEntry, localFeatures } from './local-features.ts';
import { firstPage, remoteFeatures } from './remote-features.ts';

export interface CollectionRequest {
  readonly input: CollectionInput;
  /** JSON pointer of the input. */
  readonly pointer: string;
  readonly processID: string;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** Seconds that may be lost with a server that fails. */
  readonly retrySeconds: number;
  readonly warn: RunContext['warn'];
}

/**
 * Opens a collection of features as a layer: one of this service's own from the bucket, any other page by page from its
 * server through the guarded way out (/req/collection-input/collection-access, /req/remote-collections/access).
 */
export async function openCollection(
  request: CollectionRequest,
  client: Client,
  ports: Pick<Ports, 'egress' | 'jobs' | 'storage'>,
): Promise<Source> {
  const { input, pointer, processID } = request;
  const select = makeFeatureSelector(input, pointer);
  const address = collectionAddress(input.collection, client.baseUrl, processID);
  const pages = isOwnCollection(address, client.baseUrl)
    ? localFeatures(address, request, client, ports)
    : remoteFeatures(address, request, ports.egress);
  const features: Feature[] = [];
  const most = input.limit ?? Infinity;
  for await (const page of pages) {
    append(features, select(page).slice(0, most - features.length));
    // One more than the process takes is enough for it to say that there are too many.
    if (features.length >= most || features.length > (request.limits.features ?? Infinity)) break;
  }
  const value = { type: 'FeatureCollection', features };
  const bytes = () => new TextEncoder().encode(JSON.stringify(value));
  return { ...memorySource(pointer, bytes), mediaType: MediaType.geojson, href: address, value };
}

/**
 * Looks whether a collection can be opened, without reading or fetching it.
 *
 * @returns bytes of one of this service's own
 * @throws InvalidInput as opening it would
 */
export async function lookAtCollection(
  { input, pointer, processID }: Pick<CollectionRequest, 'input' | 'pointer' | 'processID'>,
  client: Pick<Client, 'baseUrl' | 'owner'>,
  ports: Pick<Ports, 'egress' | 'jobs' | 'storage'>,
): Promise<number | undefined> {
  makeFeatureSelector(input, pointer);
  const address = collectionAddress(input.collection, client.baseUrl, processID);
  if (isOwnCollection(address, client.baseUrl))
    return (await findLocalEntry(address, { pointer }, client, ports)).size;
  await ports.egress.check(firstPage(address, input), `${pointer}/collection`);
  return undefined;
}
