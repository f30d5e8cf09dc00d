/** A media type without its parameters, in lower case. */
export const essenceOf = (mediaType: string): string => mediaType.replace(/;.*$/s, '').trim().toLowerCase();

export const isJson = (mediaType: string): boolean => /^application\/(.+\+)?json$/.test(essenceOf(mediaType));
