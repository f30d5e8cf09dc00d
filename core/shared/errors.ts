import { listed, quote } from './quote.ts';
import { didYouMean } from './similar.ts';
import { ExceptionType } from './uris.ts';

/** One thing that is wrong with a request: where it stands, what is wrong, and what would be right. */
export interface Fault {
  /** JSON pointer into the execute request, or `?name` for a query parameter. */
  readonly pointer: string;
  readonly detail: string;
}

export interface RefusalOptions {
  readonly detail?: string;
  readonly faults?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
  /** The truth for the log; never shown to the client. */
  readonly cause?: unknown;
}

/**
 * Anything that the service tells a client instead of doing what was asked. Whatever is thrown and is not a
 * Refusal is a fault of the service itself and becomes a plain 500.
 */
export class Refusal extends Error {
  /** Minifiers change the names of classes; that of an error reaches the log, and tells threads which error it is. */
  static override readonly name: string = 'Refusal';
  readonly status: number;
  readonly type: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly faults: readonly Fault[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, type: string, title: string, options: RefusalOptions = {}) {
    super(options.detail ?? title, { cause: options.cause });
    this.name = new.target.name;
    this.status = status;
    this.type = type;
    this.title = title;
    this.detail = options.detail;
    this.faults = options.faults ?? [];
    this.headers = options.headers ?? {};
  }
}

/** Faults that are told at most: a list of a million helps nobody and does not fit into a response. */
export const FAULTS_TOLD = 100;

/** The first of the faults, the last of those told saying how many more there are. */
export function truncateFaults(faults: readonly Fault[]): readonly Fault[] {
  if (faults.length <= FAULTS_TOLD) return faults;
  const first = faults.slice(0, FAULTS_TOLD - 1);
  return [...first, { pointer: '', detail: `There are ${faults.length - first.length} more faults.` }];
}

/** All faults in one text, each after its place. */
export const describeFaults = (faults: readonly Fault[]): string =>
  faults.map(({ pointer, detail }) => (pointer ? `${pointer}: ${detail}` : detail)).join(' ');

/** The body, a member of it or an input is wrong. Lists the faults, not just the first. */
export class InvalidRequest extends Refusal {
  static override readonly name: string = 'InvalidRequest';
  constructor(all: readonly Fault[], title = 'The execute request is not valid', cause?: unknown) {
    const faults = truncateFaults(all);
    const detail = describeFaults(faults);
    const type = all.every((fault) => fault instanceof MissingInput)
      ? ExceptionType.missingParameterValue
      : ExceptionType.invalidParameterValue;
    super(400, type, title, { detail, faults, cause });
  }
}

/** A required input that is absent; told apart so that the exception can have a type of its own. */
export class MissingInput implements Fault {
  readonly pointer: string;
  readonly detail: string;

  constructor(pointer: string, detail: string) {
    this.pointer = pointer;
    this.detail = detail;
  }
}

/** One input is wrong; what a process throws when it finds out while it computes. */
export class InvalidInput extends InvalidRequest {
  static override readonly name: string = 'InvalidInput';
  /**
   * @param pointer JSON pointer below the execute request, for example `/inputs/features/features/3/geometry`.
   * @param cause for the log; never shown to the client.
   */
  constructor(pointer: string, detail: string, cause?: unknown) {
    super([{ pointer, detail }], 'An input is not valid', cause);
  }
}

/** A limit of the service is exceeded; says the input, the amount, the limit and whose limit it is. */
export class LimitExceeded extends Refusal {
  static override readonly name: string = 'LimitExceeded';
  constructor(pointer: string, detail: string, cause?: unknown) {
    const faults = [{ pointer, detail }];
    super(413, ExceptionType.limitExceeded, 'A limit of the service is exceeded', {
      detail: describeFaults(faults),
      faults,
      cause,
    });
  }
}

/**
 * A limit that belongs to the compute class of a process, or the memory of its workers: a worker that has more could do the
 * work. What a format, an engine or the arithmetic cannot hold is not among these.
 */
export class ClassLimitExceeded extends LimitExceeded {
  static override readonly name: string = 'ClassLimitExceeded';
}

/** A server that an input refers to cannot answer: neither the client's fault nor the service's. */
export class RemoteServerFailed extends Refusal {
  static override readonly name: string = 'RemoteServerFailed';
  /** @param pointer JSON pointer of the input. @param detail says which server, and how it fails. */
  constructor(pointer: string, detail: string, cause?: unknown) {
    super(502, ExceptionType.remoteServerFailed, 'A server that an input refers to failed', {
      detail,
      faults: [{ pointer, detail }],
      cause,
    });
  }
}

export class InvalidQuery extends Refusal {
  static override readonly name: string = 'InvalidQuery';
  constructor(all: readonly Fault[]) {
    const faults = truncateFaults(all);
    super(400, ExceptionType.invalidQueryParameterValue, 'A query parameter is not valid', {
      detail: faults.map(({ pointer, detail }) => `${pointer.replace(/^\?/, '')}: ${detail}`).join(' '),
      faults,
    });
  }
}

export class NoSuchProcess extends Refusal {
  static override readonly name: string = 'NoSuchProcess';
  /** @param known processes that there are, one of which may have been meant */
  constructor(processID: string, known: readonly string[] = []) {
    super(404, ExceptionType.noSuchProcess, 'No such process', {
      detail: `There is no process ${quote(processID)}.${didYouMean(processID, known)} GET /processes lists those that exist.`,
    });
  }
}

