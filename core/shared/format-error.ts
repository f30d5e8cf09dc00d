import { InvalidInput, Refusal } from './errors.ts';

/**
 * A file is not what its format asks for: it is of another kind, cut off or damaged, or uses a part of the format that
 * is not supported. Readers throw it; whatever else they throw is a fault of the service and never told as the client's.
 */
export class FormatError extends Error {
  static override readonly name: string = 'FormatError';
  /** @param reason sentence about the file, which it calls "it". */
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = new.target.name;
  }
}

/**
 * The file is sound, as far as its reader can tell, but uses a part of the format that the reader leaves out: another may
 * read it.
 */
export class BeyondReader extends FormatError {
  static override readonly name: string = 'BeyondReader';
  /** What was lost when another reads it, in a sentence. */
  readonly remark: string | undefined;
  /** Of the format that the file seems to be meant as, where it is another than that of the reader. */
  readonly title: string | undefined;

  constructor(reason: string, remark?: string, title?: string) {
    super(reason);
    this.remark = remark;
    this.title = title;
  }
}

/** A file could not be fetched while a library was parsing it: none of the library's business, and not the file's fault. */
export class SourceFailure extends Error {
  constructor(cause: unknown) {
    super('The file could not be fetched', { cause });
    this.name = 'SourceFailure';
  }
}

/**
 * Calls a library that parses a file. Libraries stumble over damage with errors of any kind; what they throw becomes
 * a FormatError. Wrap the call of the library alone: errors of our own must stay what they are.
 */
export function parsing<T>(parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw blamingFile(cause);
  }
}

/** The same for a library that answers later. */
export async function parsingAsync<T>(parse: () => Promise<T>): Promise<T> {
  try {
    return await parse();
  } catch (cause) {
    throw blamingFile(cause);
  }
}

const DAMAGED = 'it is damaged: the sizes and offsets in it do not match its bytes.';

function blamingFile(cause: unknown): unknown {
  const known = cause instanceof Refusal || cause instanceof FormatError || cause instanceof SourceFailure;
  if (known || isSystemError(cause)) return cause;
  // What a library says when it stumbles is about its own code, and no help to whoever sent the file.
  const stumbled = cause instanceof TypeError || cause instanceof RangeError;
  return new FormatError(stumbled ? DAMAGED : readMessage(cause), { cause });
}

/** What the operating system says, such as that a disk is full. */
const isSystemError = (error: unknown): boolean =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string';

/** How V8 and Node.js say that a place is not within the bytes of a file: numbers in a damaged file lead anywhere. */
const OUTSIDE =
  /outside the bounds|out of bounds|out of range|^Invalid (typed array|DataView|array) length|^Invalid array buffer length|should be a multiple of/i;

const leadsOutside = (error: unknown): error is RangeError =>
  error instanceof RangeError && OUTSIDE.test(error.message);

/**
 * What is thrown on for an error of a reader: an InvalidInput at the pointer where the file is at fault, else the error
 * itself. @param title of the format, for example `FlatGeobuf`
 */
export function readingError(error: unknown, pointer: string, title: string): unknown {
  if (error instanceof SourceFailure) return error.cause;
  if (!(error instanceof FormatError) && !leadsOutside(error)) return error;
  const reason = error instanceof FormatError ? sentence(error.message) : DAMAGED;
  return new InvalidInput(pointer, `cannot be read as ${title}: ${reason}`, error);
}

const readMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);
