import type { CrsInput } from '../../core/run/bounding-box.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { findFlaw } from '../../core/shared/json.ts';
import type { Crs } from './crs.ts';
import { crsAsMeant, RIGHT } from './from-identifier.ts';
import { parseCrsIdentifier } from './identifiers.ts';
import { crsFromModel } from './identify.ts';
import { type CrsModel, DefinitionError } from './model.ts';
import { modelFromProjjson } from './read-projjson.ts';
import { modelFromWkt } from './read-wkt.ts';

export { crsFromIdentifier } from './from-identifier.ts';

/** Characters of a definition; those of registers have some thousands. */
const LONGEST_DEFINITION = 100_000;

/**
 * The CRS that an input names or defines.
 *
 * @param pointer where it stands in the request.
 * @throws InvalidInput for an unknown CRS, and for one that is known but cannot be computed.
 */
export function parseCrs(input: CrsInput, pointer: string): Crs {
  const crs = findCrs(input);
  const shown = typeof input === 'string' ? JSON.stringify(input.slice(0, 100)) : 'defined by its PROJJSON';
  if (!crs) throw new InvalidInput(pointer, `names the CRS ${shown}, which is not known. ${RIGHT}`);
  if (crs.fault !== undefined) {
    const remedy = crs.isBeyond ? ' Use another CRS.' : '';
    throw new InvalidInput(pointer, `names the CRS ${shown}, ${crs.fault}${remedy}`);
  }
  return crs;
}

const definitions = new Map<string, Crs | undefined>();
/** Definitions whose CRS is kept, so that the same text gives the same object. */
const MOST_DEFINITIONS = 200;

/**
 * The same without errors, for what files say: a CRS in which positions cannot be computed has a `fault`.
 *
 * @returns undefined for what is no CRS at all
 */
export function findCrs(input: CrsInput): Crs | undefined {
  // What nests without end cannot be written as text, and is no definition.
  if (typeof input !== 'string') return findFlaw(input) ? undefined : fromDefinition(JSON.stringify(input));
  const identifier = parseCrsIdentifier(input);
  return identifier ? crsAsMeant(identifier) : fromDefinition(input.trim());
}

function fromDefinition(text: string): Crs | undefined {
  if (text.length > LONGEST_DEFINITION || !/^(?:\{|[A-Z_]+\s*[[(])/i.test(text)) return undefined;
  if (definitions.has(text)) return definitions.get(text);
  const crs = crsReadBy(text, () =>
    text.startsWith('{') ? modelFromProjjson(parsedJson(text)) : modelFromWkt(text),
  );
  if (definitions.size >= MOST_DEFINITIONS) definitions.clear();
  definitions.set(text, crs);
  return crs;
}

/**
 * The CRS of what a reader of definitions finds; one with a fault where it stumbles.
 *
 * @param text of the definition, or its name
 */
export function crsReadBy(text: string, read: () => CrsModel | undefined): Crs | undefined {
  try {
    const model = read();
    return model && crsFromModel(model);
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    const [, name = '(unnamed)'] = /(?:^[A-Z_]+\s*[[(]\s*|"name":\s*)"([^"]{1,100})/i.exec(text) ?? [];
    const fault = `whose definition ${error.message}, which is not supported.`;
    return { name, meaning: text, isGeographic: false, metresPerUnit: 1, fault, isBeyond: true };
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The CRS with a code as files have it: authority and code apart. */
export const crsFromCode = (authority: string, code: string | number): Crs =>
  crsAsMeant(
    parseCrsIdentifier(`${authority}:${code}`) ?? {
      authority: authority.toUpperCase(),
      code: String(code),
    },
  );

/** @returns the CRS of data, where positions in it can be computed. @throws InvalidInput */
export function requireComputable(crs: Crs, pointer: string): Crs {
  if (crs.fault !== undefined) {
    const remedy = crs.isBeyond ? ' Reproject the data first.' : '';
    throw new InvalidInput(pointer, `is in the CRS ${crs.name}, ${crs.fault}${remedy}`);
  }
  return crs;
}
