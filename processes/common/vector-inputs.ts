import { Type } from 'typebox';
import { defaulted, layer, optional, required } from '../../core/processes/define.ts';
import { crs, distanceUnit, enumeration } from '../../core/processes/schemas.ts';
import { invalidGeometryRules } from '../../geo/geos/invalid-geometry-rules.ts';
import { predicateNames } from '../../geo/geos/predicate-names.ts';
import { statisticNames } from '../../geo/statistics/statistic-names.ts';
import { statisticMeanings } from './statistic-meanings.ts';

/** Input of the processes on H3 cells. */
export const cellResolution = required(Type.Integer({ minimum: 0, maximum: 15 }), {
  title: 'Resolution',
  description:
    'H3 resolution, from 0 (average cell area 4.4 million square kilometres) to 15 (0.9 square metres); each step divides the area by seven.',
});

/** Inputs that several vector processes have; one name, one meaning, one default. */

export const invalidGeometry = defaulted(enumeration(invalidGeometryRules), 'repair', {
  title: 'Invalid geometries',
  description:
    'repair: make them valid (structure method, collapsed parts are dropped). error: refuse the request and report each invalid geometry with its reason and location. skip: leave these features out.',
});

/** Working CRS of a process with lengths on the ground. */
export const planarCrs = optional(crs(), {
  title: 'Working CRS',
  description:
    'Projected CRS in which the operation is computed; the result is transformed back. By default the CRS of the layer if it is projected, otherwise an azimuthal equidistant projection centred on each feature.',
});

/** Working CRS of a process without lengths. */
export const overlayCrs = optional(crs(), {
  title: 'Working CRS',
  description:
    'CRS in which the operation is computed; the result is transformed back. By default the coordinates of the layer are treated as planar. A layer that crosses the antimeridian and spans less than 180° is treated as continuous there.',
});

export const distanceUnitInput = defaulted(distanceUnit(), 'metre', {
  title: 'Distance unit',
  description:
    'Distances are measured on the ground, never in degrees. Feet and miles are the international ones: 0.3048 and 1609.344 metres.',
});

/** Whether a process makes one result per feature, or one of all. */
export const scopeInput = defaulted(enumeration(['feature', 'layer']), 'feature', {
  title: 'Scope',
  description:
    'feature: one result per feature, with its id and properties. layer: a single result for all features together, without properties.',
});

const aggregate = Type.Object(
  {
    field: Type.String({ minLength: 1, description: 'Property to summarise.' }),
    statistic: enumeration(statisticNames, { description: statisticMeanings }),
    name: Type.Optional(
      Type.String({ minLength: 1, description: 'Property of the result; by default <field>_<statistic>.' }),
    ),
  },
  { additionalProperties: false },
);

const aggregatesDocumentation = {
  title: 'Aggregates',
  propertiesOf: 'features',
  description: 'Statistics of properties per group. Nulls are ignored.',
};

export const aggregates = optional(Type.Array(aggregate), aggregatesDocumentation);

/** The same where a process has nothing else to tell. */
export const requiredAggregates = required(Type.Array(aggregate), aggregatesDocumentation);

/** The second layer of overlays and joins. */
export const overlay = layer({
  title: 'Overlay',
  description:
    'The overlay layer. If its CRS differs from that of the features, it is transformed to theirs.',
});

export const overlayPrefix = defaulted(Type.String({ maxLength: 100 }), 'overlay_', {
  title: 'Prefix',
  description: 'Prefix of the names of all properties that come from the overlay.',
});

export const predicate = defaulted(enumeration(predicateNames), 'intersects', {
  title: 'Predicate',
  description:
    'Spatial predicate of OGC Simple Features, read "feature PREDICATE overlay". intersects: they share a point. contains: no point of the overlay is outside the feature, and their interiors share a point. within: the overlay contains the feature. touches: they share points of their boundaries only. crosses: their interiors share some but not all points, of a lower dimension. overlaps: they have the same dimension, and so has what they share, which is none of them. covers: no point of the overlay is outside the feature. coveredBy: the overlay covers the feature. equals: they have the same points. disjoint: they share no point.',
});

export const keepUnmatched = defaulted(Type.Boolean(), true, {
  title: 'Keep unmatched features',
  description:
    'Keep features without a match, once each, with null for the properties of the overlay. Features without a geometry match nothing.',
});
