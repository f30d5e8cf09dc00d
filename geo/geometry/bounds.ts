/** A bounding box in the units of a CRS, x/easting/longitude first. */
export type Bounds = readonly [xmin: number, ymin: number, xmax: number, ymax: number];
