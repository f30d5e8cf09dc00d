import { InvalidInput } from '../../../core/shared/errors.ts';
import { Crs84 } from '../../../core/shared/uris.ts';
import type { Crs } from '../../crs/crs.ts';
import { urnFromIdentifier } from '../../crs/identifiers.ts';

type Members = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null;

/**
 * Identifier of the CRS that a GeoJSON document names: in `coordRefSys` (JSON-FG: a URI, a CURIE in brackets or
 * a reference object) or `crs` (GeoJSON 2008, `{type: "name"}`); CRS84 where it names none.
 */
export function geojsonCrs(
  document: Members,
  pointer: string,
): { readonly name: string; readonly pointer: string } {
  const { coordRefSys, crs } = document;
  if (coordRefSys !== undefined && coordRefSys !== null) {
    const name = isObject(coordRefSys) ? coordRefSys['href'] : coordRefSys;
    const at = `${pointer}/coordRefSys`;
    if (typeof name !== 'string') throw new InvalidInput(at, 'must be the URI of one CRS.');
    return { name: name.replace(/^\[(.+)\]$/, '$1'), pointer: at };
  }
  if (crs === undefined || crs === null) return { name: Crs84, pointer };
  const properties = isObject(crs) ? crs['properties'] : undefined;
  const name = isObject(properties) ? properties['name'] : undefined;
  if (typeof name !== 'string') {
    throw new InvalidInput(
      `${pointer}/crs`,
      'must be {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::..."}}.',
    );
  }
  return { name, pointer: `${pointer}/crs/properties/name` };
}

/** The `crs` member that names a CRS. Coordinates are x first all the same. */
export const crsMember = ({ identifier, name }: Crs) => ({
  type: 'name',
  properties: { name: identifier ? urnFromIdentifier(identifier) : name },
});
