import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { manifest } from '../../../functions/assets/manifest.ts';
import { Markup } from '../../../functions/html/parts/markup.ts';
import { examplePictures } from '../../../functions/html/pictures.ts';

const base = 'https://example.org/v1';

describe('pictures of an example', () => {
  const pictures = manifest.pictures as Record<string, string>;
  Object.assign(pictures, {
    'buffer-before': 'b1.webp',
    'buffer-after': 'a1.webp',
    'layer-info-before': 'b2.webp',
    'create-grid-after': 'a3.webp',
  });
  after(() => {
    for (const name of Object.keys(pictures)) delete pictures[name];
  });

  const captionsOf = (id: string): string[] => {
    const markup = examplePictures(id, 'It', base);
    const text = markup instanceof Markup ? markup.text : markup;
    return [...text.matchAll(/src="([^"]*)".*?alt="([^"]*)".*?<figcaption>(.*?)<\/figcaption>/g)].map(
      ([, src, alt, caption]) => [src?.replace(`${base}/assets/`, ''), alt, caption].join(' | '),
    );
  };

  test('are what goes in and what comes of it', () => {
    assert.deepEqual(captionsOf('buffer'), [
      'b1.webp | It: input of the example | Input',
      'a1.webp | It: result of the example | Result',
    ]);
  });

  test('are one where there is no other, as of what makes no layer or takes none', () => {
    assert.deepEqual(captionsOf('layer-info'), ['b2.webp | It: input of the example | Input of the example']);
    assert.deepEqual(captionsOf('create-grid'), [
      'a3.webp | It: result of the example | Result of the example',
    ]);
    assert.deepEqual(captionsOf('echo'), []);
  });
});
