import proj4 from 'proj4';
import type { Projection } from './formulas.ts';
import type { Ending } from './own-names.ts';

const { projections } = proj4.Proj as unknown as {
  readonly projections: { readonly get: (name: string) => Projection };
};

/** Radius of the sphere with the surface of an ellipsoid, as a share of its axis (Snyder 1987, equation 3-16, as a series). */
const authalicRadius = (es: number): number => 1 - es * (1 / 6 + es * (17 / 360 + (es * 67) / 3024));

/** A projection on a sphere, while longitudes and latitudes stay those of the ellipsoid. */
export function onSphere(projection: Projection, name: string, ending: Ending): Projection {
  return {
    ...projection,
    names: [`${name}${ending}`],
    init() {
      const shape = this as { a: number; b: number; es: number; e: number; sphere: boolean };
      if (ending === '_authalic') shape.a *= authalicRadius(shape.es);
      shape.b = shape.a;
      shape.es = 0;
      shape.e = 0;
      shape.sphere = true;
      projection.init.call(this);
    },
  };
}

/** Those of proj4 that PROJ takes so. */
export const onSpheres: readonly Projection[] = ['laea', 'mill', 'cea'].map((name) =>
  onSphere(projections.get(name), name, '_authalic'),
);
