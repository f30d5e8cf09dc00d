import geographiclib from 'geographiclib-geodesic';
import { type Formulas, lose, type Parameters, type Projection, projectionOf } from './formulas.ts';

const { Geodesic } = geographiclib;

const DEGREES = 180 / Math.PI;
const STEPS = 20;
const WANTED = Geodesic.AZIMUTH | Geodesic.REDUCEDLENGTH | Geodesic.GEODESICSCALE;
const PLACE = WANTED | Geodesic.LATITUDE | Geodesic.LONGITUDE;

interface Solution {
  readonly azi1?: number;
  readonly m12?: number;
  readonly M12?: number;
  readonly lat2?: number;
  readonly lon2?: number;
}

/** Great circles are straight, and geodesics of an ellipsoid nearly so (C. F. F. Karney, Algorithms for geodesics, 2013, section 8). */
function gnomonicOf({ es, lat0 = 0 }: Parameters): Formulas {
  const geodesic = new Geodesic.Geodesic(1, es / (1 + Math.sqrt(1 - es)));
  const latitude = lat0 * DEGREES;
  return {
    forward: (place) => {
      const line = geodesic.Inverse(latitude, 0, place.y * DEGREES, place.x * DEGREES, WANTED) as Solution;
      const { azi1 = 0, m12 = 0, M12: scale = 0 } = line;
      if (!(scale > 0)) return lose(place);
      place.x = (m12 / scale) * Math.sin(azi1 / DEGREES);
      place.y = (m12 / scale) * Math.cos(azi1 / DEGREES);
    },
    inverse: (place) => {
      const radius = Math.hypot(place.x, place.y);
      const azimuth = Math.atan2(place.x, place.y) * DEGREES;
      const isNear = radius <= 1;
      let length = Math.atan(radius);
      let found: Solution = {};
      for (let step = 0; step < STEPS; step++) {
        found = geodesic.Direct(latitude, 0, azimuth, length, PLACE) as Solution;
        const { m12 = 0, M12: scale = 0 } = found;
        const miss = isNear ? (m12 / scale - radius) * scale * scale : (1 / radius - scale / m12) * m12 * m12;
        length -= miss;
        if (!(Math.abs(miss) > 1e-14)) break;
      }
      place.x = (found.lon2 ?? Number.NaN) / DEGREES;
      place.y = (found.lat2 ?? Number.NaN) / DEGREES;
    },
  };
}

/** By the name that PROJ has for it. */
export const gnomonic: Projection = projectionOf('gnom', gnomonicOf);