export class NoSuchCollection extends Refusal {
  static override readonly name: string = 'NoSuchCollection';
  constructor(id: string) {
    super(404, ExceptionType.noSuchCollection, 'No such collection', {
      detail: `There is no collection ${quote(id)}. Layers that successful jobs returned as GeoJSON are collections; GET /collections lists them.`,
    });
  }
}

export class NoSuchFeature extends Refusal {
  static override readonly name: string = 'NoSuchFeature';
  constructor(id: string) {
    super(404, ExceptionType.noSuchFeature, 'No such feature', {
      detail: `The collection has no feature ${quote(id)}.`,
    });
  }
}

export class NoSuchJob extends Refusal {
  static override readonly name: string = 'NoSuchJob';
  constructor(jobID: string) {
    super(404, ExceptionType.noSuchJob, 'No such job', {
      detail: `There is no job ${quote(jobID)}: it never existed, was deleted, or has expired.`,
    });
  }
}

export class JobGone extends Refusal {
  static override readonly name: string = 'JobGone';
  constructor(jobID: string) {
    super(410, ExceptionType.noSuchJob, 'Job removed', {
      detail: `The job "${jobID}" has already been dismissed and deleted.`,
    });
  }
}

export class ResultNotReady extends Refusal {
  static override readonly name: string = 'ResultNotReady';
  constructor(jobID: string, status: string) {
    super(404, ExceptionType.resultNotReady, 'The results are not ready', {
      detail: `The job "${jobID}" is ${status}. Poll /jobs/${jobID} until it is successful.`,
    });
  }
}

export class ResultNotAvailable extends Refusal {
  static override readonly name: string = 'ResultNotAvailable';
  constructor(detail: string) {
    super(404, ExceptionType.resultNotAvailable, 'The result is not available', { detail });
  }
}

export class NoSuchOutput extends Refusal {
  static override readonly name: string = 'NoSuchOutput';
  constructor(outputID: string, known: readonly string[]) {
    super(400, ExceptionType.noSuchOutput, 'No such output', {
      detail: `The process has no output ${quote(outputID)}.${didYouMean(outputID, known)} It has: ${listed(known)}.`,
    });
  }
}

export class UnknownPath extends Refusal {
  static override readonly name: string = 'UnknownPath';
  constructor(path: string) {
    super(404, ExceptionType.blank, 'Not found', {
      detail: `There is no resource at ${quote(path)}. The landing page links to all resources.`,
    });
  }
}

export class MethodNotAllowed extends Refusal {
  static override readonly name: string = 'MethodNotAllowed';
  constructor(method: string, allowed: readonly string[]) {
    super(405, ExceptionType.blank, 'Method not allowed', {
      detail: `${method} is not supported here. Supported: ${allowed.join(', ')}.`,
      headers: { Allow: allowed.join(', ') },
    });
  }
}

export class NotAcceptable extends Refusal {
  static override readonly name: string = 'NotAcceptable';
  constructor(offered: readonly string[]) {
    super(406, ExceptionType.blank, 'Not acceptable', {
      detail: `None of the requested media types is available. Available: ${offered.join(', ')}.`,
    });
  }
}

export class UnsupportedMediaType extends Refusal {
  static override readonly name: string = 'UnsupportedMediaType';
  constructor(mediaType: string, supported: readonly string[]) {
    super(415, ExceptionType.blank, 'Unsupported media type', {
      detail: `The body is ${quote(mediaType)}. Supported: ${supported.join(', ')}.`,
    });
  }
}

/** A compressed body; the answer says with a header that none are taken (RFC 9110, 15.5.16). */
export class UnsupportedContentEncoding extends Refusal {
  static override readonly name: string = 'UnsupportedContentEncoding';
  constructor(encoding: string) {
    super(415, ExceptionType.blank, 'Unsupported media type', {
      detail: `The body is encoded as ${quote(encoding)}. Send it uncompressed, without Content-Encoding; send large inputs by reference, and local files by POST /uploads.`,
      headers: { 'Accept-Encoding': 'identity' },
    });
  }
}

/** A synchronous execution took longer than a response may take. */
export class SyncTimeout extends Refusal {
  static override readonly name: string = 'SyncTimeout';
  constructor(seconds: number) {
    super(504, ExceptionType.syncTimeout, 'The synchronous execution took too long', {
      detail: `The process did not end within ${seconds} s. Send "Prefer: respond-async" to run it as a job.`,
    });
  }
}

/** Whatever the service waits for does not come while a client may be kept waiting. */
export class GatewayTimeout extends Refusal {
  static override readonly name: string = 'GatewayTimeout';
  constructor() {
    super(504, ExceptionType.blank, 'The response took too long', {
      detail:
        'The service could not respond in time. Try again, request less at once, or send "Prefer: respond-async" to run a process as a job.',
    });
  }
}

/**
 * The refusal that a problem document describes: what a worker reported is passed on as it is.
 *
 * @param headers of the response that tells it.
 */
export function refusalFromProblem(
  problem: {
    readonly type: string;
    readonly title: string;
    readonly status: number;
    readonly detail?: string;
    readonly errors?: readonly Fault[];
  },
  headers: RefusalOptions['headers'] = {},
): Refusal {
  return new Refusal(problem.status, problem.type, problem.title, {
    headers,
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    ...(problem.errors === undefined ? {} : { faults: problem.errors }),
  });
}

/** A job was cancelled while it ran; ends the run and is never shown to a client. */
export class Dismissed extends Error {
  static override readonly name: string = 'Dismissed';

  constructor(jobID: string) {
    super(`Job ${jobID} was dismissed`);
    this.name = Dismissed.name;
  }
}
