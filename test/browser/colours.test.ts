import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { fromArrayBuffer } from 'geotiff';
import type { Page } from 'playwright-core';
import { sampleFeatures } from '../../scripts/sample-data.ts';
import { type RampName, type Rgb, rampColour, rampColours } from '../../web/map/colours/ramps.ts';
import { startMapHarness } from './support/map-harness.ts';
import { layerLink, mapWith, pixelAt, rendered, screenColour, settled } from './support/map-page.ts';

const GEOJSON = 'application/geo+json';
const TIFF = 'image/tiff; application=geotiff';
const DEM = readFileSync(new URL('../fixtures/jacksboro.tif', import.meta.url));

const harness = await startMapHarness();
after(() => harness.close());

function assertAlike(seen: readonly number[], wanted: Rgb, what: string): void {
  const isAlike = wanted.every((part, index) => Math.abs(part - (seen[index] ?? -99)) <= 3);
  assert.ok(isAlike, `${what}: ${seen.slice(0, 3).join()} and not ${wanted.join()}`);
}

/** The colours of the legend's patches. */
const swatches = (page: Page): Promise<Rgb[]> =>
  page
    .locator('.legend .swatch')
    .evaluateAll((all) =>
      all.map((one) => getComputedStyle(one).backgroundColor.match(/\d+/g)?.map(Number) as unknown as Rgb),
    );

describe('the colours of a raster', () => {
  it('are those of the ramp between the ends that were chosen, and of its ends beyond them', async () => {
    harness.files.set('dem.tif', { type: TIFF, bytes: DEM });
    const image = await (await fromArrayBuffer(new Uint8Array(DEM).buffer)).getImage();
    const [west = 0, , , north = 0] = image.getBoundingBox();
    const [values] = (await image.readRasters()) as unknown as number[][];
    const places = [
      [60, 60],
      [200, 100],
      [300, 300],
      [150, 250],
    ] as const;
    const page = await harness.open(mapWith(layerLink('dem.tif', TIFF, 'Elevation')));
    await settled(page);
    await page.locator('.layers summary').click();
    const check = async (ramp: RampName, min: number, max: number): Promise<void> => {
      await page.getByLabel('Colour ramp').selectOption(ramp);
      for (const [label, value] of [
        // An end beyond the other one is not taken.
        ['Minimum', -1e6],
        ['Maximum', max],
        ['Minimum', min],
      ] as const) {
        await page.getByLabel(label).fill(String(value));
        await page.getByLabel(label).blur();
      }
      await rendered(page);
      for (const [column, row] of places) {
        const value = values?.[row * image.getWidth() + column] ?? Number.NaN;
        const at = await pixelAt(page, west + (column + 0.5) / 1200, north - (row + 0.5) / 1200);
        const wanted = rampColour(ramp, (value - min) / (max - min));
        assertAlike(await screenColour(page, at), wanted, `${ramp}, ${value} of ${min} to ${max}`);
      }
      const ends = await page.locator('.legend .ends span').allTextContents();
      assert.deepEqual(
        ends.map((text) => Number(/-?[\d,.]+/.exec(text)?.[0].replaceAll(',', ''))),
        [min, max],
      );
    };
    await check('YlGnBu', 200, 1000);
    await check('BrBG', 400, 600);
    await check('Greys', 0, 4000);
    await page.context().close();
  });
});

describe('the colours of features', () => {
  it('are those of the ramp and the classes that were chosen, in the legend and on the map', async () => {
    const counties = sampleFeatures('counties', { state: '47' });
    const features = counties.features.map((feature, index) => ({
      ...feature,
      properties: { ...feature.properties, index },
    }));
    const davidson = features.findIndex(({ properties }) => properties.name === 'Davidson');
    harness.files.set('counties.json', { type: GEOJSON, bytes: JSON.stringify({ ...counties, features }) });
    const page = await harness.open(mapWith(layerLink('counties.json', GEOJSON, 'Counties')));
    await settled(page);
    const at = await pixelAt(page, -86.78, 36.17);
    await page.getByRole('checkbox', { name: 'Show Counties' }).uncheck();
    await rendered(page);
    const ground = await screenColour(page, at);
    await page.getByRole('checkbox', { name: 'Show Counties' }).check();
    await page.locator('.layers summary').click();
    await page.getByLabel('Colour by').selectOption('index');
    await page.getByLabel('Mode').selectOption('equal');
    for (const [ramp, count] of [
      ['YlOrBr', 3],
      ['PuBu', 9],
    ] as const) {
      await page.getByLabel('Classes').selectOption(String(count));
      await page.getByLabel('Colour ramp').selectOption(ramp);
      await rendered(page);
      const colours = rampColours(ramp, count);
      assert.deepEqual(await swatches(page), colours);
      // Classes of equal width from 0 to the number of the last; features are drawn with 85 % of their colour.
      const place = (davidson / (features.length - 1)) * count;
      const colour = colours[Math.max(0, Math.ceil(place) - 1)] ?? [0, 0, 0];
      const mixed = colour.map((part, index) => Math.round(0.85 * part + 0.15 * (ground[index] ?? 0)));
      assertAlike(await screenColour(page, at), mixed as unknown as Rgb, `${ramp}, ${count} classes`);
    }
    await page.context().close();
  });
});
