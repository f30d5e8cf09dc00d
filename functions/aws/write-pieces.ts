import type { ObjectPiece } from '../../core/ports.ts';

/** Bytes that S3 wants of each part of an upload but the last. */
export const LEAST_BYTES = 5 * 1024 * 1024;
/** Bytes that are collected before they are sent. */
const COLLECTED = 8 * 1024 * 1024;
/** Bytes that are copied by one request: S3 takes 5 GiB, smaller ones are copied at the same time. */
const COPIED = 512 * 1024 * 1024;
/** Requests at the same time. */
const AT_ONCE = 8;

/** An upload in parts, numbered from 1 on. */
export interface PartedUpload {
  upload(number: number, bytes: Uint8Array): Promise<void>;
  /** Copies a range of another object, without its bytes passing through here. */
  copy(number: number, key: string, offset: number, length: number): Promise<void>;
  read(key: string, offset: number, length: number): Promise<Uint8Array>;
}

/**
 * Sends pieces one after the other as parts that S3 takes: ranges of objects are copied but for what it takes to fill up the
 * bytes before them to the least size of a part, and those that are smaller than that, which are read and sent.
 */
export async function writePieces(
  pieces: AsyncIterable<ObjectPiece> | Iterable<ObjectPiece>,
  target: PartedUpload,
): Promise<void> {
  let number = 0;
  let collected: Uint8Array[] = [];
  let size = 0;
  const underWay = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  const begin = async (send: (number: number) => Promise<void>) => {
    while (underWay.size >= AT_ONCE) await Promise.race(underWay);
    if (failure) throw failure.error;
    const sending: Promise<void> = send(++number)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => underWay.delete(sending));
    underWay.add(sending);
  };
  const flush = async () => {
    const bytes = Buffer.concat(collected);
    collected = [];
    size = 0;
    await begin((part) => target.upload(part, bytes));
  };
  const collect = async (bytes: Uint8Array) => {
    collected.push(bytes);
    size += bytes.length;
    if (size >= COLLECTED) await flush();
  };
  const copy = async (key: string, offset: number, length: number) => {
    let [at, left] = [offset, length];
    if (size > 0 && size < LEAST_BYTES) {
      const filling = Math.min(left, LEAST_BYTES - size);
      await collect(await target.read(key, at, filling));
      [at, left] = [at + filling, left - filling];
    }
    if (left >= LEAST_BYTES && size > 0) await flush();
    while (left >= LEAST_BYTES) {
      // What is left is nothing, or enough for a part of its own.
      const taken = left < COPIED + LEAST_BYTES ? left : COPIED;
      const from = at;
      await begin((part) => target.copy(part, key, from, taken));
      [at, left] = [at + taken, left - taken];
    }
    if (left > 0) await collect(await target.read(key, at, left));
  };
  try {
    for await (const piece of pieces)
      if (piece instanceof Uint8Array) await collect(piece);
      else await copy(piece.key, piece.offset, piece.length);
    if (size > 0 || number === 0) await flush();
  } finally {
    await Promise.all(underWay);
  }
  if (failure) throw failure.error;
}
