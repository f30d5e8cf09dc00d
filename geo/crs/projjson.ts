import type { Crs } from './crs.ts';
import generated from './generated/projjson.json' with { type: 'json' };

type Geographic = readonly [name: string, datum: number, system: number];
type Projected = readonly [
  name: string,
  base: number,
  conversion: string,
  method: number,
  system: number,
  values: readonly number[],
];

/** Parts of the register as scripts/projections/projjson.py writes them; the indices lead into the lists. */
interface Parts {
  readonly datums: readonly object[];
  readonly systems: readonly object[];
  readonly methods: readonly { readonly method: object; readonly parameters: readonly object[] }[];
  readonly geographic: Readonly<Record<string, Geographic>>;
  readonly projected: Readonly<Record<string, Projected>>;
}

const parts = generated as unknown as Parts;

/**
 * PROJJSON of a CRS (schema 0.7), put together from PROJ's database. A module of its own to import when it is
 * needed: it is as large as the definitions.
 *
 * @returns undefined for CRS84, which formats have as their default.
 */
export function projjsonOf({ identifier }: Crs): object | undefined {
  if (identifier?.authority !== 'EPSG') return undefined;
  const code = Number(identifier.code);
  const $schema = 'https://proj.org/schemas/v0.7/projjson.schema.json';
  const projected = parts.projected[code];
  if (!projected) return { $schema, type: 'GeographicCRS', ...geographicOf(code) };
  const [title, base, conversion, methodIndex, system, values] = projected;
  const { method, parameters } = parts.methods[methodIndex]!;
  return {
    $schema,
    type: 'ProjectedCRS',
    name: title,
    base_crs: geographicOf(base),
    conversion: {
      name: conversion,
      method,
      parameters: parameters.map((parameter, index) => ({ ...parameter, value: values[index] })),
    },
    coordinate_system: parts.systems[system],
    id: idOf(code),
  };
}

function geographicOf(code: number): object {
  const found = parts.geographic[code];
  if (!found) throw new Error(`EPSG:${code} has no PROJJSON`);
  const [name, datum, system] = found;
  const coordinate_system = parts.systems[system];
  return { name, ...parts.datums[datum], coordinate_system, id: idOf(code) };
}

const idOf = (code: number) => ({ authority: 'EPSG', code });
