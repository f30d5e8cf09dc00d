import type { ComputeClass, JobControlOption } from '../processes/declaration.ts';

/** What there is to say of an execution plan. */
interface Facts {
  readonly computeClass: ComputeClass;
  readonly mode: JobControlOption;
  readonly size: { readonly inlineBytes: number; readonly references: readonly unknown[] };
  readonly estimate: {
    readonly seconds: number;
    readonly cost: number;
    readonly currency: string;
    readonly complete: boolean;
    readonly secondsPerMegabyte: number;
  };
}

/** What a dry run found out, for people: one sentence each for the mode, the size, and what it takes. */
export function planInWords({ computeClass, mode, size, estimate }: Facts): string[] {
  const waits = mode === 'sync-execute' ? 'would be answered with its result' : 'would become a job';
  const { seconds, cost, currency, complete, secondsPerMegabyte } = estimate;
  const more = complete ? '' : `, and ${secondsPerMegabyte} s more for each megabyte of what is given by URL`;
  return [
    `The request is valid. It ${waits}, computed by a worker of the class ${computeClass}.`,
    sizeInWords(size),
    `It takes about ${seconds} s and costs about ${plain(cost)} ${currency}${more}.`,
  ];
}

function sizeInWords({ inlineBytes, references }: Facts['size']): string {
  const inline = `The inputs have ${bytesInWords(inlineBytes)}`;
  if (references.length === 0) return `${inline}.`;
  const many =
    references.length === 1
      ? 'one is given by URL; its size is unknown'
      : `${references.length} are given by URL; their size is unknown`;
  return `${inline} in the request; ${many}. Inputs by URL, uploads too, are not looked at: whether they exist and can be read shows in the run.`;
}

const bytesInWords = (bytes: number): string =>
  bytes < 1000
    ? `${bytes} bytes`
    : bytes < 1_000_000
      ? `${Math.round(bytes / 1000)} kB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Without an exponent, which few people read. */
const plain = (value: number): string => value.toFixed(12).replace(/\.?0+$/, '');
