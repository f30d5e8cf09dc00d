import type { Page } from 'playwright-core';
import type { MapHarness } from '../../test/browser/support/map-harness.ts';
import { layerLink, rendered, settled } from '../../test/browser/support/map-page.ts';
import type { PictureLayer } from './example-layers.ts';

const [WIDTH, HEIGHT] = [480, 300];

/** Draws what goes in, and what comes of it, in the same view: bytes of WebP, the ground transparent. */
export async function drawPictures(
  harness: MapHarness,
  layers: readonly PictureLayer[],
): Promise<{ before?: Uint8Array; after?: Uint8Array }> {
  for (const [index, { type, bytes }] of layers.entries())
    harness.files.set(`layer-${index}`, { type, bytes });
  const links = layers.map(({ type, title, role }, index) =>
    layerLink(`layer-${index}`, type, `${index} ${escaped(title)}`, role),
  );
  const page = await harness.open(`<result-map data-plain><ul>${links.join('')}</ul></result-map>`);
  try {
    await page.evaluate(
      ([width, height]) => {
        const map = document.querySelector<HTMLElement>('result-map');
        map?.style.setProperty('width', `${width}px`);
        map?.style.setProperty('--canvas-height', `${height}px`);
        document.documentElement.style.setProperty('background', 'none');
        document.body.style.setProperty('background', 'none');
      },
      [WIDTH, HEIGHT] as const,
    );
    await settled(page);
    // What cannot be drawn, such as a raster of no pixels, is no part of a picture.
    const shown = await page.locator('.layers .title').allTextContents();
    const isShown = (wanted: PictureLayer['role']) =>
      layers.some(
        ({ role }, index) => role === wanted && shown.some((title) => title.startsWith(`${index} `)),
      );
    const after = isShown('result') ? await capture(page) : undefined;
    for (const [index, { role }] of layers.entries())
      if (role === 'result' && after) await page.getByRole('checkbox', { name: `Show ${index} ` }).uncheck();
    await rendered(page);
    const before = isShown('input') ? await capture(page) : undefined;
    return { ...(before ? { before } : {}), ...(after ? { after } : {}) };
  } finally {
    await page.context().close();
  }
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

async function capture(page: Page): Promise<Uint8Array> {
  const png = await page.locator('.map .canvas').screenshot({ omitBackground: true });
  const webp = await page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.82);
  }, png.toString('base64'));
  return Buffer.from(webp.split(',')[1] ?? '', 'base64');
}
