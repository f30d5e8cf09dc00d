import type { ExecutionPlan, PlannedRaster } from './plan.ts';

/** What there is to say of an execution plan. */
type Facts = Pick<ExecutionPlan, 'computeClass' | 'mode' | 'size' | 'estimate'>;

/** What a dry run found out, for people: one sentence each for the mode, the size, and what it takes. */
export function planInWords({ computeClass, mode, size, estimate }: Facts): string[] {
  const waits = mode === 'sync-execute' ? 'would be executed synchronously' : 'would run as a job';
  const { seconds, cost, currency, complete, secondsPerMegabyte } = estimate;
  const more = complete
    ? ''
    : `, plus ${secondsPerMegabyte} s for each megabyte of data that is given by URL`;
  return [
    `The request is valid. It ${waits}, by a worker of the class ${computeClass}.`,
    sizeInWords(size),
    ...size.rasters.slice(0, MOST_RASTERS).map(rasterInWords),
    `It would take about ${seconds} s and cost about ${plain(cost)} ${currency}${more}.`,
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
      ? 'One is given by URL, which a dry run does not fetch: its size is unknown, and it may turn out to be missing or unreadable.'
      : `${unknown} are given by URL, which a dry run does not fetch: their size is unknown, and they may turn out to be missing or unreadable.`;
  return `${inputs}. ${many}`;
}

function rasterInWords({ pointer, width, height, bands, window, pixels }: PlannedRaster): string {
  const size = (columns: number, rows: number): string => `${columns} × ${rows} pixels`;
  const name = pointer.replace(/^\/inputs\//, '').replace(/\/value$/, '');
  const whole = `The raster "${name}" has ${size(width, height)} in ${bands} ${bands === 1 ? 'band' : 'bands'}`;
  if (pixels !== undefined)
    return `${whole}; ${pixels === 1 ? '1 pixel' : `${pixels} pixels`} of each band used will be read.`;
  if (!window) return `${whole}; how much of it will be read is not known beforehand.`;
  if (window.width === 0) return `${whole}; none of them will be read.`;
  const isWhole = window.width === width && window.height === height;
  return isWhole
    ? `${whole}; all of them will be read.`
    : `${whole}; ${size(window.width, window.height)} of them will be read.`;
}

const bytesInWords = (bytes: number): string =>
  bytes < 1000
    ? `${bytes} bytes`
    : bytes < 1_000_000
      ? `${Math.round(bytes / 1000)} kB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Without an exponent, which few people read. */
const plain = (value: number): string => value.toFixed(12).replace(/\.?0+$/, '');
