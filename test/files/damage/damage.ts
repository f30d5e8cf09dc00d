import { unzipSync, type ZipOptions, zipSync } from 'fflate';
import { below, type Random, randomFrom } from './random.ts';

/** What is done to a file, and how often, compared with the others. */
const kinds: readonly (readonly [times: number, name: string, change: Change])[] = [
  [3, 'truncated', truncated],
  [4, 'bits flipped', bitsFlipped],
  [3, 'bits flipped at the start', (bytes, random) => bitsFlipped(bytes, random, [0, EDGE])],
  [
    3,
    'bits flipped at the end',
    (bytes, random) => bitsFlipped(bytes, random, [bytes.length - EDGE, bytes.length]),
  ],
  [3, 'a number made extreme', numberMadeExtreme],
  [2, 'bytes overwritten', bytesOverwritten],
  [1, 'a piece left out', pieceLeftOut],
  [1, 'a piece repeated', pieceRepeated],
];

type Change = (bytes: Uint8Array, random: Random) => Uint8Array;

/** Bytes of headers and footers. */
const EDGE = 400;

export interface Damaged {
  readonly bytes: Uint8Array;
  /** What was done, for whoever looks into it. */
  readonly how: string;
}

/** The time of its making would differ from one damage to the next: archives hold it in steps of two seconds. */
const archived: ZipOptions = { level: 1, mtime: new Date(2000, 0, 1) };

/** A damaged copy of a file; the same for the same seed. In archives that are sound themselves, a part is damaged half of the time. */
export function damage(sound: Uint8Array, seed: string): Damaged {
  // Slices of a Buffer are no copies, and its memory is shared with others.
  const bytes = new Uint8Array(sound);
  const random = randomFrom(seed);
  const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isArchive || random() < 0.5) return changed(bytes, random);
  const parts = unzipSync(bytes);
  const names = Object.keys(parts);
  const name = names[below(random, names.length)]!;
  if (random() < 0.1) {
    delete parts[name];
    return { bytes: zipSync(parts, archived), how: `without ${name}` };
  }
  const { bytes: part, how } = changed(parts[name]!, random);
  return { bytes: zipSync({ ...parts, [name]: part }, archived), how: `${name}: ${how}` };
}

function changed(bytes: Uint8Array, random: Random): Damaged {
  let left = below(
    random,
    kinds.reduce((sum, [times]) => sum + times, 0),
  );
  const [, how, change] = kinds.find(([times]) => {
    left -= times;
    return left < 0;
  })!;
  return { bytes: bytes.length === 0 ? bytes : change(bytes, random), how };
}

function truncated(bytes: Uint8Array, random: Random): Uint8Array {
  // Also by a few bytes only.
  const cut = random() < 0.3 ? 1 + below(random, 64) : below(random, bytes.length);
  return bytes.slice(0, Math.max(0, bytes.length - cut));
}

function bitsFlipped(
  bytes: Uint8Array,
  random: Random,
  [first, end]: readonly [number, number] = [0, bytes.length],
): Uint8Array {
  const copy = bytes.slice();
  const start = Math.max(0, first);
  const length = Math.min(bytes.length, end) - start;
  for (let times = 1 + below(random, 4); times > 0; times--) {
    const place = start + below(random, length);
    copy[place]! ^= 1 << below(random, 8);
  }
  return copy;
}

const extremes = [0, 1, -1, 0x7fff_ffff, -0x8000_0000, 0x0100_0000, 0x1000_0000, 0x0000_ffff, 100_000_000];

function numberMadeExtreme(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  if (copy.length < 4) return copy;
  // Half of them where headers are; aligned as numbers mostly are.
  const bound = random() < 0.5 ? Math.min(copy.length, EDGE) : copy.length;
  const place = Math.min(copy.length - 4, below(random, bound) & ~1);
  view.setInt32(place, extremes[below(random, extremes.length)]!, random() < 0.8);
  return copy;
}

function bytesOverwritten(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice();
  const [start, end] = piece(copy, random);
  const fill = [0, 0xff, 0x20, -1][below(random, 4)]!;
  for (let place = start; place < end; place++) copy[place] = fill === -1 ? below(random, 256) : fill;
  return copy;
}

function pieceLeftOut(bytes: Uint8Array, random: Random): Uint8Array {
  const [start, end] = piece(bytes, random);
  return new Uint8Array(Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]));
}

function pieceRepeated(bytes: Uint8Array, random: Random): Uint8Array {
  const [start, end] = piece(bytes, random);
  return new Uint8Array(Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]));
}

function piece(bytes: Uint8Array, random: Random): [number, number] {
  const start = below(random, bytes.length);
  return [start, Math.min(bytes.length, start + 1 + below(random, 200))];
}
