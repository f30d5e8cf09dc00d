import { requirePresent } from '../../core/shared/require-present.ts';
import { type Crs, crs84 } from './crs.ts';
import { findRegister } from './definitions.ts';
import generated from './generated/projjson.json' with { type: 'json' };
import { projjsonFromModel, SCHEMA } from './projjson-from-model.ts';

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
 * PROJJSON of a CRS (schema 0.7): of a code put together from PROJ's database, else that of the definition. A module of
 * its own to import when it is needed: it is as large as the definitions.
 *
 * @returns undefined for CRS84, which formats have as their default, and for codes that are not in the register.
 */
export function projjsonFromCrs(crs: Crs): object | undefined {
  if (crs.meaning === crs84.meaning) return undefined;
  return crs.model ? projjsonFromModel(crs.model) : projjsonFromCode(crs.identifier?.code ?? '');
}

/** The same by code; those of EPSG and ESRI are different numbers. */
export function projjsonFromCode(code: string): Readonly<Record<string, unknown>> | undefined {
  const projected = parts.projected[code];
  if (!projected) {
    const geographic = parts.geographic[code];
    return geographic && { $schema: SCHEMA, type: 'GeographicCRS', ...buildGeographicCrs(code) };
  }
  const [title, base, conversion, methodIndex, system, values] = projected;
  const { method, parameters } = requirePresent(parts.methods[methodIndex], 'The method');
  return {
    $schema: SCHEMA,
    type: 'ProjectedCRS',
    name: title,
    base_crs: buildGeographicCrs(String(base)),
    conversion: {
      name: conversion,
      method,
      parameters: parameters.map((parameter, index) => ({ ...parameter, value: values[index] })),
    },
    coordinate_system: parts.systems[system],
    id: buildId(code),
  };
}

function buildGeographicCrs(code: string): object {
  const found = parts.geographic[code];
  if (!found) throw new Error(`${code} has no PROJJSON`);
  const [name, datum, system] = found;
  const coordinate_system = parts.systems[system];
  return { name, ...parts.datums[datum], coordinate_system, id: buildId(code) };
}

const buildId = (code: string) => ({ authority: findRegister(Number(code)), code: Number(code) });
