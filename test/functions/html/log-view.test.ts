import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { logTable } from '../../../functions/html/log-view.ts';

const line = (message: string, details?: object) => ({
  time: '2026-01-02T03:04:05Z',
  level: 'error' as const,
  message,
  ...(details && { details: details as never }),
});

describe('the log in a page', () => {
  test('names a fault once, where the message is about it', () => {
    const pointer = '/inputs/distanceField';
    const detail = 'names the property "absent", which no feature has.';
    const { text } = logTable([line(`${pointer}: ${detail}`, { errors: [{ pointer, detail }] })]);
    assert.equal(text.split('which no feature has').length, 2, text);
    assert.doesNotMatch(text, /<dt>/);
  });

  test('lists the faults that the message leaves out, and whatever else is said', () => {
    const errors = [1, 2].map((number) => ({ pointer: `/inputs/${number}`, detail: `is wrong ${number}.` }));
    const { text } = logTable([line('/inputs/1: is wrong 1.', { errors, input: '/inputs/features' })]);
    assert.match(text, /<li><code>\/inputs\/2<\/code> is wrong 2\.<\/li>/);
    assert.doesNotMatch(text, /<li><code>\/inputs\/1/);
    assert.match(text, /<dt>input<\/dt><dd>\/inputs\/features<\/dd>/);
  });

  test('shows errors of another form as they are', () => {
    assert.match(logTable([line('Odd', { errors: ['a', 'b'] })]).text, /<dt>errors<\/dt><dd>.*a.*b/);
  });
});
