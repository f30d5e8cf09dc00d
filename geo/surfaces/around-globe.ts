import { computeGridBounds } from '../raster/grid/grid.ts';
import type { Grid } from '../raster/raster.ts';
import { type Sites, sharedDoubles } from './sites.ts';

const TURN = 360;

/**
 * Whether points reach pixels of a grid the shorter way round the globe, each from one place: longitudes of any radius of half a turn
 * or more, or without one.
 */
export const reachesAllRound = (grid: Grid, radius: number | undefined): boolean =>
  grid.crs?.isGeographic === true && (radius === undefined || radius >= TURN / 2);

/**
 * The points that reach pixels of a grid: on a geographic grid those as well that do so round the globe, from beyond the other
 * end of it.
 */
export function aroundGlobe(grid: Grid, sites: Sites, radius: number | undefined): Sites {
  if (!grid.crs?.isGeographic || radius === undefined || radius >= TURN / 2) return sites;
  const [west, , east] = computeGridBounds(grid);
  const copies = [...sites.xs].flatMap((x, site) =>
    [x - TURN, x + TURN].flatMap((turned) =>
      turned + radius > west && turned - radius < east ? [{ site, turned }] : [],
    ),
  );
  if (copies.length === 0) return sites;
  return {
    xs: sharedDoubles([...sites.xs, ...copies.map(({ turned }) => turned)]),
    ys: sharedDoubles([...sites.ys, ...copies.map(({ site }) => sites.ys[site] ?? 0)]),
    values: sharedDoubles([...sites.values, ...copies.map(({ site }) => sites.values[site] ?? 0)]),
  };
}
