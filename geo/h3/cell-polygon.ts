import type { Geometry, Position } from 'geojson';
import { cellToBoundary } from 'h3-js';
import { itemAt } from '../../core/shared/item-at.ts';
import { cutAtAntimeridian } from '../geodesy/antimeridian.ts';
import type { Geos } from '../geos/geos.ts';

/**
 * Polygon of an H3 cell in CRS84, cut at the antimeridian, its corners joined by straight lines in longitude and
 * latitude. One around a pole has an edge along the pole, as in maps of the whole world.
 */
export function polygonFromCell(cell: string, geos: Geos): Geometry {
  const corners = cellToBoundary(cell, true).slice(0, -1);
  const turns = corners.map((corner, index) =>
    eastwards(corner, itemAt(corners, (index + 1) % corners.length)),
  );
  // Counter-clockwise is to the east around the North Pole, and to the west around the South Pole.
  const around = Math.round(turns.reduce((sum, turn) => sum + turn) / 360);
  if (around !== 0) return aroundPole(corners, turns, around > 0 ? 1 : -1);
  const ring: Position[] = [itemAt(corners, 0)];
  for (const [index, [longitude = 0, latitude = 0]] of corners.slice(1).entries()) {
    // Whole turns are added to the longitude itself, so that all its digits stay.
    const [before = 0] = itemAt(ring, index);
    const expected = before + (turns[index] ?? 0);
    ring.push([longitude + 360 * Math.round((expected - longitude) / 360), latitude]);
  }
  return cutAtAntimeridian({ type: 'Polygon', coordinates: [[...ring, itemAt(ring, 0)]] }, geos);
}

/** Degrees of longitude from one corner to another the short way, negative to the west: edges are great circles. */
function eastwards([from = 0]: Position, [to = 0]: Position): number {
  const degrees = to - from;
  return degrees - 360 * Math.round(degrees / 360);
}

/** Opened where it crosses the antimeridian, and led along that to the pole and back. */
function aroundPole(corners: readonly Position[], turns: readonly number[], side: 1 | -1): Geometry {
  const last = corners.findIndex(([longitude = 0], index) => Math.abs(longitude + (turns[index] ?? 0)) > 180);
  const [a, b] = [itemAt(corners, last), itemAt(corners, (last + 1) % corners.length)];
  const share = (180 * side - (a[0] ?? 0)) / (turns[last] ?? 0);
  const latitude = (a[1] ?? 0) + share * ((b[1] ?? 0) - (a[1] ?? 0));
  const [start, end] = [-180 * side, 180 * side];
  const ring = [
    [start, latitude],
    ...corners.slice(last + 1),
    ...corners.slice(0, last + 1),
    [end, latitude],
    [end, 90 * side],
    [start, 90 * side],
    [start, latitude],
  ];
  return { type: 'Polygon', coordinates: [ring] };
}
