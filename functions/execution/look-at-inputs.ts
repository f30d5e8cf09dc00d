import { type InputValue, readOccurrences } from '../../core/execution/input-values.ts';
import type { KnownInputs, PlannedRaster } from '../../core/execution/plan.ts';
import { inlineSource } from '../../core/execution/sources.ts';
import type { ExecuteRequest } from '../../core/jobs/execute-request.ts';
import type { Ports } from '../../core/ports.ts';
import type { Input, ProcessDeclaration } from '../../core/processes/declaration.ts';
import type { Limits, Source } from '../../core/run/context.ts';
import { ClassLimitExceeded } from '../../core/shared/errors.ts';
import { pointerSegment } from '../../core/shared/json.ts';
import { checkPixelCount } from '../../geo/raster/pixel-limits.ts';
import { openOwn } from '../worker/open-input.ts';

/** Who asks, and whether they would wait for the result. */
interface Asking {
  readonly owner: string;
  readonly baseUrl: string;
  readonly synchronous: boolean;
}

/** Occurrences whose header is read: of more, the run tells. */
const MOST_LOOKED_AT = 20;

/**
 * Looks at what the inputs are, without reading them: whether uploads and results of the client are there, how large they are, and
 * what the headers of rasters say. Nothing is fetched from elsewhere.
 *
 * @throws InvalidInput, LimitExceeded as the run would
 */
export async function lookAtInputs(
  process: ProcessDeclaration,
  { inputs }: ExecuteRequest,
  asking: Asking,
  ports: Pick<Ports, 'jobs' | 'storage' | 'settings'>,
): Promise<KnownInputs> {
  const bytes = new Map<string, number>();
  const rasters: PlannedRaster[] = [];
  const all = Object.entries(process.inputs).flatMap(([id, input]) =>
    inputs[id] === undefined || inputs[id] === null
      ? []
      : readOccurrences(input, inputs[id], `/inputs/${pointerSegment(id)}`).map(
          (value) => [input, value] as const,
        ),
  );
  for (const [place, [input, value]] of all.entries()) {
    const source = await openHere(input, value, process.limits, asking, ports);
    if (!source) continue;
    const size = value.kind === 'reference' ? await source.size() : undefined;
    if (size !== undefined) bytes.set(value.pointer, size);
    if (input.source !== 'raster' || place >= MOST_LOOKED_AT) continue;
    const { planRaster } = await import('./plan-raster.ts');
    const raster = await planRaster(input, source, inputs);
    if (!raster) continue;
    checkRaster(process, input, raster, asking.synchronous, ports.settings.large !== undefined);
    rasters.push(raster);
  }
  return { bytes, rasters };
}

/** What lies with the service or in the request; undefined for what lies elsewhere, and for inputs that are no files. */
async function openHere(
  input: Input,
  value: InputValue,
  limits: Limits,
  asking: Asking,
  ports: Pick<Ports, 'jobs' | 'storage'>,
): Promise<Source | undefined> {
  if (value.kind === 'reference') return openOwn(value, limits, asking, ports);
  return value.kind === 'literal' && input.source === 'raster' ? inlineSource(input, value) : undefined;
}

/** Refuses in advance what the run would refuse in any case. @throws LimitExceeded */
function checkRaster(
  process: ProcessDeclaration,
  { reads }: Input,
  { pointer, bands, window }: PlannedRaster,
  synchronous: boolean,
  goesOn: boolean,
): void {
  if (!window) return;
  // Of the other processes the inputs choose the bands: one is read at least.
  const count = reads === 'bands' || reads === 'part' ? bands : 1;
  const context = { limits: process.limits, synchronous };
  try {
    checkPixelCount(window.width * window.height * count, pointer, context, 'read');
  } catch (error) {
    // A job of that size is divided, or begins again where there is room.
    const isHelped = !synchronous && (process.parts !== undefined || goesOn);
    if (!(isHelped && error instanceof ClassLimitExceeded)) throw error;
  }
}
