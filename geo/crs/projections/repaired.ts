import proj4 from 'proj4';
import { EDGE, lose, type Projection, wrapped } from './formulas.ts';
import { modifiedKrovak } from './modified-krovak.ts';
import type { Place } from './place.ts';

const { projections } = proj4.Proj as unknown as {
  readonly projections: { readonly get: (name: string) => Projection };
};

/** What no place leads to has none: formulas lead it once more around the globe, or anywhere. */
function withOutline(projection: Projection): Projection {
  return {
    ...projection,
    inverse(place: Place) {
      const { x, y } = place;
      const found = projection.inverse.call(this, place) as Place | null;
      if (!found) return place;
      const { a, x0 = 0, long0 = 0 } = this;
      const edge = a * EDGE;
      const again = projection.forward.call(this, { x: found.x, y: found.y });
      if (Math.abs(again.y - y) > edge) lose(place);
      else if (!(Math.abs(again.x - x) <= edge)) {
        // At the very end of a parallel rounding leads to the other one.
        const isEnd = Math.abs(again.x + x - 2 * x0) <= edge;
        if (isEnd) place.x = long0 + Math.sign(x - x0) * Math.PI;
        else lose(place);
      } else place.x = wrapped(found.x);
      return place;
    },
  };
}

/** A projection of proj4 that leaves its false origin out on the way there. @param sign -1 where it counts the other way */
const originAdded = (projection: Projection, sign: 1 | -1 = 1): Projection => ({
  ...projection,
  forward(place: Place) {
    const moved = projection.forward.call(this, place);
    moved.x += sign * (this.x0 ?? 0);
    moved.y += sign * (this.y0 ?? 0);
    return moved;
  },
});

/** One that leaves it out on both ways. */
const originOnBothWays = (projection: Projection, sign: 1 | -1 = 1): Projection => ({
  ...originAdded(projection, sign),
  inverse(place: Place) {
    place.x -= sign * (this.x0 ?? 0);
    place.y -= sign * (this.y0 ?? 0);
    return projection.inverse.call(this, place);
  },
});

/** The view of a satellite, of which proj4 has no false origin at all, and on a sphere no horizon. */
function geostationary(): Projection {
  const projection = projections.get('geos');
  return originOnBothWays({
    ...projection,
    forward(place: Place) {
      const isSeen =
        this.es !== 0 ||
        Math.cos(place.y) * Math.cos(place.x - (this.long0 ?? 0)) * (1 + Number(this.h) / this.a) >= 1;
      const moved = projection.forward.call(this, place);
      if (!isSeen) {
        moved.x = Number.NaN;
        moved.y = Number.NaN;
      }
      return moved;
    },
  });
}

/**
 * The American polyconic projection, whose way back leads elsewhere far from the central meridian, here as in PROJ: what does not
 * come back to where it was has no place.
 */
function polyconic(): Projection {
  const projection = projections.get('poly');
  return {
    ...projection,
    inverse(place: Place) {
      const { x, y } = place;
      const found = projection.inverse.call(this, place) as Place | null;
      if (!found) return place;
      const again = projection.forward.call(this, { x: found.x, y: found.y });
      if (!(Math.hypot(again.x - x, again.y - y) < NEAR)) lose(place);
      return place;
    },
  };
}

/** Metres within which a place comes back to where it was. */
const NEAR = 0.1;

/** Krovak's projection with its false origin, which counts the other way than its axes, as in PROJ. */
const krovak = (): Projection => originOnBothWays(projections.get('krovak'), -1);

export const repaired: readonly Projection[] = [
  polyconic(),
  krovak(),
  modifiedKrovak(krovak()),
  withOutline(originAdded(projections.get('sinu'))),
  withOutline(projections.get('bonne')),
  geostationary(),
];
