/** A GeoTIFF that stands in a request itself, as that of an example does; undefined for whatever else. */
export function rasterFile(input: unknown): Blob | undefined {
  const { value, mediaType, encoding } = (input ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof value !== 'string' || encoding !== 'base64' || !String(mediaType).startsWith('image/tiff'))
    return undefined;
  try {
    return new Blob([Uint8Array.from(atob(value), (character) => character.charCodeAt(0))]);
  } catch {
    return undefined;
  }
}
