import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CurveTally } from '../../../../geo/formats/common/curve-tally.ts';

describe('the tally of the curves of a file', () => {
  it('has nothing to say where there are none', () => {
    assert.deepEqual(new CurveTally('/inputs/features').remarks, []);
  });

  it('says that curves were linearized, once', () => {
    const curves = new CurveTally('/inputs/features');
    for (const vertices of [0, 45, 0]) curves.tell(vertices);
    assert.deepEqual(curves.remarks, [
      'The file has curves, which were linearized with about 4 degrees of arc between vertices.',
    ]);
  });

  it('ends where they become more vertices than a worker has memory for', () => {
    const curves = new CurveTally('/inputs/features');
    for (let left = 5; left > 0; left--) curves.tell(1_000_000);
    assert.throws(() => curves.tell(1), /LimitExceeded|more than 5000000 vertices/);
  });
});
