import * as flatbuffers from 'flatbuffers';
import { Feature } from 'flatgeobuf/lib/mjs/flat-geobuf/feature.js';
import { Header } from 'flatgeobuf/lib/mjs/flat-geobuf/header.js';

const [MAGIC, PREFIX, NODE, NODE_SIZE] = [8, 4, 40, 16];
/** Place of the size of the index's nodes in the table of the header. */
const INDEX_NODE_SIZE = 22;

type Box = readonly [west: number, south: number, east: number, north: number];

/** A FlatGeobuf of points with a packed R-tree, from one without: features stay in their order. */
export function addIndex(source: Uint8Array): Uint8Array {
  const bytes = Buffer.from(source);
  const buffer = new flatbuffers.ByteBuffer(new Uint8Array(bytes.subarray(MAGIC)));
  const header = Header.getSizePrefixedRootAsHeader(buffer);
  const place = buffer.__offset(header.bb_pos, INDEX_NODE_SIZE);
  bytes.writeUInt16LE(NODE_SIZE, MAGIC + header.bb_pos + place);
  const start = MAGIC + PREFIX + bytes.readUInt32LE(MAGIC);
  const leaves: { box: Box; offset: number }[] = [];
  for (let at = start; at < bytes.length; at += PREFIX + bytes.readUInt32LE(at)) {
    const end = at + PREFIX + bytes.readUInt32LE(at);
    const one = new flatbuffers.ByteBuffer(new Uint8Array(bytes.subarray(at, end)));
    const [x = 0, y = 0] = Feature.getSizePrefixedRootAsFeature(one).geometry()?.xyArray() ?? [];
    leaves.push({ box: [x, y, x, y], offset: at - start });
  }
  return Buffer.concat([bytes.subarray(0, start), makeTree(leaves), bytes.subarray(start)]);
}

function makeTree(leaves: readonly { box: Box; offset: number }[]): Buffer {
  const levels = [leaves.map(({ box }) => box)];
  while ((levels.at(-1)?.length ?? 1) > 1) {
    const below = levels.at(-1) ?? [];
    levels.push(
      Array.from({ length: Math.ceil(below.length / NODE_SIZE) }, (_, index) =>
        merge(below.slice(index * NODE_SIZE, (index + 1) * NODE_SIZE)),
      ),
    );
  }
  const counts = levels.map(({ length }) => length);
  const starts = counts.map((_, level) => counts.slice(level + 1).reduce((sum, count) => sum + count, 0));
  const tree = Buffer.alloc(counts.reduce((sum, count) => sum + count, 0) * NODE);
  for (const [level, boxes] of levels.entries()) {
    for (const [index, box] of boxes.entries()) {
      const at = ((starts[level] ?? 0) + index) * NODE;
      for (const [edge, value] of box.entries()) tree.writeDoubleLE(value, at + edge * 8);
      // A leaf says where its feature is, any other node where its children are.
      const target =
        level === 0 ? (leaves[index]?.offset ?? 0) : (starts[level - 1] ?? 0) + index * NODE_SIZE;
      tree.writeBigUInt64LE(BigInt(target), at + 32);
    }
  }
  return tree;
}

const merge = (boxes: readonly Box[]): Box => [
  Math.min(...boxes.map(([west]) => west)),
  Math.min(...boxes.map(([, south]) => south)),
  Math.max(...boxes.map(([, , east]) => east)),
  Math.max(...boxes.map(([, , , north]) => north)),
];
