import type { CrsIdentifier } from './crs.ts';
import { parameters, type Role, type RoleValues } from './methods.ts';
import {
  type BaseCrs,
  type CrsModel,
  DefinitionError,
  degreesFromRadians,
  findRole,
  plainName,
} from './model.ts';
import { settledProjection } from './settle-method.ts';
import { childNodes, findNode, parsedWkt, readNodeName, readNodeNumber, type WktNode } from './wkt.ts';

const DEGREES = 180 / Math.PI;
const PROJECTED = /^(?:PROJCS|PROJCRS|PROJECTEDCRS)$/;
const GEOGRAPHIC = /^(?:GEOGCS|GEOGCRS|GEOGRAPHICCRS|GEODCRS|GEODETICCRS|BASEGEOGCRS|BASEGEODCRS)$/;
const UNITS = ['UNIT', 'LENGTHUNIT', 'ANGLEUNIT', 'SCALEUNIT'] as const;

/**
 * Reads the definition of a CRS as well-known text: WKT1 (OGC 01-009, also in the dialects of GDAL and ESRI) or WKT2
 * (OGC 18-010). Of CRSs with heights the horizontal part is taken.
 *
 * @returns undefined for what is no well-known text of a CRS
 * @throws DefinitionError for one that says what is not supported
 */
export function modelFromWkt(text: string): CrsModel | undefined {
  const root = parsedWkt(text);
  return root && modelFromNode(root);
}

function modelFromNode(node: WktNode): CrsModel | undefined {
  if (/^(?:COMPD_CS|COMPOUNDCRS)$/.test(node.keyword)) {
    const [first] = childNodes(node);
    return first && modelFromNode(first);
  }
  if (node.keyword === 'BOUNDCRS') return bound(node);
  if (PROJECTED.test(node.keyword)) return projected(node);
  if (GEOGRAPHIC.test(node.keyword)) return geographic(node);
  const kinds = 'neither geographic nor projected';
  if (
    /^(?:GEOCCS|VERT_CS|VERTCRS|VERTICALCRS|LOCAL_CS|ENGCRS|ENGINEERINGCRS|DERIVEDPROJCRS)$/.test(
      node.keyword,
    )
  )
    throw new DefinitionError(`is ${kinds} (${node.keyword})`);
  return undefined;
}

function geographic(node: WktNode): CrsModel {
  if (findNode(node, 'DERIVINGCONVERSION'))
    throw new DefinitionError('is a derived geographic CRS, such as one with a rotated pole');
  const cs = findNode(node, 'CS');
  if (cs && plainName(readNodeName(cs)) === 'cartesian') throw new DefinitionError('is geocentric');
  const base = baseFromNode(node);
  return { name: base.name, ...identified(node), base, unit: angularUnit(node) };
}

function projected(node: WktNode): CrsModel {
  const inner = childNodes(node).find(({ keyword }) => GEOGRAPHIC.test(keyword));
  const conversion = findNode(node, 'CONVERSION');
  const method = findNode(conversion ?? node, 'METHOD', 'PROJECTION');
  if (!inner || !method) throw new DefinitionError('has no geographic CRS or no projection');
  const unit = lengthUnit(node);
  const angle = angularUnit(inner).factor;
  const given = childNodes(conversion ?? node).filter(({ keyword }) => keyword === 'PARAMETER');
  const values: Partial<Record<Role, number>> = {};
  for (const part of given) {
    const role = findRole(readNodeName(part), readNodeName(method));
    if (role === undefined) continue;
    const value = readNodeNumber(part);
    if (!Number.isFinite(value))
      throw new DefinitionError(`has no numeric value for "${readNodeName(part)}"`);
    values[role] = value * findParameterFactor(part, role, unit.factor, angle);
  }
  const name = readNodeName(node);
  const projText = readProjText(node);
  const said = readNodeName(method) === 'custom_proj4' ? readProjWords(projText) : undefined;
  const [methodName, valuesOf] = said ?? [readNodeName(method), values];
  const projection = settledProjection(readNodeName(conversion) || name, methodName, valuesOf, {
    crs: name,
    isSouthward: isSouthward(node),
    isPseudo: PSEUDO.test(projText),
    sweepsX: projText.includes('+sweep=x'),
    isEsri: given.some((part) => readNodeName(part) === 'Longitude_Of_Center'),
  });
  return { name, ...identified(node), base: baseFromNode(inner), projection, unit };
}

