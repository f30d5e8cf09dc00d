import { Type } from 'typebox';
import { defaulted, layer, optional, required } from '../../core/processes/define.ts';
import { crs, distanceUnit, enumeration } from '../../core/processes/schemas.ts';
import { invalidGeometryRules } from '../../geo/geos/invalid-geometry-rules.ts';
import { predicateNames } from '../../geo/geos/predicate-names.ts';
import { statisticNames } from '../../geo/statistics/statistic-names.ts';

/** Inputs that several vector processes have; one name, one meaning, one default. */

export const invalidGeometry = defaulted(enumeration(invalidGeometryRules), 'repair', {
  title: 'What to do with invalid geometries',
  description:
    'repair: by their structure, parts that collapse are dropped. error: refuse them, naming each with its reason and place. skip: leave these features out.',
});

/** CRS of the work of a process with lengths on the ground. */
export const planarCrs = optional(crs(), {
  title: 'CRS of the work',
  description:
    'A projected CRS, in which the work is done; the result is moved back. Without it the CRS of the layer is used if that is projected, else an azimuthal equidistant projection about each feature.',
});

/** CRS of the work of a process without lengths. */
export const overlayCrs = optional(crs(), {
  title: 'CRS of the work',
  description:
    'The CRS in whose plane the work is done; the result is moved back. Without it the coordinates of the layer are taken as a plane.',
});

export const unitOfDistance = defaulted(distanceUnit(), 'metre', {
  title: 'Unit of the distance',
  description: 'Distances are lengths on the ground.',
});

/** Whether a process makes one result per feature, or one of all. */
export const scopeOfWork = defaulted(enumeration(['feature', 'layer']), 'feature', {
  title: 'Scope',
  description:
    'feature: one result per feature, with its id and properties. layer: one of all features together, without properties of theirs.',
});

const aggregate = Type.Object(
  {
    field: Type.String({ minLength: 1, description: 'Property that is summarised.' }),
    statistic: enumeration(statisticNames),
    name: Type.Optional(
      Type.String({ minLength: 1, description: 'Property of the result; by default <field>_<statistic>.' }),
    ),
  },
  { additionalProperties: false },
);

const aggregatesDocumentation = {
  title: 'Aggregates',
  description:
    'Statistics of properties per group. Missing values and nulls are left out; stddev and variance are those of the population; unique is the number of different values.',
};

export const aggregates = optional(Type.Array(aggregate), aggregatesDocumentation);

/** The same where a process has nothing else to tell. */
export const requiredAggregates = required(Type.Array(aggregate), aggregatesDocumentation);

/** The second layer of overlays and joins. */
export const overlay = layer({
  title: 'Overlay',
  description: 'The second layer. Where its CRS differs from that of the features it is moved to theirs.',
});

export const overlayPrefix = defaulted(Type.String({ maxLength: 100 }), 'overlay_', {
  title: 'Prefix',
  description: 'Put before the name of every property that comes from the overlay.',
});

export const predicate = defaulted(enumeration(predicateNames), 'intersects', {
  title: 'Predicate',
  description:
    'How a feature must lie to a feature of the overlay, read "feature PREDICATE overlay", as in OGC Simple Features.',
});

export const keepUnmatched = defaulted(Type.Boolean(), true, {
  title: 'Keep features without a match',
  description:
    'They come once, with null for what the overlay would add. Features without a geometry match nothing.',
});
