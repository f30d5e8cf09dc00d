import { type Formulas, type Parameters, type Projection, projectionOf } from './formulas.ts';

const { PI, abs, atan, cos, exp, log, sin, sqrt, tan } = Math;

/** Grids of towns in Colombia, in a plane at a height (EPSG guidance note 7-2, method 1052). */
function colombiaUrban({ a, es, lat0 = 0, h_0: height = '0' }: Parameters): Formulas {
  const up = Number(height) / a;
  const normal = (latitude: number) => 1 / sqrt(1 - es * sin(latitude) ** 2);
  const meridian = (latitude: number) => (1 - es) * normal(latitude) ** 3;
  const [normal0, meridian0] = [normal(lat0), meridian(lat0)];
  const bend = tan(lat0) / (2 * meridian0 * normal0);
  return {
    forward: (place) => {
      const latitude = place.y;
      const across = place.x * normal(latitude) * cos(latitude);
      const scale = 1 + up / meridian((latitude + lat0) / 2);
      place.x = (1 + up / normal0) * across;
      place.y = scale * meridian0 * (latitude - lat0 + bend * across * across);
    },
    inverse: (place) => {
      const latitude = lat0 + place.y / (meridian0 * (1 + up / (1 - es))) - bend * (place.x / (1 + up)) ** 2;
      place.x /= (1 + up) * normal(latitude) * cos(latitude);
      place.y = latitude;
    },
  };
}

/** J. Laborde's grid of Madagascar (1928), by the series of G. I. Evenden's programs. */
function laborde({ es, lat0 = 0, azi = '0', k0 = 1 }: Parameters): Formulas {
  const e = sqrt(es);
  const azimuth = (Number(azi) * PI) / 180;
  const isometric = (latitude: number) => log(tan(PI / 4 + latitude / 2));
  const sine = sin(lat0);
  const rest = 1 - es * sine * sine;
  const normal = 1 / sqrt(rest);
  const meridian = ((1 - es) * normal) / rest;
  const radius = k0 * sqrt(normal * meridian);
  /** Latitude of the origin on the sphere. */
  const middle = atan(sqrt(meridian / normal) * tan(lat0));
  const scale = sine / sin(middle);
  const flattened = (latitude: number) => {
    const s = e * sin(latitude);
    return (e * scale * log((1 + s) / (1 - s))) / 2;
  };
  const shift = flattened(lat0) - scale * isometric(lat0) + isometric(middle);
  const onSphere = (latitude: number) =>
    2 * (atan(exp(scale * isometric(latitude) - flattened(latitude) + shift)) - PI / 4);
  const unit = 1 / (12 * radius * radius);
  const [ca, cb] = [(1 - cos(2 * azimuth)) * unit, sin(2 * azimuth) * unit];
  const [cc, cd] = [3 * (ca * ca - cb * cb), 6 * ca * cb];
  return {
    forward: (place) => {
      const latitude = onSphere(place.y);
      const [s, c] = [sin(latitude), cos(latitude)];
      const [s2, c2, scale2] = [s * s, c * c, scale * scale];
      const width = scale * c;
      const rise = (scale * width * s) / 2;
      const t = place.x * place.x;
      const x =
        radius *
        place.x *
        (width +
          t *
            ((width * scale2 * (c2 - s2)) / 6 +
              (t * width * scale2 * scale2 * (5 * c2 * c2 + s2 * (s2 - 18 * c2))) / 120));
      const y = radius * (latitude - middle + t * (rise + (t * rise * scale2 * (5 * c2 - s2)) / 12));
      const [cubicX, cubicY] = [3 * x * y * y - x ** 3, y ** 3 - 3 * x * x * y];
      place.x = x + ca * cubicX + cb * cubicY;
      place.y = y + ca * cubicY - cb * cubicX;
    },
    inverse: (place) => {
      const [x2, y2] = [place.x ** 2, place.y ** 2];
      const [cubicX, cubicY] = [place.x * (3 * y2 - x2), place.y * (y2 - 3 * x2)];
      const fifthX = place.x * (5 * y2 * y2 + x2 * (x2 - 10 * y2));
      const fifthY = place.y * (5 * x2 * x2 + y2 * (y2 - 10 * x2));
      const x = place.x - ca * cubicX - cb * cubicY + cc * fifthX + cd * fifthY;
      const y = place.y + cb * cubicX - ca * cubicY - cd * fifthX + cc * fifthY;
      const latitude = middle + y / radius;
      let onEllipsoid = latitude + lat0 - middle;
      for (let step = 0; step < 20; step++) {
        const miss = latitude - onSphere(onEllipsoid);
        onEllipsoid += miss;
        if (abs(miss) < 1e-10) break;
      }
      const left = 1 - es * sin(onEllipsoid) ** 2;
      const depth = ((1 - es) / left ** 1.5) * k0 * radius;
      const t = tan(latitude);
      const [t2, square] = [t * t, radius * radius];
      const width = cos(latitude) * radius * scale;
      place.y = onEllipsoid + x * x * (-t / (2 * depth) + (x * x * t * (5 + 3 * t2)) / (24 * depth * square));
      place.x =
        x *
        (1 / width +
          x *
            x *
            (-(1 + 2 * t2) / (6 * width * square) +
              (x * x * (5 + t2 * (28 + 24 * t2))) / (120 * width * square * square)));
    },
  };
}

/** By the names that PROJ has for them. */
export const local: readonly Projection[] = [
  projectionOf('col_urban', colombiaUrban),
  projectionOf('labrd', laborde),
];
