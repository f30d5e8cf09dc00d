export interface TiffOptions {
  readonly tags?: Readonly<
    Record<number, readonly number[] | { readonly count: number; readonly at?: number }>
  >;
  readonly blocks?: readonly Uint8Array[];
  readonly big?: boolean;
  /** Where the next directory is said to be; 0 for none, -1 for the same again. */
  readonly next?: number;
}

/** A grey image of 16 x 16 bytes in one tile, with its place on the ground, and whatever the tags say otherwise. */
export function tiff({
  tags = {},
  blocks = [new Uint8Array(256)],
  big = false,
  next = 0,
}: TiffOptions = {}): Uint8Array {
  const head = big ? 16 : 8;
  const offsets: number[] = [];
  let length = head;
  for (const block of blocks) {
    offsets.push(length);
    length += block.length;
  }
  const all: Record<number, readonly number[] | { readonly count: number; readonly at?: number }> = {
    256: [16],
    257: [16],
    258: [8],
    259: [1],
    262: [1],
    277: [1],
    322: [16],
    323: [16],
    324: offsets,
    325: blocks.map((block) => block.length),
    ...tags,
  };
  const numbers = Object.keys(all)
    .map(Number)
    .filter((tag) => all[tag])
    .sort((a, b) => a - b);
  const [countBytes, entryBytes, inline] = big ? [8, 20, 2] : [2, 12, 1];
  const directory = Buffer.alloc(countBytes + numbers.length * entryBytes + (big ? 8 : 4));
  const put = (value: number, at: number, buffer = directory) =>
    big ? buffer.writeBigUInt64LE(BigInt(value), at) : buffer.writeUInt32LE(value, at);
  if (big) directory.writeBigUInt64LE(BigInt(numbers.length), 0);
  else directory.writeUInt16LE(numbers.length, 0);
  const lists: Buffer[] = [];
  let listAt = length + directory.length;
  for (const [index, tag] of numbers.entries()) {
    const value = all[tag]!;
    const at = countBytes + index * entryBytes;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(big ? 16 : 4, at + 2);
    const values: readonly number[] = 'count' in value ? [value.at ?? 0] : value;
    put('count' in value ? value.count : values.length, at + 4);
    const place = at + (big ? 12 : 8);
    if ('count' in value || values.length <= 1 || (inline === 2 && values.length <= 1))
      put(values[0] ?? 0, place);
    else {
      const list = Buffer.alloc(values.length * (big ? 8 : 4));
      for (const [number, item] of values.entries()) put(item, number * (big ? 8 : 4), list);
      put(listAt, place);
      lists.push(list);
      listAt += list.length;
    }
  }
  put(next === -1 ? length : next, directory.length - (big ? 8 : 4));
  const start = Buffer.alloc(head);
  start.write('II');
  start.writeUInt16LE(big ? 43 : 42, 2);
  if (big) start.writeUInt16LE(8, 4);
  put(length, big ? 8 : 4, start);
  return Buffer.concat([start, ...blocks, directory, ...lists]);
}
