import * as refusals from '../../core/shared/errors.ts';
import { type Fault, Refusal } from '../../core/shared/errors.ts';

/** Errors below errors that cross at most. */
const DEEPEST = 8;

/** An error on its way between threads: plain data, of which the other side makes the same error. */
export interface SentError {
  /** Of the class; what `String(error)` begins with. */
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  /** As Node.js and the AWS SDK have it, for example `ERR_WORKER_OUT_OF_MEMORY` or `ENOSPC`. */
  readonly code?: string | number;
  readonly cause?: SentError | SentValue;
  /** What a refusal tells the client. */
  readonly refusal?: SentRefusal;
}

interface SentRefusal {
  readonly status: number;
  readonly type: string;
  readonly title: string;
  readonly detail?: string;
  readonly faults: readonly Fault[];
  readonly headers: Readonly<Record<string, string>>;
}

/** Something else that was thrown. */
interface SentValue {
  readonly thrown: unknown;
}

/** What can be sent of an error: all that the client and the log see of it, its causes included. */
export function encodeError(error: unknown, depth = 0): SentError | SentValue {
  if (!(error instanceof Error)) return { thrown: isPlain(error) ? error : String(error) };
  const { name, message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    name,
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(cause === undefined || depth >= DEEPEST ? {} : { cause: encodeError(cause, depth + 1) }),
    ...(error instanceof Refusal ? { refusal: refusalIn(error) } : {}),
  };
}

function refusalIn({ status, type, title, detail, faults, headers }: Refusal): SentRefusal {
  return {
    status,
    type,
    title,
    ...(detail === undefined ? {} : { detail }),
    faults: faults.map(({ pointer, detail }) => ({ pointer, detail })),
    headers,
  };
}

/** The error that was sent. It is of the same class if that is one of the language or one of this project's refusals. */
export function decodeError(sent: SentError | SentValue): unknown {
  if ('thrown' in sent) return sent.thrown;
  const { name, message, stack, code, cause, refusal } = sent;
  const options = cause === undefined ? {} : { cause: decodeError(cause) };
  const error = refusal
    ? new Refusal(refusal.status, refusal.type, refusal.title, { ...refusal, ...options })
    : new Error(message, options);
  const prototype = classes.get(name);
  if (prototype) Object.setPrototypeOf(error, prototype);
  if (error.name !== name) error.name = name;
  Object.defineProperty(error, 'stack', { value: stack, writable: true, configurable: true });
  return code === undefined ? error : Object.assign(error, { code });
}

/** Classes that both sides know, by the name of their errors. */
const classes = new Map(
  [
    ...Object.values(refusals),
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
  ].flatMap((known): [string, object][] =>
    typeof known === 'function' && known.prototype instanceof Error ? [[known.name, known.prototype]] : [],
  ),
);

const isPlain = (value: unknown): boolean =>
  value === null || ['string', 'number', 'boolean', 'bigint', 'undefined'].includes(typeof value);

/** Whether a thread has ended because its own memory was full: the process goes on. */
export const isOutOfMemory = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY';

/** Whether the temporary files of a run have filled the disk, as the system or SQLite says it; also as the cause of another error. */
export function isOutOfSpace(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > DEEPEST) return false;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || (code === 'ERR_SQLITE_ERROR' && /disk is full/.test(error.message))) return true;
  return isOutOfSpace(error.cause, depth + 1);
}

/** Whether WebAssembly has stopped in the middle of its work: because its memory or its stack was full, for example. */
export const isTrap = (error: unknown): error is Error =>
  error instanceof Error &&
  (error.name === 'RuntimeError' || (error instanceof RangeError && /wasm/.test(error.stack ?? '')));
