/** What a band of an image shows, in the words of GDAL. */
export const colorInterpretations = [
  'undefined',
  'gray',
  'palette',
  'red',
  'green',
  'blue',
  'alpha',
  'cyan',
  'magenta',
  'yellow',
  'black',
] as const;
export type ColorInterpretation = (typeof colorInterpretations)[number];
