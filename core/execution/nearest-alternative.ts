import type { ErrorObject } from 'ajv-draft-04';
import { least } from '../shared/arrays.ts';

/**
 * Errors of a validation with those of alternatives reduced to what helps. Where a value fits none of several forms,
 * the validator tells what is wrong with it as each of them; a reader wants to know what is wrong with it as the one
 * that was meant. Where none was, the error of the choice itself stays, whose sentence names all forms.
 */
export function nearestErrors(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf');
  const outer = choices.filter((choice) => !choices.some((other) => isWithin(choice, other)));
  const others = errors.filter(
    (error) => !outer.includes(error) && !outer.some((choice) => isWithin(error, choice)),
  );
  // Ajv tells of a choice after its alternatives, and of one place after the other.
  const reported = outer.map((choice) => ({ choice, nearest: findNearest(choice, errors) }));
  return [...others, ...reported.flatMap(({ choice, nearest }) => nearest ?? [choice])];
}

/** Errors of the alternative that the value was meant to be; undefined where it looks like none. */
function findNearest(choice: ErrorObject, errors: readonly ErrorObject[]): ErrorObject[] | undefined {
  const inside = errors.filter((error) => isWithin(error, choice));
  const forms = choice.parentSchema?.['anyOf'] as readonly unknown[];
  const meant = [...forms.keys()]
    .map((index) =>
      inside.filter(({ schemaPath }) => schemaPath.startsWith(`${choice.schemaPath}/${index}/`)),
    )
    .filter((own) => own.length > 0 && !own.some((error) => isAnotherKind(error, choice)));
  // Of 4 or 6 numbers, 5 are neither: no number of items is nearer than the other.
  if (meant.length > 1 && meant.flat().every((error) => isCount(error, choice))) return undefined;
  // Of two that may be meant, what is wrong further inside is wrong with the nearer one.
  const best = meant.reduce<ErrorObject[] | undefined>(
    (one, other) => (one && !isNearer(other, one) ? one : other),
    undefined,
  );
  return best && nearestErrors(best);
}

/** A wrong type of the whole value, or a wrong `type` member: GeoJSON says by it what an object is. */
const isAnotherKind = ({ keyword, instancePath, params }: ErrorObject, choice: ErrorObject): boolean =>
  (instancePath === choice.instancePath &&
    (keyword === 'type' ||
      keyword === 'format' ||
      (keyword === 'required' && params['missingProperty'] === 'type'))) ||
  (keyword === 'enum' && instancePath === `${choice.instancePath}/type`);

const isCount = ({ keyword, instancePath }: ErrorObject, choice: ErrorObject): boolean =>
  instancePath === choice.instancePath && (keyword === 'minItems' || keyword === 'maxItems');

const isNearer = (one: readonly ErrorObject[], other: readonly ErrorObject[]): boolean =>
  measureDepth(one) > measureDepth(other) ||
  (measureDepth(one) === measureDepth(other) && one.length < other.length);

const measureDepth = (errors: readonly ErrorObject[]): number =>
  least(errors.map(({ instancePath }) => instancePath.split('/').length));

/** Whether an error is about an alternative of a choice, at the same place of the value or within it. */
const isWithin = (error: ErrorObject, choice: ErrorObject): boolean =>
  error.schemaPath.startsWith(`${choice.schemaPath}/`) &&
  `${error.instancePath}/`.startsWith(`${choice.instancePath}/`);
