/** Longitudes from the central meridian, in degrees, at which a map is cut north and south of the equator. */
export interface Interruptions {
  readonly north: readonly number[];
  readonly south: readonly number[];
}

/** Of interrupted maps by the names that PROJ has for them; their ends are half a turn from the central meridian. */
export const interruptions: Readonly<Record<string, Interruptions>> = {
  igh: { north: [-40], south: [-100, -20, 80] },
  igh_o: { north: [-90, 60], south: [-60, 90] },
};