/** WKT1 has the units of the CRSs, WKT2 may have one for each parameter. */
function findParameterFactor(part: WktNode, role: Role, length: number, angle: number): number {
  const { kind } = parameters[role];
  const own = readNodeNumber(findNode(part, ...UNITS));
  if (Number.isFinite(own)) return kind === 'angle' ? own * DEGREES : own;
  return { angle, length, scale: 1 }[kind];
}

function baseFromNode(node: WktNode): BaseCrs {
  const datum = findNode(node, 'DATUM', 'GEODETICDATUM', 'TRF', 'ENSEMBLE');
  const spheroid = datum && findNode(datum, 'SPHEROID', 'ELLIPSOID');
  const [axis, inverseFlattening] = [readNodeNumber(spheroid), readNodeNumber(spheroid, 2)];
  const factor = spheroid ? readNodeNumber(findNode(spheroid, 'LENGTHUNIT', 'UNIT')) : 1;
  if (!datum || !spheroid || !(axis > 0) || !(inverseFlattening >= 0))
    throw new DefinitionError('has no ellipsoid');
  const meridian = findNode(node, 'PRIMEM', 'PRIMEMERIDIAN') ?? findNode(datum, 'PRIMEM');
  const unit = meridian ? readNodeNumber(findNode(meridian, 'ANGLEUNIT', 'UNIT')) : Number.NaN;
  const longitude = meridian ? readNodeNumber(meridian) : 0;
  const shift = findNode(datum, 'TOWGS84')?.values.map(Number);
  return {
    name: readNodeName(node),
    datum: readNodeName(datum),
    ellipsoid: {
      name: readNodeName(spheroid),
      axis: axis * (Number.isFinite(factor) ? factor : 1),
      inverseFlattening,
    },
    meridian: {
      name: readNodeName(meridian) || 'Greenwich',
      longitude: Number.isFinite(unit)
        ? longitude * unit * DEGREES
        : longitude * meridianUnit(node, longitude),
    },
    ...identified(node),
    ...(shift?.every(Number.isFinite) ? { shift } : {}),
  };
}

/** The meridian of Paris in grads. */
const PARIS = 2.5969213;

/**
 * Degrees in the unit of a meridian that has none of its own. In WKT2 it has that of the axes. In WKT1 that is the rule too,
 * but GDAL and ESRI always write degrees; the meridian of all CRSs with another unit tells which was kept.
 */
function meridianUnit(node: WktNode, longitude: number): number {
  const { factor } = angularUnit(node);
  const isWkt1 = node.keyword === 'GEOGCS';
  return isWkt1 && Math.abs(longitude - PARIS) > 1e-6 ? 1 : factor;
}

/** A CRS with the shift of its datum. */
function bound(node: WktNode): CrsModel | undefined {
  const source = findNode(node, 'SOURCECRS');
  const [inner] = source ? childNodes(source) : [];
  const model = inner && modelFromNode(inner);
  const transformation = findNode(node, 'ABRIDGEDTRANSFORMATION');
  if (!model || !transformation) return model;
  const shift = shiftFromParameters(
    childNodes(transformation)
      .filter(({ keyword }) => keyword === 'PARAMETER')
      .map((part) => [readNodeName(part), readNodeNumber(part)] as const),
    readNodeName(findNode(transformation, 'METHOD')),
  );
  return shift ? { ...model, base: { ...model.base, shift } } : model;
}

