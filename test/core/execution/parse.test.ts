import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeBody, parseExecuteRequest } from '../../../core/execution/parse.ts';
import { InvalidRequest, LimitExceeded } from '../../../core/shared/errors.ts';
import { everything } from '../../support/process-fixture.ts';

const parse = (inputs: object, rest: object = {}) => parseExecuteRequest({ inputs, ...rest }, everything);

function catchFaults(action: () => unknown): { pointer: string; detail: string }[] {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof InvalidRequest, String(error));
    return [...error.faults];
  }
  assert.fail('The request was accepted');
}

const geometry = { type: 'Point', coordinates: [1, 2] };
const tiff = Buffer.from('II*\0').toString('base64');

describe('/req/core/process-execute-input-validation: values that are accepted', () => {
  const accepted: [string, object][] = [
    ['a literal', { text: 'a' }],
    ['an integer for a number', { number: 10 }],
    ['1e0 for an integer', { integer: 1 }],
    ['an array as one value', { pair: [1, 2] }],
    ['/req/core/process-execute-input-array: an array of one occurrence', { words: ['a'] }],
    [
      'an array of arrays',
      {
        pairs: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    [
      '/req/core/process-execute-input-inline-object: a wrapped object',
      { measure: { value: { measurement: 1, uom: 'm' } } },
    ],
    ['a bare object', { measure: { measurement: 1, uom: 'm' } }],
    ['/req/core/process-execute-input-inline-bbox: 4 numbers', { area: { bbox: [51.9, 7, 52, 7.1] } }],
    ['6 numbers and a CRS', { area: { bbox: [1, 2, 3, 4, 5, 6], crs: 'urn:ogc:def:crs:EPSG:6.6:4326' } }],
    ['numbers out of range', { area: { bbox: [345345345, 345345345, 345345345, 345345345] } }],
    ['a date and time', { when: '2026-01-31T12:00:00Z' }],
    [
      '/req/core/process-execute-input-multiple-types: by media type',
      { geometry: { value: '<gml:Point/>', mediaType: 'application/gml+xml; version=3.2' } },
    ],
    ['by schema match', { geometry }],
    ['wrapped without a media type', { geometry: { value: geometry } }],
    [
      '/req/core/process-execute-input-inline-binary: flat',
      { image: { value: tiff, mediaType: 'image/tiff' } },
    ],
    [
      'binary with the nested format',
      { image: { value: tiff, format: { mediaType: 'image/tiff', encoding: 'base64' } } },
    ],
    ['a bare base64 string', { image: tiff }],
    ['a reference', { image: { href: 'https://example.org/image.tif', type: 'image/tiff' } }],
    ['null for what may be left out', { number: null }],
  ];
  for (const [name, inputs] of accepted) {
    test(name, () => assert.equal(parse({ text: 'a', ...inputs }).processID, 'everything'));
  }
});

describe('the name of a job', () => {
  const title = (value: unknown) => parse({ text: 'a' }, { title: value }).title;

  test('is text, without what surrounds it; null is none', () => {
    assert.equal(title('  Noise around the A2 '), 'Noise around the A2');
    assert.equal(title('ö'.repeat(200)), 'ö'.repeat(200));
    // Arabic and Hebrew, and the marks that order numbers in them.
    assert.equal(title('ضوضاء \u200fA2'), 'ضوضاء \u200fA2');
    assert.equal(title(null), undefined);
    assert.ok(!('title' in parse({ text: 'a' })));
  });

  test('of another kind is a fault at its place', () => {
    const lines = ['two\nlines', 'two\u2028lines'];
    for (const wrong of [
      5,
      '',
      ' ',
      ...lines,
      'a'.repeat(201),
      ['a'],
      'evil\u202efdp.exe',
      '\u2066a\u2069',
    ]) {
      const [fault] = catchFaults(() => title(wrong));
      assert.equal(fault?.pointer, '/title');
      assert.match(fault.detail, /one line of text with up to 200 characters/);
    }
  });
});

describe('/req/core/process-execute-input-validation: values that are refused', () => {
  const refused: [string, object, string][] = [
    ['a required input that is missing', { text: undefined }, '/inputs/text'],
    ['a string for a number', { number: '3.14' }, '/inputs/number'],
    ['an exclusive minimum', { number: 0 }, '/inputs/number'],
    ['a fraction for an integer', { integer: 1.5 }, '/inputs/integer'],
    ['an unknown enumeration value', { choice: 'square' }, '/inputs/choice'],
    ['too few items', { pair: [1] }, '/inputs/pair'],
    ['occurrences for a single array', { pair: [[1, 2], 3] }, '/inputs/pair/0'],
    ['a scalar where occurrences are due', { words: 'a' }, '/inputs/words'],
    ['too many occurrences', { words: ['a', 'b', 'c', 'd'] }, '/inputs/words'],
    ['scalars for arrays', { pairs: [1] }, '/inputs/pairs/0'],
    ['a missing property', { measure: { value: { uom: 'm' } } }, '/inputs/measure/value'],
    ['5 numbers', { area: { bbox: [1, 2, 3, 4, 5] } }, '/inputs/area/bbox'],
    ['a date without a zone', { when: '2026-01-31' }, '/inputs/when'],
    [
      'an undeclared media type',
      { geometry: { value: 'x', mediaType: 'text/xml' } },
      '/inputs/geometry/value',
    ],
    ['what is not base64', { image: { value: '###', mediaType: 'image/tiff' } }, '/inputs/image/value'],
    ['an object for bytes', { image: { type: 'wrong/type_x' } }, '/inputs/image'],
    ['a reference to a file', { image: { href: 'file:///etc/passwd' } }, '/inputs/image/href'],
    ['an unknown input', { 'a/b': 1 }, '/inputs/a~1b'],
  ];
  for (const [name, inputs, pointer] of refused) {
    test(name, () => {
      const faults = catchFaults(() => parse({ text: 'a', ...inputs }));
      assert.deepEqual(new Set(faults.map((fault) => fault.pointer)), new Set([pointer]));
      assert.match(faults[0]!.detail, /\w.*\.$/);
    });
  }

  test('lists every fault, not just the first', () => {
    const faults = catchFaults(() =>
      parse({ number: 'x', choice: 'y', z: 1 }, { outputs: { nope: {} }, response: 'x' }),
    );
    assert.deepEqual(faults.map(({ pointer }) => pointer).sort(), [
      '/inputs/choice',
      '/inputs/number',
      '/inputs/text',
      '/inputs/z',
      '/outputs/nope',
      '/response',
    ]);
  });
});

describe('the outputs of an execute request', () => {
  test('/req/core/process-execute-omitted-outputs: all of them', () => {
    const request = parse({ text: 'a' });
    assert.deepEqual(
      request.outputs.map(({ id }) => id),
      Object.keys(everything.outputs),
    );
    assert.equal(request.outputsNamed, false);
  });

  test('/req/core/process-execute-empty-outputs: none', () => {
    assert.deepEqual(parse({ text: 'a' }, { outputs: {} }).outputs, []);
  });

  test('a format chooses an alternative', () => {
    const { outputs } = parse({ text: 'a' }, { outputs: { image: { format: { mediaType: 'image/jp2' } } } });
    assert.deepEqual(outputs, [{ id: 'image', mediaType: 'image/jp2' }]);
  });

  test('an unknown format is refused', () => {
    const faults = catchFaults(() =>
      parse({ text: 'a' }, { outputs: { image: { format: { mediaType: 'x/unknown' } } } }),
    );
    assert.equal(faults[0]!.pointer, '/outputs/image/format/mediaType');
  });
});

describe('the dialect of an execute request', () => {
  const cases: [string, object, '1.0' | '2.0'][] = [
    ['nothing that only 1.0 defines', {}, '2.0'],
    ['outputs without modes', { outputs: { text: {} } }, '2.0'],
    ['response', { response: 'raw' }, '1.0'],
    ['a transmission mode', { outputs: { text: { transmissionMode: 'value' } } }, '1.0'],
  ];
  for (const [name, rest, dialect] of cases) {
    test(`${name}: ${dialect}`, () => assert.equal(parse({ text: 'a' }, rest).dialect, dialect));
  }
});

describe('the body of an execute request', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  for (const body of [
    undefined,
    bytes(''),
    bytes('{'),
    bytes('"\xff"').slice(0, 2),
    new Uint8Array([0xff]),
  ]) {
    test(`${body && `[${body}]`} is refused`, () => {
      assert.throws(() => decodeBody(body, everything), InvalidRequest);
    });
  }
  for (const body of [
    null,
    1,
    'x',
    [],
    { inputs: [] },
    { inputs: { text: 'a' }, subscriber: { successUri: 'x' } },
  ]) {
    test(`${JSON.stringify(body)} is refused`, () => {
      assert.throws(() => parseExecuteRequest(body, everything), InvalidRequest);
    });
  }
  test('{} and unknown members are refused where an input is required', () => {
    assert.equal(
      catchFaults(() => parseExecuteRequest({ 'invalid-execute-request': 'true)' }, everything)).length,
      1,
    );
  });
  test('more bytes than the process takes are refused', () => {
    assert.throws(
      () => decodeBody(new Uint8Array(everything.limits.inlineBytes + 1), everything),
      LimitExceeded,
    );
  });
  test('the misspelt successUrl of version 1.0 is understood', () => {
    const { subscriber } = parse({ text: 'a' }, { subscriber: { successUrl: 'https://example.org/done' } });
    assert.deepEqual(subscriber, { successUri: 'https://example.org/done' });
  });
});

describe('what is said of a body', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const only = (action: () => unknown) => {
    const [fault, ...others] = catchFaults(action);
    assert.deepEqual(others, []);
    return fault;
  };
  test('that is empty', () => {
    for (const body of [undefined, bytes('')]) {
      assert.deepEqual(
        only(() => decodeBody(body, everything)),
        {
          pointer: '',
          detail: 'The body is empty. Send a JSON object such as {"inputs": {}}.',
        },
      );
    }
  });
  test('that is no JSON', () => {
    const fault = only(() => decodeBody(bytes('{"a":}'), everything));
    assert.equal(fault?.pointer, '');
    assert.match(fault?.detail ?? '', /^The body is not JSON/);
  });
  test('that is JSON: nothing, up to the bytes that the process takes', () => {
    const { inlineBytes } = everything.limits;
    assert.equal(decodeBody(bytes('null'), everything), null);
    assert.deepEqual(decodeBody(bytes(`{"inputs":{}}${' '.repeat(inlineBytes - 13)}`), everything), {
      inputs: {},
    });
  });
  test('that is too long: the body as a whole', () => {
    const body = new Uint8Array(everything.limits.inlineBytes + 1);
    assert.throws(
      () => decodeBody(body, everything),
      ({ faults = [] }: LimitExceeded) => faults.every(({ pointer }) => pointer === ''),
    );
  });
  test('that is no object', () => {
    assert.deepEqual(
      only(() => parseExecuteRequest([], everything)),
      {
        pointer: '',
        detail: 'The body must be a JSON object with the member "inputs".',
      },
    );
  });
  test('whose members are no objects: nothing of what would be in them', () => {
    for (const name of ['inputs', 'outputs', 'subscriber']) {
      const fault = only(() => parseExecuteRequest({ inputs: { text: 'a' }, [name]: 'x' }, everything));
      assert.deepEqual(fault, {
        pointer: `/${name}`,
        detail: 'must be an object with one member per identifier, but is "x".',
      });
    }
  });
  test('whose members are null: as if they were not there', () => {
    const request = parse({ text: 'a', number: null }, { outputs: null, subscriber: null, response: null });
    assert.deepEqual(request.inputs, { text: 'a' });
    assert.equal(request.outputsNamed, false);
    assert.equal(request.dialect, '2.0');
    assert.equal(request.subscriber, undefined);
  });
  test('whose response is another', () => {
    assert.deepEqual(
      only(() => parse({ text: 'a' }, { response: 'both' })),
      {
        pointer: '/response',
        detail: 'must be "raw" or "document", but is "both".',
      },
    );
  });
});

