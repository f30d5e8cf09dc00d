import type { RasterMapLayer } from '../raster/raster-layer.ts';
import type { LayerText } from '../shared/layer-text.ts';
import type { VectorMapLayer } from '../vector/vector-layer.ts';

export type MapLayer = VectorMapLayer | RasterMapLayer;

/** A layer that is asked for: by an address, or as GeoJSON or pasted well-known text that is there. */
export interface LayerRequest extends LayerText {
  readonly href?: string;
  /** Media type; without it, GeoJSON. */
  readonly type?: string;
  readonly data?: unknown;
  /** A file of the person's own, with its media type. */
  readonly file?: Blob;
  /** Address of the executions of the process that makes GeoJSON of it, where the map cannot read it as it is. */
  readonly convertAt?: string;
  /** Address by which that process names it. */
  readonly source?: string;
  /** It is loaded when somebody wants to see it. */
  readonly isOnDemand?: boolean;
  /** Where the features of a collection lie (west, south, east, north in degrees), of which those in view are asked for. */
  readonly byExtent?: readonly number[];
}