/** Of an abridged transformation, whose parameters have the units of `+towgs84`. */
export function shiftFromParameters(
  given: readonly (readonly [name: string, value: number])[],
  method: string,
): number[] | undefined {
  const turn = /coordinate ?frame/i.test(method) ? -1 : 1;
  const find = (pattern: RegExp) => given.find(([name]) => pattern.test(name))?.[1] ?? 0;
  const moves = [/^x.axis transl/i, /^y.axis transl/i, /^z.axis transl/i].map(find);
  const turns = [/^x.axis rot/i, /^y.axis rot/i, /^z.axis rot/i].map((each) => turn * find(each));
  if (!given.some(([name]) => /axis transl/i.test(name))) return undefined;
  // An abridged scale is 1 and a little, elsewhere it is parts per million.
  const scale = find(/^scale diff/i);
  return [...moves, ...turns, Math.abs(scale - 1) < 0.1 ? (scale - 1) * 1e6 : scale];
}

/** The unit of longitudes and latitudes, in degrees. */
function angularUnit(node: WktNode): CrsModel['unit'] {
  const unit = readUnit(node, 'ANGLEUNIT');
  return unit
    ? {
        name: plainName(unit.name) === 'degree' ? 'degree' : unit.name,
        factor: degreesFromRadians(unit.factor),
      }
    : { name: 'degree', factor: 1 };
}

function lengthUnit(node: WktNode): CrsModel['unit'] {
  const unit = readUnit(node, 'LENGTHUNIT');
  if (!unit) return { name: 'metre', factor: 1 };
  return { name: unit.factor === 1 ? 'metre' : unit.name, factor: unit.factor };
}

function readUnit(node: WktNode, keyword: string): CrsModel['unit'] | undefined {
  const axis = findNode(node, 'AXIS');
  const unit = findNode(node, keyword, 'UNIT') ?? (axis && findNode(axis, keyword, 'UNIT'));
  const factor = readNodeNumber(unit);
  return unit && factor > 0 ? { name: readNodeName(unit), factor } : undefined;
}

function isSouthward(node: WktNode): boolean {
  const directions = childNodes(node)
    .filter(({ keyword }) => keyword === 'AXIS')
    .map(({ values }) => values[1])
    .map((value) => (typeof value === 'object' ? value.keyword : String(value).toUpperCase()));
  // At a pole all directions are north or south.
  return directions.includes('SOUTH') && directions.includes('WEST');
}

/** Says that the projection takes the ellipsoid for a sphere. */
const PSEUDO = /\+proj=merc\b.*\+nadgrids=@null/;

/** What GDAL says in the words of PROJ. */
function readProjText(node: WktNode): string {
  const extension = childNodes(node).find(
    ({ keyword, values }) => keyword === 'EXTENSION' && values[0] === 'PROJ4',
  );
  return String(extension?.values[1] ?? '');
}

/** The method and its parameters in the words of PROJ, where GDAL has no others for them. @throws DefinitionError */
function readProjWords(text: string): readonly [method: string, values: RoleValues] {
  const words = new Map(
    [...text.matchAll(/\+([a-z]\w*)(?:=(\S+))?/gi)].map(([, name = '', value = '']) => [name, value]),
  );
  const method = `PROJ ${words.get('proj') ?? ''}`;
  const values: Partial<Record<Role, number>> = {};
  for (const [name, value] of words) {
    if (!/^(?:lat|lon|x|y)_/.test(name)) continue;
    const role = findRole(name, method);
    if (role !== undefined) values[role] = Number(value);
  }
  return [method, values];
}

function identified(node: WktNode): { readonly identifier?: CrsIdentifier } {
  const [authority, code] = findNode(node, 'AUTHORITY', 'ID')?.values ?? [];
  if (typeof authority !== 'string' || !/^(?:\d{1,9}|CRS84)$/.test(String(code))) return {};
  return { identifier: { authority: authority.toUpperCase(), code: String(code) } };
}
