import type { RunContext, Source } from '../../../core/run/context.ts';
import type { Crs } from '../../crs/crs.ts';
import type { LayerFeature } from '../../layer/layer.ts';

/** What a reader of a file finds. */
export interface FileContent {
  readonly features: LayerFeature[];
  /** Undefined where the file names none: CRS84 then. */
  readonly crs: Crs | undefined;
  /** What is wrong with the CRS that the file names, where it is not understood. */
  readonly crsFault?: string;
  /** What was left out, in sentences for the log. */
  readonly remarks?: readonly string[];
}

/** Reads a file; `count` is called with the number of features before they are decoded. */
export type FileReader = (
  bytes: Uint8Array,
  source: Source,
  count: (features: number) => void,
  context: RunContext,
) => Promise<FileContent>;

/** What is told of files whose positions have measures (M). */
export const LEFT_OUT_MEASURES = 'M values were dropped: layers have X, Y and Z coordinates only.';

/** What is told when a file has several layers and none was asked for. */
export const firstOfSeveral = (wanted: string | undefined, layers: number, names: string): string[] =>
  wanted === undefined && layers > 1 ? [`The file has the layers ${names}; the first was read.`] : [];
