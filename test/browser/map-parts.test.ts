import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { sampleFeatures } from '../../scripts/sample-data.ts';
import type { DrawGeometryElement } from '../../web/map/elements/draw-geometry-element.ts';
import type { LayerPreviewElement } from '../../web/map/elements/layer-preview-element.ts';
import { findBarriers } from './support/find-barriers.ts';
import { startMapHarness } from './support/map-harness.ts';
import { layerLink, lookAt, mapWith, settled } from './support/map-page.ts';

const GEOJSON = 'application/geo+json';
const harness = await startMapHarness();
after(() => harness.close());

describe('the attribute table', () => {
  it('of 200,000 rows has those in the page that are seen, sorts them, and goes to the last with a key', async () => {
    const features = Array.from({ length: 200_000 }, (_, index) => ({
      type: 'Feature',
      properties: { number: (index * 7919) % 200_000, name: `Place ${index}` },
      geometry: { type: 'Point', coordinates: [(index % 500) / 50, 45 + Math.floor(index / 500) / 50] },
    }));
    harness.files.set('many.json', {
      type: GEOJSON,
      bytes: JSON.stringify({ type: 'FeatureCollection', features }),
    });
    const page = await harness.open(mapWith(layerLink('many.json', GEOJSON, 'Many')));
    await settled(page);
    const grid = page.getByRole('grid');
    assert.equal(await grid.getAttribute('aria-rowcount'), '200001');
    assert.ok((await page.locator('attribute-table [role=row]').count()) < 60);
    await page.getByRole('button', { name: /^number/ }).click();
    const first = page.locator('attribute-table [aria-rowindex="2"] [role=gridcell]').nth(1);
    assert.equal(await first.textContent(), '0');
    assert.equal(await page.locator('[role=columnheader][aria-sort=ascending]').count(), 1);
    await grid.focus();
    await page.keyboard.press('End');
    const last = page.locator('attribute-table [aria-rowindex="200001"]');
    await last.waitFor();
    assert.match((await last.textContent()) ?? '', /199999/);
    assert.equal(await grid.getAttribute('aria-activedescendant'), await last.getAttribute('id'));
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('attribute-table [aria-selected=true]').count(), 1);
    await page.context().close();
  });

  it('comes with the map, and a chart whose bars select the features in them', async () => {
    const counties = sampleFeatures('counties', { state: '47' });
    const features = counties.features.map((feature, index) => ({
      ...feature,
      properties: { ...feature.properties, height: index },
    }));
    harness.files.set('counties.json', { type: GEOJSON, bytes: JSON.stringify({ ...counties, features }) });
    const page = await harness.open(
      `<result-map><ul>${layerLink('counties.json', GEOJSON, 'Counties')}</ul></result-map>`,
    );
    await settled(page);
    await page.locator('result-chart .bar').first().click();
    await page.waitForSelector('attribute-table [aria-selected=true]');
    const said = (await page.locator('attribute-table .status').textContent()) ?? '';
    await page.locator('result-chart summary').click();
    const count = await page.locator('result-chart tbody td:last-child').first().textContent();
    assert.equal(said, `${count} of 95 rows selected`);
    assert.deepEqual(await findBarriers(page), []);
    await page.context().close();
  });
});

