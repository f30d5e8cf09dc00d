/** A plane without a place on the ground, under which drivers tell that they know none. */
export const isPlaceless = (wkt: string): boolean => /^(?:ENGCRS|LOCAL_CS|ENGINEERINGCRS)\b/i.test(wkt);
