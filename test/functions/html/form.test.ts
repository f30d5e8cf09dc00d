import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nothingFilledIn } from '../../../functions/html/form/form-values.ts';
import { processForm } from '../../../functions/html/form/process-form.ts';
import { meanings } from '../../../functions/html/form/words.ts';
import { processes } from '../../../processes/index.ts';

/** The field of an input in an empty form. */
function fieldOf(processID: string, input: string): string {
  const process = processes.find(({ id }) => id === processID);
  assert.ok(process);
  const { text } = processForm(process, 'https://example.org/v1', nothingFilledIn);
  return (
    new RegExp(`<div class="field [^"]*" id="field-${input}"[\\s\\S]*?(?=<div class="field )`).exec(
      text,
    )?.[0] ?? ''
  );
}

describe('what a description says of each value', () => {
  test('is taken apart from what it says besides', () => {
    assert.deepEqual(meanings('Outer corners. round: an arc. bevel: cut off.', ['round', 'bevel']), {
      rest: 'Outer corners.',
      byValue: new Map([
        ['round', 'an arc'],
        ['bevel', 'cut off'],
      ]),
    });
  });

  test('may be all that it says', () => {
    assert.equal(meanings('round: an arc. bevel: cut off.', ['round', 'bevel']).rest, '');
    assert.doesNotMatch(fieldOf('buffer', 'invalidGeometry'), /class="hint"/);
  });
});

describe('a field', () => {
  test('has the unit of its numbers behind it, which is said of it too', () => {
    const field = fieldOf('hillshade', 'azimuth');
    assert.match(
      field,
      /<div class="measure"><input id="input-azimuth"[^>]*><span class="unit" id="unit-azimuth">degrees<\/span><\/div>/,
    );
    assert.match(field, /aria-describedby="hint-azimuth unit-azimuth"/);
    assert.match(fieldOf('raster-statistics', 'percentiles'), /id="unit-percentiles">%</);
    assert.doesNotMatch(fieldOf('buffer', 'mitreLimit'), /class="unit"/);
  });

  test('has values one below the other with their meanings, where one of them is always chosen', () => {
    assert.match(
      fieldOf('buffer', 'endCap'),
      /<input type="radio" name="endCap" value="flat"> <span>flat<small>at the end point<\/small>/,
    );
  });

  test('has a list where there are many values, or none need be chosen', () => {
    assert.match(
      fieldOf('select-by-location', 'predicate'),
      /<option value="disjoint">disjoint – they share no point<\/option>/,
    );
    assert.match(
      fieldOf('convert-raster', 'outputType'),
      /<select [^>]*><option value="">Default of the process<\/option><option value="uint8">uint8 – whole numbers from 0 to 255</,
    );
  });

  test('tells what several values and those in rows mean', () => {
    assert.match(
      fieldOf('zonal-statistics', 'statistics'),
      /value="range"> <span>range<small>the highest minus the lowest<\/small>/,
    );
    assert.match(
      fieldOf('dissolve', 'aggregates'),
      /<option value="unique">unique – number of distinct values<\/option>/,
    );
  });
});