describe('the map without tiles', () => {
  /** How many of the pixels in a strip of the map differ from their neighbours: none of a blank rectangle do. */
  const edgesIn = (page: Awaited<ReturnType<typeof harness.open>>) =>
    page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('canvas.graticule');
      const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return data.filter((value, index) => index % 4 === 3 && value > 0).length;
    });

  it('shows degrees where the countries end to say anything, and a scale bar at every scale', async () => {
    const point = {
      type: 'Feature',
      properties: {},
      geometry: { type: 'Point', coordinates: [5.1214, 52.0907] },
    };
    harness.files.set('point.json', { type: GEOJSON, bytes: JSON.stringify(point) });
    const page = await harness.open(mapWith(layerLink('point.json', GEOJSON, 'Tower')));
    await settled(page);
    const bars: string[] = [];
    for (const [resolution, hasDegrees] of [
      [40_000, false],
      [1000, false],
      [100, true],
      [1, true],
      [0.02, true],
    ] as const) {
      await lookAt(page, 5.1214, 52.0907, resolution);
      assert.equal((await edgesIn(page)) > 500, hasDegrees, `${resolution} m`);
      const bar = page.locator('.ol-scale-line-inner');
      assert.ok(await bar.isVisible());
      bars.push((await bar.textContent()) ?? '');
    }
    assert.equal(new Set(bars).size, bars.length, bars.join());
    await page.context().close();
  });

  it('shows no degrees where there are tiles', async () => {
    const page = await harness.open(
      `<result-map data-tiles="/tile/{z}/{x}/{y}.png"><ul>${layerLink('point.json', GEOJSON, 'Tower')}</ul></result-map>`,
    );
    await page.waitForSelector('result-map.complete');
    assert.equal(await page.locator('canvas.graticule').count(), 0);
    await page.context().close();
  });
});

it('few features have a bar each, with their names, which selects them', async () => {
  const zones = ['North', 'South', 'West'].map((zone, index) => ({
    type: 'Feature',
    properties: { zone, mean: 10 * (index + 1) },
    geometry: { type: 'Point', coordinates: [index, 1] },
  }));
  const bytes = JSON.stringify({ type: 'FeatureCollection', features: zones });
  harness.files.set('zones.json', { type: GEOJSON, bytes });
  const page = await harness.open(
    `<result-map><ul>${layerLink('zones.json', GEOJSON, 'Zones')}</ul></result-map>`,
  );
  await settled(page);
  assert.equal(await page.locator('result-chart .bar').count(), 3);
  assert.match((await page.locator('result-chart figure').textContent()) ?? '', /North.*South.*West/);
  await page.locator('result-chart .bar').nth(1).click();
  const selected = page.locator('attribute-table [aria-selected=true]');
  assert.match((await selected.textContent()) ?? '', /South/);
  await page.context().close();
});

it('a table of numbers becomes a chart, and stays', async () => {
  const page = await harness.open(
    '<result-chart><table><tr><th>Continent</th><th>Area</th></tr><tr><td>Africa</td><td>30,370</td></tr><tr><td>Asia</td><td>44,614</td></tr></table></result-chart>',
  );
  const bars = page.locator('.chart .bar');
  await bars.first().waitFor({ state: 'attached' });
  assert.equal(await bars.count(), 2);
  const [africa, asia] = await bars.evaluateAll((all) =>
    all.map((bar) => bar.getBoundingClientRect().height),
  );
  assert.ok(Math.abs((africa ?? 0) / (asia ?? 1) - 30370 / 44614) < 0.01);
  assert.equal(await page.locator('table td').count(), 4);
  await page.context().close();
});

it('of the columns of a table the first whose values differ is in the chart', async () => {
  const page = await harness.open(
    '<result-chart><table><tr><th>Name</th><th>count</th><th>mean</th></tr><tr><td>A</td><td>1</td><td>20</td></tr><tr><td>B</td><td>1</td><td>30</td></tr></table></result-chart>',
  );
  assert.equal(await page.getByLabel('Chart').inputValue(), '2');
  await page.context().close();
});

