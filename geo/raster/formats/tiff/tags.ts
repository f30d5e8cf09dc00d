import type { TiffImage, TiffTag } from '@cogeotiff/core';
import { FormatError, parsingAsync } from '../../../../core/shared/format-error.ts';

/** The first value of a tag. */
export async function readTagNumber(
  image: TiffImage,
  tag: TiffTag | number,
  otherwise: number,
): Promise<number> {
  const value = (await readTagNumbers(image, tag, [otherwise]))[0];
  return value ?? otherwise;
}

/**
 * Values of a tag; the reader of headers gives one number, many, or an array of a type.
 *
 * @throws FormatError
 */
export async function readTagNumbers(
  image: TiffImage,
  tag: TiffTag | number,
  otherwise: readonly number[] = [],
): Promise<ArrayLike<number>> {
  const value = await fetchValue(image, tag);
  if (value === undefined || value === null) return otherwise;
  if (typeof value === 'number') return [value];
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return value as unknown as ArrayLike<number>;
  throw new FormatError(`its tag ${tag} is not a number`);
}

/** The text of a tag, without what fills it up; undefined where there is none. */
export async function readTagText(image: TiffImage, tag: TiffTag | number): Promise<string | undefined> {
  const value = await fetchValue(image, tag);
  if (value === undefined || value === null) return undefined;
  // The reader of headers makes a character of each byte.
  const text = Buffer.from(String(value), 'latin1').toString();
  return text.replaceAll('\0', '').trim();
}

async function fetchValue(image: TiffImage, tag: TiffTag | number): Promise<unknown> {
  return image.has(tag as never) ? parsingAsync(() => image.fetch(tag as never)) : undefined;
}
