import AjvDraft04, { type ErrorObject, type ValidateFunction } from 'ajv-draft-04';
import addFormats, { type FormatName } from 'ajv-formats';
import type { JsonSchema } from '../processes/schema.ts';
import type { Fault } from '../shared/errors.ts';
import { assertedFormats } from './format-schemas.ts';
import { nearestErrors } from './nearest-alternative.ts';
import { validationMessage } from './validation-messages.ts';

// Draft 4 is the dialect of OpenAPI 3.0 schemas: `exclusiveMinimum` is a boolean there.
const Ajv = AjvDraft04 as unknown as typeof AjvDraft04.default;
const knownFormats: FormatName[] = ['date-time', 'date', 'time', 'uri', 'email', 'uuid'];

/** A validator of published schemas, which are compiled when they are first needed. */
function validator({ allErrors }: { readonly allErrors: boolean }) {
  const ajv = new Ajv({
    allErrors,
    strict: false,
    verbose: true,
    logger: false,
    validateFormats: true,
    // Those of the declarations are valid, as a test proves: compiling the schema of schemas took longer than all else that a first request validates.
    validateSchema: false,
    meta: false,
  });
  (addFormats as unknown as typeof addFormats.default)(ajv, knownFormats);
  ajv.addFormat('base64', /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);
  const compiled = new WeakMap<JsonSchema, ValidateFunction>();
  return (schema: JsonSchema): ValidateFunction => {
    const validate = compiled.get(schema) ?? ajv.compile(assertable(schema));
    compiled.set(schema, validate);
    return validate;
  };
}

const completely = validator({ allErrors: true });
const untilFirstFault = validator({ allErrors: false });

/** Members up to which all faults of a value are looked for; those of longer ones would fill the memory. */
const SURVEYABLE_MEMBERS = 10_000;

/**
 * Faults of a value against a published schema; empty when it is valid. The list is complete unless the value has very
 * many members, of which the first fault is told. Of alternatives it tells what keeps the value from the nearest one.
 *
 * @param pointer where the value stands in the request, for example `/inputs/distance`.
 */
export function findSchemaFaults(schema: JsonSchema, value: unknown, pointer: string): Fault[] {
  const isLong = membersLeft(value, SURVEYABLE_MEMBERS) < 0;
  const validate = (isLong ? untilFirstFault : completely)(schema);
  if (validate(value)) return [];
  return withoutRepeated(nearestErrors(validate.errors ?? []).map((error) => toFault(error, pointer)));
}

/** Schemas that say the same, such as a format and what is written beside it, find the same faults. */
function withoutRepeated(faults: readonly Fault[]): Fault[] {
  const told = new Map(faults.map((fault) => [`${fault.pointer} ${fault.detail}`, fault]));
  return [...told.values()];
}

const toFault = (error: ErrorObject, pointer: string): Fault => ({
  pointer: `${pointer}${error.instancePath}`,
  detail: validationMessage(error),
});

/**
 * The schema as the validator understands it. `oneOf` becomes `anyOf`, because alternatives may differ only in
 * their media type, which is no assertion; the standard's format codes become the schemas that they stand for.
 */
function assertable(schema: JsonSchema): object {
  const {
    oneOf,
    anyOf,
    allOf,
    not,
    items,
    properties,
    additionalProperties,
    format,
    default: _,
    ...rest
  } = schema;
  const named = format === undefined ? undefined : assertedFormats[format];
  const binary =
    rest.contentEncoding === 'base64' ||
    rest.contentEncoding === 'binary' ||
    format === 'byte' ||
    format === 'binary';
  const all = [...(allOf ?? []).map(assertable), ...(named ? [named] : [])];
  const any = [oneOf, anyOf]
    .filter((list) => list !== undefined)
    .map((list) => ({ anyOf: list.map(assertable) }));
  return {
    ...(named && 'title' in named ? { title: named.title } : {}),
    ...rest,
    ...(binary
      ? { format: 'base64' }
      : format && !named && knownFormats.some((known) => known === format)
        ? { format }
        : {}),
    ...(any.length === 1 ? any[0] : {}),
    ...(all.length > 0 ? { allOf: all } : {}),
    ...(not ? { not: assertable(not) } : {}),
    ...(items ? { items: assertable(items) } : {}),
    ...(properties
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([key, form]) => [key, assertable(form)]),
          ),
        }
      : {}),
    ...(typeof additionalProperties === 'object'
      ? { additionalProperties: assertable(additionalProperties) }
      : additionalProperties === undefined
        ? {}
        : { additionalProperties }),
  };
}

/** What is left of a number of members after those of a value, its members' members included; negative: not enough. */
function membersLeft(value: unknown, enough: number): number {
  if (typeof value !== 'object' || value === null) return enough;
  const members = Array.isArray(value) ? value : Object.values(value);
  let left = enough - members.length;
  for (let index = 0; index < members.length && left >= 0; index++) left = membersLeft(members[index], left);
  return left;
}