describe('drawing', () => {
  const valueIn = (page: Awaited<ReturnType<typeof harness.open>>) =>
    page.evaluate(() => (document.querySelector('draw-geometry') as DrawGeometryElement).value);

  it('a polygon goes into the field, the right way round, and is taken back', async () => {
    const page = await harness.open(
      '<label>Area <textarea id="area"></textarea></label><draw-geometry data-target="area"></draw-geometry>',
    );
    await page.waitForSelector('draw-geometry.started');
    await page.getByRole('button', { name: 'Polygon' }).click();
    const box = await page.locator('draw-geometry .canvas').boundingBox();
    assert.ok(box);
    const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
    for (const [x, y] of [at(0.4, 0.4), at(0.6, 0.4), at(0.6, 0.6)]) await page.mouse.click(x, y);
    await page.getByRole('button', { name: 'Finish' }).click();
    const { features } = JSON.parse(await page.locator('#area').inputValue()) as {
      features: { geometry: { type: string; coordinates: number[][][] } }[];
    };
    assert.equal(features.length, 1);
    const [ring = []] = features[0]?.geometry.coordinates ?? [];
    assert.equal(ring.length, 4);
    const area = ring
      .slice(1)
      .reduce(
        (sum, [x = 0, y = 0], index) => sum + (ring[index]?.[0] ?? 0) * y - x * (ring[index]?.[1] ?? 0),
        0,
      );
    assert.ok(area > 0, 'outer rings run counterclockwise');
    await page.getByRole('button', { name: 'Undo' }).click();
    assert.equal(await page.locator('#area').inputValue(), '');
    assert.deepEqual(await findBarriers(page), []);
    await page.context().close();
  });

  it('keys set a point at the cross, and a rectangle by two corners', async () => {
    const page = await harness.open('<draw-geometry data-bbox></draw-geometry>');
    await page.waitForSelector('draw-geometry.started');
    await page.locator('draw-geometry .canvas').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const [west = 0, south = 0, east = 0, north = 0] = (await valueIn(page)) as number[];
    assert.ok(west < east && south < north && west > -180 && east < 180);
    await page.context().close();
  });

  it('what was drawn before can be shown again', async () => {
    const page = await harness.open('<draw-geometry></draw-geometry>');
    await page.evaluate(() => {
      const element = document.querySelector('draw-geometry') as DrawGeometryElement;
      const geometry = { type: 'Point' as const, coordinates: [5.25, 52.5] };
      element.value = {
        type: 'FeatureCollection',
        features: [{ type: 'Feature', properties: {}, geometry }],
      };
    });
    await page.waitForSelector('draw-geometry.started');
    const value = (await valueIn(page)) as { features: { geometry: unknown }[] };
    assert.deepEqual(value.features[0]?.geometry, { type: 'Point', coordinates: [5.25, 52.5] });
    await page.context().close();
  });
});

it('a preview shows what was chosen, one for each input, and nothing when that is gone', async () => {
  const page = await harness.open('<layer-preview hidden></layer-preview>');
  const show = (name: string, preview: { title: string; data?: unknown; bbox?: number[] } | undefined) =>
    page.evaluate(
      async ([id, what]) => {
        await customElements.whenDefined('layer-preview');
        await (document.querySelector('layer-preview') as LayerPreviewElement).show(id, what ?? undefined);
      },
      [name, preview ?? null] as const,
    );
  const titles = () => page.locator('.layers .title').allTextContents();
  await show('features', { title: 'Points', data: { type: 'Point', coordinates: [5, 52] } });
  await show('overlay', { title: 'Raster', bbox: [4, 51, 6, 53] });
  assert.deepEqual(await titles(), ['Raster', 'Points']);
  await show('features', {
    title: 'Lines',
    data: {
      type: 'LineString',
      coordinates: [
        [5, 52],
        [6, 53],
      ],
    },
  });
  assert.deepEqual(await titles(), ['Lines', 'Raster']);
  await show('features', undefined);
  await show('overlay', undefined);
  assert.equal(await page.locator('layer-preview').isVisible(), false);
  await page.context().close();
});

it('a preview stays while an input is empty beside one that is being loaded, as when a form opens filled in', async () => {
  const page = await harness.open('<layer-preview hidden></layer-preview>');
  await page.evaluate(async () => {
    await customElements.whenDefined('layer-preview');
    const element = document.querySelector('layer-preview') as LayerPreviewElement;
    const point = { title: 'Points', data: { type: 'Point', coordinates: [5, 52] } };
    await Promise.all([
      element.show('features', undefined),
      element.show('features', point),
      element.show('overlay', undefined),
    ]);
  });
  assert.ok(await page.locator('layer-preview').isVisible());
  await page.evaluate(async () => {
    const element = document.querySelector('layer-preview') as LayerPreviewElement;
    await element.show('raster', { title: 'Damaged', file: new Blob(['no TIFF']), type: 'image/tiff' });
  });
  assert.ok(await page.locator('layer-preview').isVisible());
  assert.equal(await page.locator('.layers .title').count(), 1);
  await page.context().close();
});