describe('an execute request that is right', () => {
  test('has its inputs, outputs and response', () => {
    const request = parse({ text: 'a', number: 5 }, { outputs: { text: {} }, response: 'document' });
    assert.deepEqual(request, {
      processID: 'everything',
      dialect: '1.0',
      inputs: { text: 'a', number: 5 },
      outputs: [{ id: 'text' }],
      outputsNamed: true,
      response: 'document',
    });
  });
  test('is answered raw where it does not say', () => {
    assert.equal(parse({ text: 'a' }).response, 'raw');
    assert.equal(parse({ text: 'a' }, { response: 'raw' }).response, 'raw');
  });
  test('of version 1.0 has a transmission mode for any of its outputs', () => {
    const { dialect } = parse(
      { text: 'a' },
      { outputs: { text: {}, image: { transmissionMode: 'reference' } } },
    );
    assert.equal(dialect, '1.0');
  });
});

test('faults of inputs of one place keep the order in which they were found', () => {
  const faults = catchFaults(() => parse({ measure: { measurement: 'x', uom: 5 }, text: 5 }));
  assert.deepEqual(
    faults.map(({ pointer }) => pointer),
    ['/inputs/measure/measurement', '/inputs/measure/uom', '/inputs/text'],
  );
});

test('what a request gives twice is refused with its place: one of the values would be lost', () => {
  const decode = (json: string) => decodeBody(new TextEncoder().encode(json), everything);
  for (const [json, pointer] of [
    ['{"inputs":{"number":1},"inputs":{"number":2}}', '/inputs'],
    ['{"inputs":{"number":1,"number":2}}', '/inputs/number'],
    ['{"inputs":{"measure":{"value":1,"value":2}}}', '/inputs/measure/value'],
    ['{"outputs":{"a":{},"\\u0061":{}}}', '/outputs/a'],
    [
      '{"subscriber":{"successUri":"https://a.example","successUri":"https://b.example"}}',
      '/subscriber/successUri',
    ],
  ] as const) {
    const [fault] = catchFaults(() => decode(json));
    assert.equal(fault?.pointer, pointer);
    assert.match(fault?.detail ?? '', /more than once/);
  }
  assert.deepEqual(decode('{"inputs":{"a":{"b":{"c":1,"c":2}}}}'), { inputs: { a: { b: { c: 2 } } } });
});
