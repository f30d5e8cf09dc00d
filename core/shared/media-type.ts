/** A media type without its parameters, in lower case. */
export const parseEssence = (mediaType: string): string =>
  mediaType.replace(/;.*$/s, '').trim().toLowerCase();

/** Whether a media type is `application/json` or has the suffix `+json` (RFC 6839). */
export const isJson = (mediaType: string): boolean =>
  /^application\/(.+\+)?json$/.test(parseEssence(mediaType));
