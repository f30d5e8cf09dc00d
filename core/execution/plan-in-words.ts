import type { ExecutionPlan, PlannedRaster } from './plan.ts';

/** What there is to say of an execution plan. */
type Facts = Pick<ExecutionPlan, 'computeClass' | 'mode' | 'size' | 'estimate'>;

/** What a dry run found out, for people: one sentence each for the mode, the size, and what it takes. */
export function planInWords({ computeClass, mode, size, estimate }: Facts): string[] {
  const waits = mode === 'sync-execute' ? 'would be answered with its result' : 'would become a job';
  const { seconds, cost, currency, complete, secondsPerMegabyte } = estimate;
  const more = complete ? '' : `, and ${secondsPerMegabyte} s more for each megabyte of what is given by URL`;
  return [
    `The request is valid. It ${waits}, computed by a worker of the class ${computeClass}.`,
    sizeInWords(size),
    ...size.rasters.slice(0, MOST_RASTERS).map(rasterInWords),
    `It takes about ${seconds} s and costs about ${plain(cost)} ${currency}${more}.`,
  ];
}

/** Rasters of which a sentence speaks; the plan has all. */
const MOST_RASTERS = 3;

function sizeInWords({ inlineBytes, references }: Facts['size']): string {
  const known = references.flatMap(({ bytes }) => (bytes === 'unknown' ? [] : [bytes]));
  const there =
    known.length === 0
      ? ''
      : ` and ${bytesInWords(known.reduce((a, b) => a + b, 0))} in uploads and earlier results`;
  const inputs = `The inputs have ${bytesInWords(inlineBytes)} in the request${there}`;
  const unknown = references.length - known.length;
  if (unknown === 0) return `${inputs}.`;
  const many =
    unknown === 1
      ? 'One is given by URL, which is not looked at: its size is unknown, and whether it exists and can be read shows in the run.'
      : `${unknown} are given by URL, which are not looked at: their size is unknown, and whether they exist and can be read shows in the run.`;
  return `${inputs}. ${many}`;
}

function rasterInWords({ pointer, width, height, bands, window, pixels }: PlannedRaster): string {
  const size = (columns: number, rows: number): string => `${columns} × ${rows} pixels`;
  const name = pointer.replace(/^\/inputs\//, '').replace(/\/value$/, '');
  const whole = `The raster "${name}" has ${size(width, height)} in ${bands} ${bands === 1 ? 'band' : 'bands'}`;
  if (pixels !== undefined)
    return `${whole}; ${pixels === 1 ? '1 pixel is' : `${pixels} pixels are`} read of each band that is used.`;
  if (!window) return `${whole}; how much of it is read shows in the run.`;
  if (window.width === 0) return `${whole}, of which none are read.`;
  const isWhole = window.width === width && window.height === height;
  return isWhole
    ? `${whole}; all of it is read.`
    : `${whole}; ${size(window.width, window.height)} are read.`;
}

const bytesInWords = (bytes: number): string =>
  bytes < 1000
    ? `${bytes} bytes`
    : bytes < 1_000_000
      ? `${Math.round(bytes / 1000)} kB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Without an exponent, which few people read. */
const plain = (value: number): string => value.toFixed(12).replace(/\.?0+$/, '');
