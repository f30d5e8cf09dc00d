import type { Page } from 'playwright-core';
import type { MapHarness } from '../../test/browser/support/map-harness.ts';
import { layerLink, rendered, settled } from '../../test/browser/support/map-page.ts';
import type { ResultMapElement } from '../../web/map/elements/result-map-element.ts';
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
    layerLink(`layer-${index}`, type, escaped(title), role),
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
    await shade(page, 'input', 0.4);
    const after = (await isThere(page, 'result')) ? await capture(page) : undefined;
    await shade(page, 'input', 1);
    await shade(page, 'result', 0);
    const before = (await isThere(page, 'input')) ? await capture(page) : undefined;
    return { ...(before ? { before } : {}), ...(after ? { after } : {}) };
  } finally {
    await page.context().close();
  }
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Whether there is a layer: what cannot be drawn, such as a raster of no pixels, is no part of a picture. */
const isThere = (page: Page, role: PictureLayer['role']): Promise<boolean> =>
  page.evaluate(async (wanted) => {
    const { layers } = await (document.querySelector('result-map') as ResultMapElement).ready;
    return layers.some(({ text }) => text.role === wanted);
  }, role);

/** What went in stands back where its results are shown. Rasters stay as they are: the values are their colours. */
async function shade(page: Page, role: PictureLayer['role'], opacity: number): Promise<void> {
  await page.evaluate(
    async ([wanted, part]) => {
      const { layers } = await (document.querySelector('result-map') as ResultMapElement).ready;
      for (const { text, layer, kind } of layers)
        if (text.role === wanted && (kind === 'vector' || part === 0)) layer.setOpacity(part);
    },
    [role, opacity] as const,
  );
  await rendered(page);
}

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
