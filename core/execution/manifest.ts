/** One result as it is kept: small values inline, large ones as an object in the bucket. */
export interface ResultEntry {
  readonly id: string;
  /** Media type of the bare representation. */
  readonly mediaType: string;
  /** Bytes of the bare representation. */
  readonly size: number;
  /** How `content` is written; a `json` value travels as it is, `base64` stands for bytes. */
  readonly encoding: 'json' | 'text' | 'base64';
  /** Present where the result is small. */
  readonly content?: unknown;
  /** Key in the bucket where it is not. */
  readonly key?: string;
}

/** What an execution produced; written to the bucket for jobs, returned by the worker for synchronous calls. */
export interface ResultManifest {
  readonly processID: string;
  readonly outputs: readonly ResultEntry[];
}

/** Results up to this many bytes are kept inside the manifest. */
export const MANIFEST_VALUE_BYTES = 32 * 1024;

/** The bytes of an inline entry. */
export function entryBytes({ encoding, content }: ResultEntry): Uint8Array {
  if (encoding === 'base64') return new Uint8Array(Buffer.from(content as string, 'base64'));
  return new TextEncoder().encode(encoding === 'json' ? JSON.stringify(content) : (content as string));
}
