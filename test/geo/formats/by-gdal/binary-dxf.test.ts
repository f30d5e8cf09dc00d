import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isBinaryDxf, textOfBinaryDxf } from '../../../../geo/formats/by-gdal/binary-dxf.ts';
import { readLayer } from '../../../../geo/formats/read.ts';
import { bytesSource, makeRunContext } from '../support.ts';

type Group = readonly [
  code: number,
  value: string | number,
  size?: 'byte' | 'int16' | 'int32' | 'int64' | 'chunk',
];

/** A line from 5, 52 to 6, 53 on the layer "roads". */
const line: readonly Group[] = [
  [0, 'SECTION'],
  [2, 'ENTITIES'],
  [0, 'LINE'],
  [8, 'roads'],
  [62, -3, 'int16'],
  [10, 5],
  [20, 52],
  [11, 6],
  [21, 53],
  [0, 'ENDSEC'],
  [0, 'EOF'],
];

/** @param codeBytes 1 as up to release 12, 2 as from release 13 on */
function binary(groups: readonly Group[], codeBytes: 1 | 2): Uint8Array {
  const buffer = (size: number, write: (bytes: Buffer) => void): Buffer => {
    const bytes = Buffer.alloc(size);
    write(bytes);
    return bytes;
  };
  const codeOf = (code: number): Buffer =>
    codeBytes === 2
      ? buffer(2, (bytes) => bytes.writeUInt16LE(code))
      : code < 255
        ? Buffer.from([code])
        : buffer(3, (bytes) => bytes.writeUInt16LE(code, bytes.writeUInt8(255)));
  const bytesOf = ([, value, size]: Group): Buffer => {
    if (size === 'chunk')
      return Buffer.concat([Buffer.from([String(value).length / 2]), Buffer.from(String(value), 'hex')]);
    if (typeof value === 'string') return Buffer.from(`${value}\0`, 'latin1');
    if (size === 'byte') return Buffer.from([value]);
    if (size === 'int16') return buffer(2, (bytes) => bytes.writeInt16LE(value));
    if (size === 'int32') return buffer(4, (bytes) => bytes.writeInt32LE(value));
    if (size === 'int64') return buffer(8, (bytes) => bytes.writeBigInt64LE(BigInt(value)));
    return buffer(8, (bytes) => bytes.writeDoubleLE(value));
  };
  const start = Buffer.from('AutoCAD Binary DXF\r\n\u001a\0', 'latin1');
  return Buffer.concat([start, ...groups.flatMap((group) => [codeOf(group[0]), bytesOf(group)])]);
}

describe('a drawing in binary DXF', () => {
  for (const codeBytes of [1, 2] as const)
    it(`is read as one in text, with codes of ${codeBytes} bytes`, async () => {
      const bytes = binary(line, codeBytes);
      assert.ok(isBinaryDxf(bytes));
      const source = bytesSource(bytes, { href: 'https://example.org/roads.dxf' });
      const { features } = await readLayer(source, makeRunContext());
      assert.deepEqual(
        features.map(({ geometry, properties }) => [geometry, properties['Layer']]),
        [
          [
            {
              type: 'LineString',
              coordinates: [
                [5, 52],
                [6, 53],
              ],
            },
            'roads',
          ],
        ],
      );
    });

  it('keeps the values of groups of each kind, and the bytes of texts', () => {
    const groups: readonly Group[] = [
      [0, 'SECTION'],
      [1, 'C\u00f4te'],
      [40, 0.1],
      [70, -7, 'int16'],
      [90, -70000, 'int32'],
      [160, 1e12, 'int64'],
      [290, 1, 'byte'],
      [310, '00FF10', 'chunk'],
      [1071, 5, 'int32'],
      [0, 'EOF'],
    ];
    assert.equal(
      Buffer.from(textOfBinaryDxf(binary(groups, 2))).toString('latin1'),
      '0\nSECTION\n1\nC\u00f4te\n40\n0.1\n70\n-7\n90\n-70000\n160\n1000000000000\n290\n1\n310\n00FF10\n1071\n5\n0\nEOF\n',
    );
  });

  it('is refused where it ends inside of a group, or has a code of no kind', () => {
    assert.throws(() => textOfBinaryDxf(binary(line, 2).subarray(0, 60)), /ends inside of a group/);
    assert.throws(
      () =>
        textOfBinaryDxf(
          binary(
            [
              [0, 'SECTION'],
              [2000, 1],
            ],
            2,
          ),
        ),
      /group code 2000/,
    );
  });
});
