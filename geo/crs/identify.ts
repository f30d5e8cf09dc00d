import { quote } from '../../core/shared/quote.ts';
import { type ComparableDefinition, comparable, sameDefinition } from './compare-definitions.ts';
import { type Crs, type CrsIdentifier, crs84 } from './crs.ts';
import { findBase } from './datums.ts';
import { type Definition, isGeographic, withoutRegions } from './definition.ts';
import { definitionFromModel } from './definition-from-model.ts';
import {
  findCodesOnBase,
  findDefinition,
  findDegreesPerUnit,
  findRegister,
  findSharedNames,
} from './definitions.ts';
import { crsFromIdentifier } from './from-identifier.ts';
import { nameFromIdentifier } from './identifiers.ts';
import { type CrsModel, DefinitionError, type Ellipsoid, plainName } from './model.ts';

const LONGEST_NAME = 100;
/** Share of a unit by which texts round it. */
const UNIT_ROUNDING = 1e-8;

/**
 * The CRS that a definition means: that of a register where one means the same, whatever the definition calls itself;
 * else the definition itself. Where several codes mean the same, it is the one that the definition states, the one
 * with its name, or the one that is preferred.
 */
export function crsFromModel(model: CrsModel): Crs {
  const { identifier } = model;
  if (identifier?.authority === 'OGC' && identifier.code === 'CRS84') return crs84;
  if (!isOfEarth(model.base.ellipsoid)) return ofAnotherBody(model);
  const base = findBase(model.base);
  const own = base === undefined ? undefined : findDefinition(base);
  let definition: Definition;
  try {
    definition = definitionFromModel(model, own);
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return statedOr(identifier, () => withFault(model, error.message));
  }
  const code = base === undefined ? undefined : findCode(model, base, definition);
  const { guess } = model.projection ?? {};
  if (code !== undefined)
    return {
      ...crsFromIdentifier({ authority: findRegister(code), code: String(code) }),
      ...(guess === undefined ? {} : { guess }),
    };
  if (base !== undefined && own === undefined)
    return withFault(
      model,
      `has the datum "${model.base.datum}", whose transformation to WGS 84 is not known`,
    );
  const computable = { definition, ...(base === undefined ? {} : { base }) };
  const geographic = isGeographic(definition);
  return {
    name: shortName(model),
    model,
    computable,
    meaning: computeMeaning(model, base, definition),
    isGeographic: geographic,
    metresPerUnit: geographic ? 1 : model.unit.factor,
    ...(geographic && model.unit.factor !== 1 ? { degreesPerUnit: model.unit.factor } : {}),
  };
}

/** Share by which axes of ellipsoids of the Earth differ at most: spheres of weather models have 0.2 % less than WGS 84. */
const EARTHLY = 0.005;
const EARTH = 6_378_137;

const isOfEarth = ({ axis }: Ellipsoid): boolean => Math.abs(axis / EARTH - 1) < EARTHLY;

/** Its places are none on the Earth, whatever moves or measures them. */
function ofAnotherBody(model: CrsModel): Crs {
  const { name, axis } = model.base.ellipsoid;
  return {
    ...withFault(model, ''),
    fault: `whose ellipsoid ${quote(name)} is not one of the Earth: its semi-major axis has ${axis} m, and those of the Earth have about ${EARTH} m.`,
    isBeyond: false,
    isElsewhere: true,
  };
}

/** Numbers that differ by rounding only are the same: those that definitions are compared with, in whole steps. */
function computeMeaning(
  { base: { ellipsoid, meridian, shift }, projection, unit }: CrsModel,
  base: number | undefined,
  definition: Definition,
): string {
  const steps = (size: number) => (value: number) => Math.round(value / size);
  const { kind, angles, lengths, factors } = comparable(withoutRegions(definition));
  const { axis, inverseFlattening } = ellipsoid;
  const datum = base ?? [
    steps(0.01)(axis),
    steps(1e-4)(inverseFlattening),
    steps(1e-6)(meridian.longitude),
    shift?.map(steps(1e-4)),
  ];
  return JSON.stringify([
    kind,
    angles.map(steps(1e-7)),
    lengths.map(steps(0.01)),
    factors.map(steps(1e-7)),
    datum,
    ...(projection ? [] : [steps(UNIT_ROUNDING)(unit.factor)]),
  ]);
}

/** The code of the register with the same meaning. */
function findCode(model: CrsModel, base: number, definition: Definition): number | undefined {
  if (!model.projection)
    return Math.abs(findDegreesPerUnit(base) / model.unit.factor - 1) < UNIT_ROUNDING ? base : undefined;
  const wanted = comparable(withoutRegions(definition));
  const found = findCodesOnBase(base).filter((code) => {
    const own = findDefinition(code);
    return own !== undefined && !isGeographic(own) && sameDefinition(wanted, findComparable(code, own));
  });
  const name = plainName(model.name);
  const stated = Number(model.identifier?.code ?? Number.NaN);
  return (
    found.find((code) => code === stated) ??
    found.find((code) => findSharedNames(code).includes(name)) ??
    found[0]
  );
}

const compared = new Map<number, ComparableDefinition>();

/** Taken apart once: a datum has hundreds of projections, and files come in numbers. */
function findComparable(code: number, definition: Definition): ComparableDefinition {
  let found = compared.get(code);
  if (!found) {
    found = comparable(withoutRegions(definition));
    compared.set(code, found);
  }
  return found;
}

/** What is not understood is still what it says that it is, where that can be computed. */
function statedOr(identifier: CrsIdentifier | undefined, other: () => Crs): Crs {
  const stated = identifier && crsFromIdentifier(identifier);
  return stated && stated.fault === undefined ? stated : other();
}

function withFault(model: CrsModel, reason: string): Crs {
  const { identifier } = model;
  return {
    name: identifier ? nameFromIdentifier(identifier) : shortName(model),
    model,
    ...(identifier ? { identifier } : {}),
    meaning: JSON.stringify(model),
    isGeographic: model.projection === undefined,
    metresPerUnit: model.projection ? model.unit.factor : 1,
    fault: `whose definition ${reason}, which is not supported.`,
    isBeyond: true,
  };
}

const shortName = ({ name }: CrsModel): string => name.slice(0, LONGEST_NAME) || '(unnamed)';
