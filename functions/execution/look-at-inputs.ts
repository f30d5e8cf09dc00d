import { type InputValue, readOccurrences } from '../../core/execution/input-values.ts';
import type { KnownInputs, PlannedRaster } from '../../core/execution/plan.ts';
import { inlineSource } from '../../core/execution/sources.ts';
import { collectionInput } from '../../core/features/collection-input.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import type { Ports } from '../../core/ports.ts';
import type { Input, ProcessDeclaration } from '../../core/processes/declaration.ts';
import type { RunContext, Source } from '../../core/run/context.ts';
import { ClassLimitExceeded } from '../../core/shared/errors.ts';
import { pointerSegment } from '../../core/shared/json.ts';
import { checkPixelCount } from '../../geo/raster/pixel-limits.ts';
import { lookAtCollection } from '../worker/features/open-collection.ts';
import { openOwn } from '../worker/open-input.ts';

/** Who asks, and whether they would wait for the result. */
interface Asking {
  readonly owner: string;
  readonly baseUrl: string;
  readonly synchronous: boolean;
}

type Looking = Pick<Ports, 'egress' | 'jobs' | 'storage' | 'settings'>;

/** Occurrences whose header is read: of more, the run tells. */
const MOST_LOOKED_AT = 20;

/**
 * Looks at what the inputs are, without reading them: whether uploads, results and collections of the client are there, how large they are,
 * what the headers of rasters say, and whether addresses are such that anything is fetched from them. Nothing is.
 *
 * @throws InvalidInput, LimitExceeded as the run would
 */
export async function lookAtInputs(
  process: ProcessDeclaration,
  { inputs }: ExecuteRequest,
  asking: Asking,
  ports: Looking,
): Promise<KnownInputs> {
  const bytes = new Map<string, number>();
  const rasters: PlannedRaster[] = [];
  const context = dryContext(process, asking);
  const { checkCrss } = await import('./check-crss.ts');
  checkCrss(process, { inputs });
  for (const [place, [input, value]] of occurrences(process, inputs).entries()) {
    const { source, size } = await lookAt(process, input, value, asking, ports);
    if (size !== undefined) bytes.set(value.pointer, size);
    if (!source || input.source !== 'raster' || place >= MOST_LOOKED_AT) continue;
    const { planRaster } = await import('./plan-raster.ts');
    const planned = await planRaster(process, input, source, inputs, context);
    if (!planned) continue;
    const { raster, counted } = planned;
    if (counted !== undefined)
      checkCount(process, counted, raster.pointer, context, ports.settings.large !== undefined);
    rasters.push(raster);
  }
  return { bytes, rasters };
}

const occurrences = (
  process: ProcessDeclaration,
  inputs: ExecuteRequest['inputs'],
): (readonly [Input, InputValue])[] =>
  Object.entries(process.inputs).flatMap(([id, input]) =>
    inputs[id] === undefined || inputs[id] === null
      ? []
      : readOccurrences(input, inputs[id], `/inputs/${pointerSegment(id)}`).map(
          (value) => [input, value] as const,
        ),
  );

/** A run that leaves nothing behind. */
const dryContext = ({ limits }: ProcessDeclaration, { synchronous }: Asking): RunContext => ({
  signal: new AbortController().signal,
  progress: async () => undefined,
  log: () => undefined,
  warn: () => undefined,
  format: () => '',
  limits,
  synchronous,
});

interface Seen {
  /** Undefined for what lies elsewhere, and for inputs that are no files. */
  readonly source?: Source | undefined;
  /** Bytes, where they lie with the service and not in the request. */
  readonly size?: number | undefined;
}

async function lookAt(
  { id, limits }: ProcessDeclaration,
  input: Input,
  value: InputValue,
  asking: Asking,
  ports: Looking,
): Promise<Seen> {
  if (value.kind === 'literal')
    return input.source === 'raster' ? { source: inlineSource(input, value) } : {};
  if (value.kind === 'collection') {
    const { members, pointer } = value;
    const request = { input: collectionInput(members), pointer, processID: id };
    return { size: await lookAtCollection(request, asking, ports) };
  }
  const source = await openOwn(value, limits, asking, ports);
  if (source) return { source, size: await source.size() };
  await ports.egress.check(value.href, value.pointer);
  return {};
}

/** Refuses in advance what the run would refuse in any case. @throws LimitExceeded */
function checkCount(
  { parts }: ProcessDeclaration,
  pixels: number,
  pointer: string,
  context: RunContext,
  goesOn: boolean,
): void {
  try {
    checkPixelCount(pixels, pointer, context, 'read');
  } catch (error) {
    // A job of that size is divided, or begins again where there is room.
    const isHelped = !context.synchronous && (parts !== undefined || goesOn);
    if (!(isHelped && error instanceof ClassLimitExceeded)) throw error;
  }
}
