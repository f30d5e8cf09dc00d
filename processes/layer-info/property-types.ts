/** Types of the values of a property. */
export const propertyTypes = [
  'integer',
  'number',
  'text',
  'boolean',
  'object',
  'array',
  'mixed',
  'none',
] as const;
export type PropertyType = (typeof propertyTypes)[number];
