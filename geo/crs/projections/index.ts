import proj4 from 'proj4';
import { azimuthal } from './azimuthal.ts';
import { cassiniAndGuam } from './cassini.ts';
import { equalEarth } from './equal-earth.ts';
import type { Projection } from './formulas.ts';
import { gnomonic } from './gnomonic.ts';
import { goode } from './goode.ts';
import { local } from './local.ts';
import { onSphere, onSpheres } from './on-spheres.ts';
import { orthographicOfEllipsoid } from './orthographic.ts';
import { perspective } from './perspective.ts';
import { pseudocylindrical } from './pseudocylindrical.ts';
import { repaired } from './repaired.ts';
import { robinson } from './robinson.ts';
import { twoPoint } from './two-point-equidistant.ts';
import { grinten } from './van-der-grinten.ts';

export { withOwnNames } from './own-names.ts';

/** What the types of proj4 leave out. */
const { projections } = proj4.Proj as unknown as {
  readonly projections: { readonly add: (projection: Projection) => void };
};

// Those that proj4 has not, and those in whose place it has others than PROJ.
for (const projection of [
  ...azimuthal,
  equalEarth,
  gnomonic,
  ...goode,
  grinten,
  onSphere(grinten, 'vandg', '_authalic'),
  ...local,
  ...cassiniAndGuam,
  ...onSpheres,
  orthographicOfEllipsoid,
  onSphere(orthographicOfEllipsoid, 'ortho', '_spherical'),
  perspective,
  ...pseudocylindrical,
  ...repaired,
  robinson,
  twoPoint,
])
  projections.add(projection);
