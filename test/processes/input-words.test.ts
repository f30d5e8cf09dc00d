import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonSchema } from '../../core/processes/schema.ts';
import { ucumCodes } from '../../core/processes/units.ts';
import { meanings } from '../../functions/html/form/words.ts';
import { processes } from '../../processes/index.ts';

/** A schema in that of an input, with what is said of it. */
interface Part {
  /** Such as `buffer distance`, or `reclassify classes.min` of a member of what is in a list. */
  readonly place: string;
  readonly schema: JsonSchema;
  readonly description: string;
  readonly unit: string | undefined;
}

/** All that people fill in: not what is in layers and rasters, CRSs and extents, which have controls of their own. */
const parts = processes.flatMap(({ id, inputs }) =>
  Object.entries(inputs).flatMap(([name, { schema, source, description = '', unit }]) =>
    source ? [] : partsOf({ place: `${id} ${name}`, schema, description, unit }),
  ),
);

function partsOf(part: Part): Part[] {
  const { place, schema, description, unit } = part;
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) => ({
    place: `${place}.${name}`,
    schema: member,
    description: member.description ?? '',
    unit: undefined,
  }));
  const items = schema.items ? [{ place, schema: schema.items, description, unit }] : [];
  return [part, ...[...members, ...items].flatMap(partsOf)];
}

const isNumber = ({ schema }: Part): boolean => schema.type === 'number' || schema.type === 'integer';

/** Names of inputs whose numbers have no unit, and why that is so. */
const unitless: Readonly<Record<string, string>> = {
  band: 'the number of a band',
  bands: 'numbers of bands',
  quadrantSegments: 'a count',
  k: 'a count',
  histogramBins: 'a count',
  connectivity: 'a count of neighbours',
  numbers: 'whatever the client tests with',
  resolution: 'a level of H3; the size of pixels has a unit',
  mitreLimit: 'a multiple of the distance',
  ratio: 'a ratio',
  zFactor: 'a factor',
  scale: 'a ratio of two units',
  power: 'an exponent',
  nodata: 'a mark, which stands for no value',
  value: 'a value of the result, in whatever unit it is to be',
  'classes.min': 'a value of the raster, in whatever unit it has',
  'classes.max': 'a value of the raster, in whatever unit it has',
  'classes.newValue': 'a value of the result, in whatever unit it is to be',
  // The process of the certification suite is declared by its test, which has no units.
  'measureInput.measurement': 'comes with its unit of measure',
  doubleInput: 'means nothing',
  arrayInput: 'means nothing',
  'complexObjectInput.property3': 'means nothing',
};

/** Enumerations whose values say all that there is to say. */
const selfExplaining: Readonly<Record<string, string>> = {
  distanceUnit: 'units of length; the description tells which feet and miles',
  stringInput: 'literals of the process of the certification suite',
};

const nameOf = ({ place }: Part): string => place.slice(place.indexOf(' ') + 1);

describe('numbers that people fill in', () => {
  const numbers = parts.filter(isNumber);

  test('have a unit, or a reason to have none', () => {
    const open = numbers.filter((part) => part.unit === undefined && !(nameOf(part) in unitless));
    assert.deepEqual(
      open.map(({ place }) => place),
      [],
    );
  });

  test('have no reason to have none that is out of date', () => {
    const without = new Set(numbers.filter(({ unit }) => unit === undefined).map(nameOf));
    assert.deepEqual(
      Object.keys(unitless).filter((name) => !without.has(name)),
      [],
    );
  });

  test('say it in their schema, in UCUM, where it is the same for each request', () => {
    for (const { place, schema, unit } of numbers) {
      const code = unit === undefined ? undefined : ucumCodes[unit as keyof typeof ucumCodes];
      assert.equal(schema['x-ogc-unit'], code, place);
      assert.equal(schema['x-ogc-unitLang'], code && 'UCUM', place);
    }
    assert.ok(numbers.some(({ schema }) => schema['x-ogc-unit'] === 'deg'));
  });

  test('in the unit of an input stand beside that input', () => {
    for (const { id, inputs } of processes)
      for (const { unit } of Object.values(inputs))
        if (unit === 'distanceUnit') assert.ok('distanceUnit' in inputs, id);
  });
});

describe('values to choose from', () => {
  const choices = parts.filter(({ schema }) => (schema.enum?.length ?? 0) > 1);

  test('each have a meaning, or are on the list of those that need none', () => {
    const open = choices.flatMap((part) => {
      const values = (part.schema.enum ?? []).map(String);
      const { byValue } = meanings(part.description, values);
      const silent = values.filter((value) => !byValue.get(value));
      return silent.length === 0 || nameOf(part) in selfExplaining
        ? []
        : [`${part.place}: ${silent.join(', ')}`];
    });
    assert.deepEqual(open, []);
  });

  test('need a meaning unless the list is right', () => {
    const names = new Set(choices.map(nameOf));
    assert.deepEqual(
      Object.keys(selfExplaining).filter((name) => !names.has(name)),
      [],
    );
  });
});
