/** A feature of the overlay and its distance, in the unit of the neighbourhood. */
export interface Neighbour {
  readonly position: number;
  readonly distance: number;
}

/** Distances of overlay features by their positions. */
export type Distances = Map<number, number>;

/** Lets others run when that is due: then there is something to wait for. */
export type Breathe = () => Promise<void> | undefined;

/** The overlay as seen from one feature. */
export interface Neighbourhood {
  /** Some near features, `count` if there are as many, each with a distance that is not below its own. */
  seeds(count: number): Distances;
  /**
   * The exact distances of the features within a distance, or at least of the `count` nearest of them. Others
   * may be missing, or be there with too large a distance.
   */
  within(distance: number, count: number, breathe: Breathe): Promise<Distances>;
}

/**
 * The `count` nearest overlay features, ties by position. Seeds bound the distance, within which all are
 * measured: no feature is missed, and few are measured.
 *
 * @param most distance up to which neighbours count; Infinity for all.
 */
export async function findKNearest(
  neighbourhood: Neighbourhood,
  count: number,
  most: number,
  breathe: Breathe,
): Promise<Neighbour[]> {
  const bound = Math.min(most, kthDistance(neighbourhood.seeds(count), count));
  const found = await neighbourhood.within(bound, count, breathe);
  return [...found]
    .map(([position, distance]) => ({ position, distance }))
    .filter(({ distance }) => distance <= bound)
    .sort((one, other) => one.distance - other.distance || one.position - other.position)
    .slice(0, count);
}

/** The distance of the last of the `count` nearest; Infinity while there are fewer. */
const kthDistance = (distances: Distances, count: number): number =>
  [...distances.values()].sort((one, other) => one - other)[count - 1] ?? Infinity;
