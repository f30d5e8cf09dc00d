import type { Page } from 'playwright-core';
import type { ResultMapElement } from '../../../web/map/elements/result-map-element.ts';

/** A layer as a link in the markup of a page. */
export const layerLink = (name: string, type: string, title: string, role = 'result'): string =>
  `<li><a href="/${name}" type="${type}" data-role="${role}">${title}</a></li>`;

export const mapWith = (...links: readonly string[]): string =>
  `<result-map id="map"><ul>${links.join('')}</ul></result-map><attribute-table for="map"></attribute-table>`;

/** Waits until all layers are there, and what they look like is drawn. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('result-map.complete', { timeout: 60_000 });
  await rendered(page);
}

/** Waits until nothing is being loaded or drawn. */
export async function rendered(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const element = document.querySelector('result-map') as unknown as ResultMapElement;
    const { map } = await element.ready;
    await new Promise<void>((resolve) => {
      map.once('rendercomplete', () => resolve());
      map.render();
    });
  });
}

/** Where a place is on the page, in its pixels. */
export const pixelAt = (page: Page, longitude: number, latitude: number): Promise<{ x: number; y: number }> =>
  page.evaluate(
    async ([lon, lat]) => {
      const element = document.querySelector('result-map') as unknown as ResultMapElement;
      const { map } = await element.ready;
      const radius = 6378137;
      const mercator = [
        (lon * Math.PI * radius) / 180,
        radius * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)),
      ];
      const [x = 0, y = 0] = map.getPixelFromCoordinate(mercator) ?? [];
      const box = map.getTargetElement()?.getBoundingClientRect();
      return { x: x + (box?.left ?? 0), y: y + (box?.top ?? 0) };
    },
    [longitude, latitude] as const,
  );

/** Moves the view to a place. */
export async function lookAt(
  page: Page,
  longitude: number,
  latitude: number,
  resolution: number,
): Promise<void> {
  await page.evaluate(
    async ([lon, lat, metres]) => {
      const element = document.querySelector('result-map') as unknown as ResultMapElement;
      const view = (await element.ready).map.getView();
      const radius = 6378137;
      view.setCenter([
        (lon * Math.PI * radius) / 180,
        radius * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)),
      ]);
      view.setResolution(metres);
    },
    [longitude, latitude, resolution] as const,
  );
  await rendered(page);
}

/** The line under the map, when it says something with a text in it. */
export async function readoutWith(page: Page, text: string): Promise<string> {
  await page.waitForFunction(
    (wanted) => document.querySelector('output.readout')?.textContent.includes(wanted),
    text,
  );
  return (await page.textContent('output.readout')) ?? '';
}

/** Red, green, blue and opacity of a pixel of the screen. */
export async function screenColour(page: Page, { x, y }: { x: number; y: number }): Promise<number[]> {
  const clip = { x: Math.floor(x), y: Math.floor(y), width: 1, height: 1 };
  const picture = (await page.screenshot({ clip })).toString('base64');
  return page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])];
  }, picture);
}
