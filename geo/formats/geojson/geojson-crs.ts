import type { CrsInput } from '../../../core/run/bounding-box.ts';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { findFlaw, isObject } from '../../../core/shared/json.ts';
import { requirePresent } from '../../../core/shared/require-present.ts';
import { Crs84 } from '../../../core/shared/uris.ts';
import type { Crs } from '../../crs/crs.ts';
import { wktWithoutCode } from '../../crs/definition-text.ts';
import { urnFromIdentifier } from '../../crs/identifiers.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * Identifier of the CRS that a GeoJSON document names: in `coordRefSys` (JSON-FG: a URI, a CURIE in brackets or
 * a reference object) or `crs` (GeoJSON 2008, `{type: "name"}`); CRS84 where it names none.
 *
 * @throws InvalidInput
 */
export function geojsonCrs(
  document: Members,
  pointer: string,
): { readonly name: CrsInput; readonly pointer: string } {
  const { coordRefSys, crs } = document;
  if (coordRefSys !== undefined && coordRefSys !== null)
    return { name: parseReference(coordRefSys, `${pointer}/coordRefSys`), pointer: `${pointer}/coordRefSys` };
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

/**
 * The identifier or definition in a `coordRefSys` member (OGC 21-045r1): a URI, a CURIE in brackets, or a reference
 * object; of several parts, which are in a list, the first is that of the positions on the ground.
 *
 * @throws InvalidInput
 */
function parseReference(value: unknown, pointer: string): CrsInput {
  // References and definitions stand in each other; a stranger's may do so without end.
  const flaw = findFlaw(value);
  if (flaw) throw new InvalidInput(pointer, flaw.detail);
  const [first] = Array.isArray(value) ? value : [value];
  if (isObject(first) && first['type'] === 'Reference') return parseReference(first['href'], pointer);
  // GDAL writes definitions so.
  if (isObject(first) && first['type'] === 'PROJJSON' && isObject(first['value'])) return first['value'];
  // PROJJSON may stand here in what programs write, and a link without a type.
  if (isObject(first)) return typeof first['href'] === 'string' ? first['href'] : first;
  if (typeof first !== 'string' || first === '')
    throw new InvalidInput(
      pointer,
      'must be the URI of a CRS, a CURIE such as [EPSG:28992], or {"type": "Reference", "href": "..."}.',
    );
  return first.replace(/^\[(.+)\]$/, '$1');
}

/** The `crs` member that names a CRS; one without a code by its definition. Coordinates are x first all the same. */
export const crsMember = (crs: Crs) => ({
  type: 'name',
  properties: {
    name:
      wktWithoutCode(crs) ?? urnFromIdentifier(requirePresent(crs.identifier, 'The identifier of the CRS')),
  },
});
