/**
 * Characters that turn the direction of the text after them (Unicode Standard Annex 9: embeddings, overrides and isolates). None of
 * them is needed to write any language; in a name they make one look like another.
 */
const turning = /[\u202a-\u202e\u2066-\u2069]/g;

/** Whether a text has one of these characters. */
export const turnsDirection = (text: string): boolean => text.search(turning) >= 0;

/** The text with such characters written out, as `\u202e`: in lines that people read they would change what surrounds them. */
export const withVisibleTurns = (text: string): string =>
  text.replace(turning, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
