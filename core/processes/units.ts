import type { JsonSchema } from './schema.ts';

/**
 * Units of numbers that processes take, with their code in UCUM. Those without one are not the same for each request: lengths in the unit of
 * the CRS of the result, values in that of the raster, and distances in the one that the input `distanceUnit` names.
 */
export const ucumCodes = {
  degree: 'deg',
  percent: '%',
  pixel: '{pixel}',
  second: 's',
  crs: undefined,
  distanceUnit: undefined,
  raster: undefined,
} as const;

export type Unit = keyof typeof ucumCodes;

/** Keywords of a schema of numbers, as OGC API - Features, Part 5 (Schemas) has them. */
export interface UnitKeywords {
  readonly 'x-ogc-unit'?: string;
  readonly 'x-ogc-unitLang'?: 'UCUM';
}

/** A schema that says in which unit its numbers are; of a list, those in it. */
export function inUnit(schema: JsonSchema, unit: Unit | undefined): JsonSchema {
  const code = unit && ucumCodes[unit];
  if (code === undefined) return schema;
  return schema.items
    ? { ...schema, items: inUnit(schema.items, unit) }
    : { ...schema, 'x-ogc-unit': code, 'x-ogc-unitLang': 'UCUM' };
}
