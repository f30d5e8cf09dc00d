import type { Limits, RunContext } from '../run/context.ts';
import type { JsonSchema } from './schema.ts';
import type { Unit } from './units.ts';

/** Which worker runs a process; each has memory, time and storage of its own. */
export const computeClasses = ['light', 'vector', 'raster'] as const;
export type ComputeClass = (typeof computeClasses)[number];

export type JobControlOption = 'sync-execute' | 'async-execute' | 'dismiss';

/** What is said of an input or output besides its schema. */
export interface Documentation {
  readonly title: string;
  readonly description?: string;
  readonly keywords?: readonly string[];
}

/** An input. `T` is what `run` receives; it exists only for the type checker. */
export interface Input<T = unknown> extends Documentation {
  /** JSON Schema of one occurrence, in the published subset (see schema.ts). */
  readonly schema: JsonSchema;
  /** Of its numbers; absent where they have none. */
  readonly unit?: Unit;
  readonly minOccurs: number;
  readonly maxOccurs: number | 'unbounded';
  /** Given to `run` unread, as a {@link Source}, because it may be large or is read in pieces. */
  readonly source?: 'layer' | 'raster';
  /**
   * How much of a raster is read, for who says before a run what it takes: all pixels, of one band at least, where absent; `bands`: all
   * pixels of all bands; `part`: those that other inputs ask for; `grid`: none.
   */
  readonly reads?: 'bands' | 'part' | 'grid';
  /**
   * The layer among the inputs whose properties are named: by the input itself, in its list, as the member `field` of its rows, or in its
   * expression.
   */
  readonly propertiesOf?: string;
  /** Words and functions of an expression, for who fills in a form; a bracket at the end waits for what belongs into it. */
  readonly offers?: readonly string[];
  /** How it may be given; both ways where absent (/req/ogc-process-description/value-passing). */
  readonly valuePassing?: readonly ('byValue' | 'byReference')[];
  readonly '~value'?: T;
}

/** An output. `T` is what `run` returns for it. */
export interface Output<T = unknown> extends Documentation {
  readonly schema: JsonSchema;
  readonly '~value'?: T;
}

/** A request that can be run as it stands; shown in the OpenAPI document and executed by a test. */
export interface Example {
  readonly title: string;
  readonly description?: string;
  readonly request: { readonly inputs: Readonly<Record<string, unknown>>; readonly outputs?: unknown };
}

/**
 * How the work on a raster too large for one worker is divided: into parts of rows, each of which is computed by itself. What
 * they give is
 *
 * - `pixels` of the result, a raster, which is put together: on the grid of the input, or on one of its own. For processes
 *   whose pixels depend on those around them alone. No pixel has a say in the data type and the nodata value of the others;
 *   where one worker would replace nodata by a mask because of a pixel, the work is refused.
 * - a `summary`, of which the process makes its result when it has those of all parts, in one round or several. Where the parts
 *   are cut must make no difference.
 */
export interface Parts {
  readonly by: 'rows';
  readonly give: 'pixels' | 'summary';
  /** Pixels on all sides of a pixel that its result depends on, at most. */
  readonly halo: number;
  /** The input that is too large: where the rows of several rasters are divided, all of its occurrences have the same grid. */
  readonly input: string;
  /** The one output. */
  readonly output: string;
}

/** One declaration per process: descriptions, validation, OpenAPI, documentation and tests come from it. */
export interface ProcessDeclaration<
  I extends Readonly<Record<string, Input>> = Readonly<Record<string, Input>>,
  O extends Readonly<Record<string, Output>> = Readonly<Record<string, Output>>,
> extends Documentation {
  readonly id: string;
  readonly version: string;
  readonly description: string;
  readonly computeClass: ComputeClass;
  /** Seconds that a megabyte of input takes, where that is far from what its class takes; see estimate.ts. */
  readonly secondsPerMegabyte?: number;
  readonly jobControlOptions: readonly JobControlOption[];
  readonly inputs: I;
  readonly outputs: O;
  readonly limits: Limits;
  /** Absent where the work is done by one worker, however large it is. */
  readonly parts?: Parts;
  readonly examples: readonly Example[];
}

/** An output that a checked request names. @throws Error */
export function findOutput({ id, outputs }: ProcessDeclaration, outputID: string): Output {
  const output = Object.hasOwn(outputs, outputID) ? outputs[outputID] : undefined;
  if (!output) throw new Error(`Process ${id} has no output ${outputID}`);
  return output;
}

export type InputsOf<P extends ProcessDeclaration> = {
  readonly [K in keyof P['inputs']]: P['inputs'][K] extends Input<infer T> ? T : never;
};

/** A process may leave out an output that does not apply. */
export type OutputsOf<P extends ProcessDeclaration> = {
  readonly [K in keyof P['outputs']]?: P['outputs'][K] extends Output<infer T> ? T | undefined : never;
};

export type Run<P extends ProcessDeclaration> = (
  inputs: InputsOf<P>,
  context: RunContext,
) => Promise<OutputsOf<P>>;

/** Loads the algorithm of each process that a worker can run, when it is needed. */
// biome-ignore lint/suspicious/noExplicitAny: each run has the types of its own declaration
export type Runs = Readonly<Record<string, () => Promise<{ readonly run: Run<any> }>>>;
