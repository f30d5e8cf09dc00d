import type { Job } from '../jobs/job.ts';
import { isGeojson } from '../processes/alternatives.ts';
import type { Output, ProcessDeclaration } from '../processes/declaration.ts';
import type { Link } from '../shared/link.ts';
import { Crs84, MediaType, Rel } from '../shared/uris.ts';

/** A result of a job that is published as a collection of features. */
export interface CollectionKey {
  readonly jobID: string;
  readonly outputID: string;
}

/** `<jobID>.<outputID>`: a collection needs no record of its own, and lives as long as its job. */
export const collectionID = ({ jobID, outputID }: CollectionKey): string => `${jobID}.${outputID}`;

/** The job and the output of a collection id; undefined if it has no `<jobID>.<outputID>` form. */
export function collectionKey(id: string): CollectionKey | undefined {
  const mark = id.indexOf('.');
  return mark > 0 && mark < id.length - 1
    ? { jobID: id.slice(0, mark), outputID: id.slice(mark + 1) }
    : undefined;
}

/** Whether an output is a layer in GeoJSON, which is what collections are made of. */
export const isLayerOutput = ({ schema }: Output): boolean => (schema.oneOf ?? [schema]).some(isGeojson);

/** Outputs of a job that are collections: layers that were asked for in GeoJSON. */
export const collectionOutputs = ({ request }: Job, process: ProcessDeclaration | undefined): string[] =>
  request.outputs
    .filter(({ id, mediaType }) => {
      const output = process?.outputs[id];
      return (
        output !== undefined &&
        isLayerOutput(output) &&
        (mediaType ?? MediaType.geojson) === MediaType.geojson
      );
    })
    .map(({ id }) => id);

/** A collection as OGC API - Features describes it. */
export interface CollectionDescription {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly itemType: 'feature';
  readonly crs: readonly string[];
  readonly extent?: {
    readonly spatial: { readonly bbox: readonly (readonly number[])[]; readonly crs: string };
  };
  readonly links: readonly Link[];
}

/** Describes the collection of an output. @param bbox extent in CRS84, in degrees */
export function describeCollection(
  job: Job,
  outputID: string,
  process: ProcessDeclaration | undefined,
  baseUrl: string,
  bbox?: readonly number[],
): CollectionDescription {
  const id = collectionID({ jobID: job.jobID, outputID });
  const self = `${baseUrl}/collections/${encodeURIComponent(id)}`;
  const from = process?.title ?? job.processID;
  const title = `${process?.outputs[outputID]?.title ?? outputID} (${job.request.title ?? from})`;
  const finished = job.finished?.replace('T', ' ').replace(/:\d\d(\.\d+)?Z$/, ' UTC');
  return {
    id,
    title,
    description: `Result of the process ${from}, ${finished === undefined ? 'not finished yet' : `finished ${finished}`}.`,
    itemType: 'feature',
    crs: [Crs84],
    ...(bbox ? { extent: { spatial: { bbox: [bbox], crs: Crs84 } } } : {}),
    links: [
      { href: self, rel: Rel.self, type: MediaType.json, title },
      { href: `${self}?f=html`, rel: Rel.alternate, type: MediaType.html, title: `${title} as HTML` },
      { href: `${self}/items`, rel: Rel.items, type: MediaType.geojson, title: 'The features' },
      { href: `${baseUrl}/jobs/${job.jobID}`, rel: Rel.up, type: MediaType.json, title: 'The job' },
    ],
  };
}
