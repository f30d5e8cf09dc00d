import { FormatError } from '../../../core/shared/format-error.ts';

const SENTINEL = 'AutoCAD Binary DXF\r\n\u001a\0';

/** Whether a drawing is one in binary DXF, which GDAL reads only from its version 3.12 on. */
export const isBinaryDxf = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, SENTINEL.length)).toString('latin1') === SENTINEL;

type Kind = 'text' | 'double' | 'int16' | 'int32' | 'int64' | 'byte' | 'chunk';

/** What groups hold, by the last code of each range (AutoCAD DXF reference, group code value types). */
const kinds: readonly (readonly [last: number, kind: Kind])[] = [
  [9, 'text'],
  [59, 'double'],
  [79, 'int16'],
  [99, 'int32'],
  [109, 'text'],
  [149, 'double'],
  [169, 'int64'],
  [179, 'int16'],
  [239, 'double'],
  [289, 'int16'],
  [299, 'byte'],
  [309, 'text'],
  [319, 'chunk'],
  [369, 'text'],
  [389, 'int16'],
  [399, 'text'],
  [409, 'int16'],
  [419, 'text'],
  [429, 'int32'],
  [439, 'text'],
  [459, 'int32'],
  [469, 'double'],
  [1003, 'text'],
  [1004, 'chunk'],
  [1009, 'text'],
  [1059, 'double'],
  [1070, 'int16'],
  [1071, 'int32'],
];

/**
 * The same drawing in the DXF that is text: a line with the code of a group and one with its value. Texts keep their bytes,
 * whatever their encoding.
 *
 * @throws FormatError where it ends inside of a group, or has one whose size is not known
 */
export function textOfBinaryDxf(bytes: Uint8Array): Uint8Array {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Release 12 and earlier have a byte for a code: the first group is 0, SECTION.
  const isShort = data[SENTINEL.length + 1] !== 0;
  const lines: string[] = [];
  let at = SENTINEL.length;
  const take = (size: number): number => {
    if (at + size > data.length) throw new FormatError('it is a binary DXF that ends inside of a group');
    at += size;
    return at - size;
  };
  const readCode = (): number => {
    if (!isShort) return data.readUInt16LE(take(2));
    const code = data.readUInt8(take(1));
    return code === 255 ? data.readUInt16LE(take(2)) : code;
  };
  const readText = (): string => {
    const end = data.indexOf(0, at);
    const start = take(end === -1 ? data.length : end - at + 1);
    return data.toString('latin1', start, at - 1).replaceAll(/[\r\n]+/g, ' ');
  };
  const readers: Readonly<Record<Kind, () => string>> = {
    text: readText,
    double: () => String(data.readDoubleLE(take(8))),
    int16: () => String(data.readInt16LE(take(2))),
    int32: () => String(data.readInt32LE(take(4))),
    int64: () => String(data.readBigInt64LE(take(8))),
    byte: () => String(data.readUInt8(take(1))),
    chunk: () => {
      const size = data.readUInt8(take(1));
      const start = take(size);
      return data.toString('hex', start, at).toUpperCase();
    },
  };
  while (at < data.length) {
    const code = readCode();
    const kind = kinds.find(([last]) => code <= last)?.[1];
    if (kind === undefined)
      throw new FormatError(`it is a binary DXF with the group code ${code}, which is none of DXF`);
    const value = readers[kind]();
    lines.push(`${code}\n${value}\n`);
    if (code === 0 && value === 'EOF') break;
  }
  return Buffer.from(lines.join(''), 'latin1');
}
