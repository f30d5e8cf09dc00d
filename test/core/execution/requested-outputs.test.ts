import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { requestedOutputs } from '../../../core/execution/requested-outputs.ts';
import type { Fault } from '../../../core/shared/errors.ts';
import buffer from '../../../processes/buffer/process.ts';
import { everything } from '../../support/process-fixture.ts';

function ask(named: Record<string, unknown> | undefined, process: typeof everything = everything) {
  const faults: Fault[] = [];
  return { outputs: requestedOutputs(process, named, faults), faults };
}

describe('an output that a request names', () => {
  const accepted: [rule: string, named: Record<string, unknown>, expected: object][] = [
    ['alone', { image: {} }, { id: 'image' }],
    ['with null, which some clients write for nothing', { image: null }, { id: 'image' }],
    ['by value', { image: { transmissionMode: 'value' } }, { id: 'image', transmissionMode: 'value' }],
    [
      'by reference',
      { image: { transmissionMode: 'reference' } },
      { id: 'image', transmissionMode: 'reference' },
    ],
    ['with null for a transmission mode', { image: { transmissionMode: null } }, { id: 'image' }],
    ['with null for a media type', { image: { format: { mediaType: null } } }, { id: 'image' }],
    [
      'with the whole media type where parameters are left out',
      { image: { format: { mediaType: 'image/tiff' } } },
      { id: 'image', mediaType: 'image/tiff; application=geotiff' },
    ],
    [
      'with a media type that is not nested',
      { image: { mediaType: 'image/jp2' } },
      { id: 'image', mediaType: 'image/jp2' },
    ],
    [
      'a number as plain text',
      { integer: { format: { mediaType: 'text/plain' } } },
      { id: 'integer', mediaType: 'text/plain' },
    ],
    [
      'a number as JSON',
      { integer: { format: { mediaType: 'application/json' } } },
      { id: 'integer', mediaType: 'application/json' },
    ],
    [
      'an object as JSON',
      { measure: { format: { mediaType: 'application/json' } } },
      { id: 'measure', mediaType: 'application/json' },
    ],
  ];
  for (const [rule, named, expected] of accepted) {
    test(rule, () => assert.deepEqual(ask(named), { outputs: [expected], faults: [] }));
  }

  const offered = 'image/tiff; application=geotiff, image/jp2';
  const refused: [rule: string, named: Record<string, unknown>, pointer: string, detail: string][] = [
    [
      'in an encoding that nobody writes',
      { image: { format: { encoding: 'hex' } } },
      '/outputs/image/format/encoding',
      'must be "base64", the only encoding of bytes that is known, but is "hex". Leave it out for text and JSON.',
    ],
    [
      'that the process has not',
      { images: {} },
      '/outputs/images',
      'The process has no such output. Did you mean "image"? It has: text, integer, measure, area, image, gml.',
    ],
    [
      'that every object has',
      { constructor: {} },
      '/outputs/constructor',
      'The process has no such output. It has: text, integer, measure, area, image, gml.',
    ],
    [
      'with true for its members',
      { image: true },
      '/outputs/image',
      'must be an object, such as {} or {"format": {"mediaType": "..."}}.',
    ],
    [
      'with another transmission mode',
      { image: { transmissionMode: 'link' } },
      '/outputs/image/transmissionMode',
      'must be "value" or "reference", but is "link".',
    ],
    [
      'with text for a format',
      { image: { format: 'tiff' } },
      '/outputs/image/format',
      'must be an object, such as {"mediaType": "image/tiff; application=geotiff"}.',
    ],
    [
      'with a number for a media type',
      { image: { format: { mediaType: 5 } } },
      '/outputs/image/format/mediaType',
      `must be one of ${offered}, but is 5.`,
    ],
    [
      'with an empty media type',
      { image: { format: { mediaType: '' } } },
      '/outputs/image/format/mediaType',
      `must be one of ${offered}, but is "".`,
    ],
    [
      'with a media type that is a letter away',
      { image: { format: { mediaType: 'image/jp3' } } },
      '/outputs/image/format/mediaType',
      `must be one of ${offered}, but is "image/jp3". Did you mean "image/jp2"?`,
    ],
    [
      'that is no number as plain text',
      { image: { format: { mediaType: 'text/plain' } } },
      '/outputs/image/format/mediaType',
      `must be one of ${offered}, but is "text/plain".`,
    ],
  ];
  for (const [rule, named, pointer, detail] of refused) {
    test(rule, () => {
      const { outputs, faults } = ask(named);
      assert.deepEqual(faults, [{ pointer, detail }]);
      assert.ok(outputs.every(({ id, mediaType }) => id === 'image' && mediaType === undefined));
    });
  }

  test('that is unknown is left out of what is asked for', () => {
    assert.deepEqual(ask({ nothing: {}, text: {} }).outputs, [{ id: 'text' }]);
  });
});

test('a JSON format that is asked for as plain JSON is noted as that', () => {
  const asked = (mediaType: string) => requestedOutputs(buffer, { result: { format: { mediaType } } }, []);
  assert.deepEqual(asked('application/json'), [
    { id: 'result', mediaType: 'application/geo+json', asJson: true },
  ]);
  assert.deepEqual(asked('application/geo+json'), [{ id: 'result', mediaType: 'application/geo+json' }]);
});

describe('a format that is called by its name or the extension of its files', () => {
  const layers = buffer as unknown as typeof everything;
  for (const [name, mediaType] of [
    ['GeoPackage', 'application/geopackage+sqlite3'],
    ['GEOPACKAGE', 'application/geopackage+sqlite3'],
    ['gpkg', 'application/geopackage+sqlite3'],
    ['.gpkg', 'application/geopackage+sqlite3'],
    ['.FGB', 'application/flatgeobuf'],
  ]) {
    test(`"${name}" means ${mediaType}`, () => {
      const { faults } = ask({ result: { format: { mediaType: name } } }, layers);
      assert.match(
        faults[0]?.detail ?? '',
        new RegExp(` Did you mean "${mediaType?.replace('+', '\\+')}"\\?$`),
      );
    });
  }
  test('is no extension with a point in it', () => {
    const { faults } = ask({ result: { format: { mediaType: 'gp.kg' } } }, layers);
    assert.doesNotMatch(faults[0]?.detail ?? '', /Did you mean "application\/geopackage/);
  });
  test('is not offered where the output has it not', () => {
    const { faults } = ask({ image: { format: { mediaType: 'gpkg' } } });
    assert.doesNotMatch(faults[0]?.detail ?? '', /Did you mean/);
  });
});
