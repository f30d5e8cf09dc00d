/** A media type without its parameters, in lower case. */
export const parseEssence = (mediaType: string): string =>
  mediaType.replace(/;.*$/s, '').trim().toLowerCase();

export const isJson = (mediaType: string): boolean =>
  /^application\/(.+\+)?json$/.test(parseEssence(mediaType));
