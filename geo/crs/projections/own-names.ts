/** What PROJ says of a projection in a word of its own, and what the name of the projection ends with here. */
const endings = {
  ' +R_A': '_authalic',
  ' +f=0': '_spherical',
  ' +hyperbolic': '_hyperbolic',
  ' +guam': '_guam',
} as const;
export type Ending = (typeof endings)[keyof typeof endings];

/** Semi-major axes in metres and inverse flattenings of PROJ's ellipsoids that proj4 lacks: it would take WGS 84 in silence. */
const ellipsoids: Readonly<Record<string, readonly [axis: number, inverseFlattening: number]>> = {
  GSK2011: [6378136.5, 298.2564151],
  PZ90: [6378136, 298.25784],
  WGS72: [6378135, 298.26],
};

/**
 * A definition with names that are known here: what PROJ says in words of its own becomes part of the name of the projection, as
 * proj4 overlooks them, or would move longitudes and latitudes to a sphere as well; and ellipsoids that it does not know become numbers.
 */
export function withOwnNames(definition: string): string {
  const named = definition.replace(/\+ellps=(\w+)/, (words, name: string) => {
    const size = ellipsoids[name];
    return size ? `+a=${size[0]} +rf=${size[1]}` : words;
  });
  for (const [words, ending] of Object.entries(endings))
    if (named.includes(words)) return named.replace(words, '').replace(/\+proj=(\S+)/, `+proj=$1${ending}`);
  return named;
}
