import { type TUnsafe, Type } from 'typebox';
import { type BoundingBox, CRS_DESCRIPTION, type CrsInput, LARGEST_LENGTH } from '../run/bounding-box.ts';

/** String that is one of the given values, as the published subset writes it (no `const`, no `anyOf`). */
export const enumeration = <const V extends readonly string[]>(
  values: V,
  options: { readonly title?: string; readonly description?: string } = {},
): TUnsafe<V[number]> => Type.Unsafe<V[number]>({ type: 'string', enum: [...values], ...options });

const boundingBoxSchema = {
  allOf: [
    { format: 'ogc-bbox' },
    {
      type: 'object',
      required: ['bbox'],
      properties: {
        bbox: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
        crs: { oneOf: [{ type: 'string' }, { type: 'object' }] },
      },
    },
  ],
} as const;

/** A bounding box with its CRS (`ogc-bbox`); CRS84 if it names none. */
export const boundingBox = (): TUnsafe<BoundingBox> =>
  Type.Unsafe<BoundingBox>(structuredClone(boundingBoxSchema));

/** Units of lengths on the ground and the metres in one of each. */
export const distanceUnits = {
  metre: 1,
  kilometre: 1000,
  foot: 0.3048,
  mile: 1609.344,
  nauticalMile: 1852,
} as const;
export type DistanceUnit = keyof typeof distanceUnits;

/** A unit of length; {@link distanceUnits} has its metres. */
export const distanceUnit = (): TUnsafe<DistanceUnit> =>
  enumeration(Object.keys(distanceUnits) as DistanceUnit[]) as TUnsafe<DistanceUnit>;

/** A number above 0, in the dialect of the published subset, where `exclusiveMinimum` is boolean. */
export const positiveNumber = (maximum?: number): TUnsafe<number> =>
  Type.Unsafe<number>({
    type: 'number',
    minimum: 0,
    exclusiveMinimum: true,
    ...(maximum === undefined ? {} : { maximum }),
  });

/** A length above 0 in a unit of distance or of a CRS. */
export const positiveLength = (): TUnsafe<number> => positiveNumber(LARGEST_LENGTH);

/** A CRS by its identifier or by its definition. */
export const crs = (): TUnsafe<CrsInput> =>
  Type.Unsafe<CrsInput>({
    oneOf: [{ type: 'string' }, { type: 'object' }],
    description: CRS_DESCRIPTION,
  });
