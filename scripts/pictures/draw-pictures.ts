import type { Page } from 'playwright-core';
import type { MapHarness } from '../../test/browser/support/map-harness.ts';
import { layerLink, rendered, settled } from '../../test/browser/support/map-page.ts';
import type { ResultMapElement } from '../../web/map/elements/result-map-element.ts';
import type { PictureLayer } from './example-layers.ts';

/** Pictures are shown small: points and lines are drawn larger than on a map of that size. */
const RATIO = 1.5;
const [WIDTH, HEIGHT] = [480 / RATIO, 300 / RATIO];

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
  const page = await harness.open(`<result-map data-plain><ul>${links.join('')}</ul></result-map>`, {
    ratio: RATIO,
  });
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
    await fitAll(page);
    await tellRastersApart(page);
    await colourByWhatIsNew(page);
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

/** The layers may have been fitted into the width that the map had before. */
async function fitAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const view = await (document.querySelector('result-map') as ResultMapElement).ready;
    view.map.updateSize();
    view.fitAll();
  });
  await rendered(page);
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Whether there is a layer: what cannot be drawn, such as a raster of no pixels, is no part of a picture. */
const isThere = (page: Page, role: PictureLayer['role']): Promise<boolean> =>
  page.evaluate(async (wanted) => {
    const { layers } = await (document.querySelector('result-map') as ResultMapElement).ready;
    return layers.some(({ text }) => text.role === wanted);
  }, role);

/** Of several rasters that go in, each has another ramp: sheets that become one are seen to be several. */
async function tellRastersApart(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { layers } = await (document.querySelector('result-map') as ResultMapElement).ready;
    const inputs = layers.flatMap((layer) =>
      layer.kind === 'raster' && layer.text.role === 'input' ? [layer] : [],
    );
    for (const layer of inputs.slice(1))
      if (layer.style.kind === 'ramp') layer.setStyle({ ...layer.style, ramp: 'YlOrBr' });
  });
}

/**
 * Colours results by the first property that no input has, if it has several numbers or a few other values: of processes that leave
 * geometries as they are, it is all that is new.
 */
async function colourByWhatIsNew(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { layers } = await (document.querySelector('result-map') as ResultMapElement).ready;
    const vectors = layers.flatMap((layer) => (layer.kind === 'vector' ? [layer] : []));
    const namesIn = ({ store }: (typeof vectors)[number]) =>
      new Set(store.features.flatMap(({ properties }) => Object.keys(properties ?? {})));
    const known = new Set(
      vectors.filter(({ text }) => text.role === 'input').flatMap((layer) => [...namesIn(layer)]),
    );
    if (!vectors.some(({ text }) => text.role === 'input')) return;
    for (const layer of vectors.filter(({ text }) => text.role === 'result')) {
      const valuesOf = (name: string) =>
        new Set(layer.store.features.map(({ properties }) => properties?.[name] as unknown));
      const isNumeric = (name: string) =>
        [...valuesOf(name)].every((value) => value === null || typeof value === 'number');
      const added = [...namesIn(layer)].filter((name) => !known.has(name) && valuesOf(name).size > 1);
      const property = added.find(isNumeric) ?? added.find((name) => valuesOf(name).size <= 6);
      if (property === undefined) continue;
      layer.setStyle({ ...layer.style, property, method: isNumeric(property) ? 'equal' : 'unique' });
    }
  });
}

/**
 * What went in stands back where its results are shown. Rasters stay as they are below features, as values are their colours; below
 * other rasters they would be taken for these.
 */
async function shade(page: Page, role: PictureLayer['role'], opacity: number): Promise<void> {
  await page.evaluate(
    async ([wanted, part]) => {
      const { layers } = await (document.querySelector('result-map') as ResultMapElement).ready;
      const isRaster = layers.some(({ text, kind }) => text.role === 'result' && kind === 'raster');
      for (const { text, layer, kind } of layers) {
        if (text.role !== wanted) continue;
        const faint = kind === 'vector' ? part : isRaster ? part / 2 : 1;
        layer.setOpacity(part === 0 || part === 1 ? part : faint);
      }
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
