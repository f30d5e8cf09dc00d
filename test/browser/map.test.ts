import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { fromArrayBuffer, writeArrayBuffer } from 'geotiff';
import { sampleFeatures } from '../../scripts/sample-data.ts';
import { findBarriers } from './support/find-barriers.ts';
import { asInput, runProcess } from './support/make-results.ts';
import { makeHugeTiff } from './support/make-tiff.ts';
import { startMapHarness } from './support/map-harness.ts';
import {
  layerLink,
  lookAt,
  mapWith,
  pixelAt,
  readoutWith,
  rendered,
  screenColour,
  settled,
} from './support/map-page.ts';

const GEOJSON = 'application/geo+json';
const FLATGEOBUF = 'application/flatgeobuf';
const TIFF = 'image/tiff; application=geotiff';
const DEM = readFileSync(new URL('../fixtures/jacksboro.tif', import.meta.url));

const harness = await startMapHarness();
after(() => harness.close());
const serve = (name: string, type: string, bytes: Uint8Array | string): void => {
  harness.files.set(name, { type, bytes });
};

const counties = sampleFeatures('counties', { state: '47' });
serve('counties.json', GEOJSON, JSON.stringify(counties));
serve('dem.tif', TIFF, DEM);

describe('rasters on the map', () => {
  it('the value under the pointer is that of the pixel in the file', async () => {
    const page = await harness.open(mapWith(layerLink('dem.tif', TIFF, 'Elevation')));
    await settled(page);
    const image = await (await fromArrayBuffer(new Uint8Array(DEM).buffer)).getImage();
    const [west = 0, , , north = 0] = image.getBoundingBox();
    for (const [column, row] of [
      [0, 0],
      [200, 100],
      [402, 343],
    ] as const) {
      const [values] = (await image.readRasters({
        window: [column, row, column + 1, row + 1],
      })) as unknown as number[][];
      const at = await pixelAt(page, west + (column + 0.5) / 1200, north - (row + 0.5) / 1200);
      await page.mouse.move(at.x, at.y);
      await readoutWith(page, `Elevation: ${values?.[0]?.toLocaleString('en-GB')}`);
    }
    await page.context().close();
  });

  it('a raster in a projected CRS lies where its coordinates say, within a pixel', async () => {
    // The tower in Utrecht, in the Dutch grid: a pixel of 50 m that begins at round numbers.
    const pixels = { width: 8, height: 8, hot: [3, 5] } as const;
    const values = new Uint8Array(pixels.width * pixels.height).fill(10);
    values[pixels.hot[1] * pixels.width + pixels.hot[0]] = 250;
    const [left, top, size] = [136_600, 456_200, 50];
    const bytes = writeArrayBuffer(values, {
      width: pixels.width,
      height: pixels.height,
      ModelPixelScale: [size, size, 0],
      ModelTiepoint: [0, 0, 0, left, top, 0],
      ProjectedCSTypeGeoKey: 28992,
      GTModelTypeGeoKey: 1,
      GTRasterTypeGeoKey: 1,
    } as never);
    serve('rd.tif', TIFF, new Uint8Array(bytes));
    const corners = [
      [3, 5],
      [4, 5],
      [4, 6],
      [3, 6],
    ].map(([x = 0, y = 0]) => [left + x * size, top - y * size]);
    const moved = await runProcess(
      'reproject',
      {
        features: {
          value: { type: 'Feature', properties: {}, geometry: { type: 'MultiPoint', coordinates: corners } },
        },
        sourceCrs: 'EPSG:28992',
        targetCrs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
      },
      GEOJSON,
    );
    const { features } = JSON.parse(Buffer.from(moved).toString()) as {
      features: { geometry: { coordinates: number[][] } }[];
    };
    const [nw = [], ne = [], se = [], sw = []] = features[0]?.geometry.coordinates ?? [];
    const page = await harness.open(mapWith(layerLink('rd.tif', TIFF, 'Hot')));
    await settled(page);
    await lookAt(page, ((nw[0] ?? 0) + (se[0] ?? 0)) / 2, ((nw[1] ?? 0) + (se[1] ?? 0)) / 2, 1);
    const [a, b, c, d] = await Promise.all([nw, ne, se, sw].map(([x = 0, y = 0]) => pixelAt(page, x, y)));
    assert.ok(a && b && c && d);
    const middle = { x: (a.x + c.x) / 2, y: (a.y + c.y) / 2 };
    const hot = await screenColour(page, middle);
    // A pixel inside each corner is hot, and one outside is not.
    for (const corner of [a, b, c, d]) {
      const towards = (pixelsAway: number) => {
        const [dx, dy] = [middle.x - corner.x, middle.y - corner.y];
        const step = pixelsAway / Math.max(Math.abs(dx), Math.abs(dy));
        return { x: corner.x + dx * step, y: corner.y + dy * step };
      };
      assert.deepEqual(await screenColour(page, towards(2)), hot);
      assert.notDeepEqual(await screenColour(page, towards(-2)), hot);
    }
    await page.context().close();
  });

  it('missing pixels are transparent, and said to be missing', async () => {
    const values = Float32Array.from([1, -9999, 3, 4]);
    const bytes = writeArrayBuffer(
      values as never,
      {
        width: 2,
        height: 2,
        ModelPixelScale: [1, 1, 0],
        ModelTiepoint: [0, 0, 0, 10, 50, 0],
        GeographicTypeGeoKey: 4326,
        GTModelTypeGeoKey: 2,
        GTRasterTypeGeoKey: 1,
        GDAL_NODATA: '-9999',
      } as never,
    );
    serve('gap.tif', TIFF, new Uint8Array(bytes));
    const page = await harness.open(mapWith(layerLink('gap.tif', TIFF, 'Gap')));
    await settled(page);
    const gap = await pixelAt(page, 11.5, 49.5);
    const there = await pixelAt(page, 10.5, 49.5);
    const shown = [await screenColour(page, there), await screenColour(page, gap)];
    await page.getByRole('checkbox', { name: 'Show Gap' }).uncheck();
    await rendered(page);
    const hidden = [await screenColour(page, there), await screenColour(page, gap)];
    assert.notDeepEqual(shown[0], hidden[0]);
    assert.deepEqual(shown[1], hidden[1]);
    await page.getByRole('checkbox', { name: 'Show Gap' }).check();
    await page.mouse.move(gap.x, gap.y);
    await readoutWith(page, 'Gap: no data');
    await page.context().close();
  });

  it('a raster that the service made is drawn, and has its values', async () => {
    const made = await runProcess('convert-raster', { raster: asInput(DEM, TIFF) }, TIFF);
    serve('made.tif', TIFF, made);
    const page = await harness.open(mapWith(layerLink('made.tif', TIFF, 'Made')));
    await settled(page);
    const at = await pixelAt(page, -84.41375 + 0.5 / 1200, 36.73291667 - 0.5 / 1200);
    await page.mouse.move(at.x, at.y);
    assert.match(await readoutWith(page, 'Made: '), /Made: \d{3}$/);
    await page.context().close();
  });

  it('values have the unit of the band: under the pointer, in the legend, and where the stretch is chosen', async () => {
    for (const [inputs, unit] of [
      [{}, '°'],
      [{ unit: 'percent' }, '\u00a0%'],
    ] as const) {
      const made = await runProcess('slope', { raster: asInput(DEM, TIFF), ...inputs }, TIFF);
      serve('slope.tif', TIFF, made);
      const page = await harness.open(mapWith(layerLink('slope.tif', TIFF, 'Slope')));
      await settled(page);
      const at = await pixelAt(page, -84.25, 36.6);
      await page.mouse.move(at.x, at.y);
      assert.match(await readoutWith(page, 'Slope: '), new RegExp(`Slope: [\\d.,]+${unit}$`));
      const ends = await page.locator('.legend .ends span').allTextContents();
      assert.equal(ends.length, 2);
      for (const end of ends) assert.match(end, new RegExp(`^[\\d.,]+${unit}$`));
      await page.locator('.layers summary').click();
      assert.equal(await page.getByLabel(`Minimum (${unit.trim()})`).count(), 1);
      await page.context().close();
    }
  });

  it('of a gigapixel only what is seen is read, from the level that fits', async () => {
    const bytes = makeHugeTiff({ side: 32_768, tile: 512, levels: 8, value: (level) => 100 + level });
    serve('huge.tif', TIFF, bytes);
    const page = await harness.open(mapWith(layerLink('huge.tif', TIFF, 'Huge')));
    await settled(page);
    const at = await pixelAt(page, 25, 45);
    await page.mouse.move(at.x, at.y);
    // The value is that of the finest level, whatever is drawn.
    await readoutWith(page, 'Huge: 100');
    const read = harness.requests.filter(({ name }) => name === 'huge.tif');
    assert.ok(read.length > 0 && read.every(({ range }) => range !== undefined));
    await page.context().close();
  });
});

it('rasters lie below the features beside them, and what came out above what went in', async () => {
  const page = await harness.open(
    mapWith(
      layerLink('counties.json', GEOJSON, 'Zones', 'input'),
      layerLink('dem.tif', TIFF, 'Elevation', 'input'),
      layerLink('dem.tif', TIFF, 'Slope'),
    ),
  );
  await settled(page);
  assert.deepEqual(await page.locator('.layers .title').allTextContents(), ['Slope', 'Zones', 'Elevation']);
  await page.context().close();
});

describe('features on the map', () => {
  it('a row that is clicked is marked on the map, and a feature that is clicked in the table', async () => {
    const page = await harness.open(mapWith(layerLink('counties.json', GEOJSON, 'Counties')));
    await settled(page);
    await page.waitForSelector('attribute-table [role=row][aria-selected]');
    // Nashville lies in Davidson County.
    const at = await pixelAt(page, -86.78, 36.17);
    const before = await screenColour(page, { x: at.x, y: at.y });
    await page.mouse.click(at.x, at.y);
    const row = page.locator('attribute-table [role=row][aria-selected=true]');
    await row.waitFor();
    assert.match((await row.textContent()) ?? '', /Davidson/);
    assert.ok(await row.isVisible());
    assert.match((await page.textContent('.popup')) ?? '', /Davidson/);
    await page.keyboard.press('Escape');
    const first = page.locator('attribute-table [role=row][aria-rowindex="3"]');
    await page.locator('attribute-table .grid').evaluate((grid) => grid.scrollTo(0, 0));
    await first.click();
    assert.equal(await page.locator('attribute-table [aria-selected=true]').count(), 1);
    const marked = await page.evaluate(async () => {
      const { map } = await (
        document.querySelector('result-map') as unknown as {
          ready: Promise<{ map: import('ol/Map.js').default }>;
        }
      ).ready;
      const selection = map.getAllLayers().find((layer) => layer.getZIndex() === 500);
      const source = selection?.getSource() as unknown as { getFeatures(): unknown[] };
      return source.getFeatures().length;
    });
    assert.equal(marked, 1);
    assert.equal(before.length, 4);
    await page.context().close();
  });

  it('names and values are text, whatever is in them', async () => {
    const evil = '<img src=x onerror="document.title=\'broken\'"><script>document.title="broken"</script>';
    const feature = {
      type: 'Feature',
      id: evil,
      properties: { [evil]: evil },
      geometry: { type: 'Point', coordinates: [5, 52] },
    };
    serve('evil.json', GEOJSON, JSON.stringify({ type: 'FeatureCollection', features: [feature] }));
    const title = evil.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
    const page = await harness.open(mapWith(layerLink('evil.json', GEOJSON, title)));
    await settled(page);
    const at = await pixelAt(page, 5, 52);
    await page.mouse.click(at.x, at.y);
    await page.locator('.popup dd').first().waitFor();
    await page.locator('.layers summary').click();
    await page.getByLabel('Colour by').selectOption({ index: 1 });
    assert.equal(await page.locator('.popup img, .layers img, attribute-table img, .legend img').count(), 0);
    assert.ok((await page.textContent('.popup'))?.includes(evil));
    assert.ok((await page.textContent('.legend'))?.includes(evil));
    assert.equal(await page.title(), 'Map');
    await page.context().close();
  });

  it('GeoJSON in another CRS lies where that says, with the definition of the service', async () => {
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::28992' } };
    const feature = {
      type: 'Feature',
      properties: { name: 'Amersfoort' },
      geometry: { type: 'Point', coordinates: [155_000, 463_000] },
    };
    serve('rd.json', GEOJSON, JSON.stringify({ type: 'FeatureCollection', crs, features: [feature] }));
    const page = await harness.open(mapWith(layerLink('rd.json', GEOJSON, 'Tower')));
    await settled(page);
    // The origin of the Dutch grid, in Amersfoort.
    await lookAt(page, 5.38720621, 52.1551744, 1);
    const at = await pixelAt(page, 5.38720621, 52.1551744);
    await page.mouse.click(at.x, at.y);
    await page.locator('.popup dd').first().waitFor({ timeout: 5000 });
    await page.context().close();
  });

  it('a CRS that is not known is said, and nothing is put where it does not belong', async () => {
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::999999' } };
    serve(
      'odd.json',
      GEOJSON,
      JSON.stringify({ type: 'FeatureCollection', crs, features: counties.features.slice(0, 1) }),
    );
    const page = await harness.open(mapWith(layerLink('odd.json', GEOJSON, 'Odd')));
    await page.waitForSelector('result-map.complete');
    assert.match(
      (await page.textContent('.messages')) ?? '',
      /Odd cannot be shown: its coordinate reference system/,
    );
    await page.context().close();
  });

  it('classes of a property have a legend, and the map their colours', async () => {
    const page = await harness.open(mapWith(layerLink('counties.json', GEOJSON, 'Counties')));
    await settled(page);
    const at = await pixelAt(page, -86.78, 36.17);
    const plain = await screenColour(page, at);
    await page.locator('.layers summary').click();
    await page.getByLabel('Colour by').selectOption('name');
    await rendered(page);
    assert.ok((await page.locator('.legend li').count()) > 5);
    assert.notDeepEqual(await screenColour(page, at), plain);
    await page.context().close();
  });

  it('a layer lets through what lies under it, as far as its opacity says', async () => {
    const page = await harness.open(mapWith(layerLink('dem.tif', TIFF, 'Elevation')));
    await settled(page);
    const at = await pixelAt(page, -84.3, 36.5);
    const whole = await screenColour(page, at);
    await page.locator('.layers summary').click();
    const slider = page.getByRole('slider', { name: 'Opacity of Elevation' });
    await slider.fill('0');
    await rendered(page);
    const under = await screenColour(page, at);
    assert.notDeepEqual(under, whole);
    await slider.fill('50');
    await rendered(page);
    const half = await screenColour(page, at);
    for (const band of [0, 1, 2])
      assert.ok(
        Math.abs((half[band] ?? 0) - ((whole[band] ?? 0) + (under[band] ?? 0)) / 2) <= 3,
        half.join(),
      );
    await slider.fill('100');
    await rendered(page);
    assert.deepEqual(await screenColour(page, at), whole);
    await page.context().close();
  });

  it('a FlatGeobuf of few features is read as a whole', async () => {
    const layer = asInput(Buffer.from(JSON.stringify(counties)), GEOJSON);
    serve('counties.fgb', FLATGEOBUF, await runProcess('convert-features', { features: layer }, FLATGEOBUF));
    const page = await harness.open(mapWith(layerLink('counties.fgb', FLATGEOBUF, 'Counties')));
    await settled(page);
    assert.match((await page.textContent('.layers')) ?? '', /95 features/);
    await page.context().close();
  });

  it('of a large FlatGeobuf the features of what is seen are read', async () => {
    const features = Array.from({ length: 25_000 }, (_, index) => ({
      type: 'Feature',
      properties: { number: index },
      geometry: { type: 'Point', coordinates: [(index % 250) / 50, 50 + Math.floor(index / 250) / 50] },
    }));
    const layer = asInput(Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })), GEOJSON);
    const file = await runProcess('convert-features', { features: layer }, FLATGEOBUF);
    serve('points.fgb', FLATGEOBUF, file);
    const page = await harness.open(mapWith(layerLink('points.fgb', FLATGEOBUF, 'Points')));
    await settled(page);
    assert.match((await page.textContent('.layers')) ?? '', /25,000 features, drawn as bounding boxes/);
    const read = () => harness.requests.filter(({ name }) => name === 'points.fgb');
    assert.ok(read().every(({ range }) => range !== undefined));
    const before = read().reduce((sum, { bytes }) => sum + bytes, 0);
    await lookAt(page, 1, 51, 20);
    await page.waitForFunction(() =>
      /[1-9]\d* features in view/.test(document.querySelector('.layers')?.textContent ?? ''),
    );
    assert.ok(read().reduce((sum, { bytes }) => sum + bytes, 0) - before < file.length / 2);
    const at = await pixelAt(page, 1, 51);
    await page.mouse.click(at.x, at.y);
    const shown = await page.locator('.popup dd').first().textContent();
    assert.equal(shown, String(50 + 50 * 250));
    await page.context().close();
  });
});

describe('good manners of the map', () => {
  const markup = mapWith(
    layerLink('dem.tif', TIFF, 'Elevation', 'input'),
    layerLink('counties.json', GEOJSON, 'Counties'),
  );

  for (const dark of [false, true]) {
    it(`axe finds nothing, ${dark ? 'dark' : 'light'}`, async () => {
      const page = await harness.open(markup, { dark });
      await settled(page);
      await page.locator('.layers summary').first().click();
      await page.locator('.layers summary').last().click();
      assert.deepEqual(await findBarriers(page), []);
      await page.context().close();
    });
  }

  it('keys move the map and tell what is under the middle', async () => {
    const page = await harness.open(markup);
    await settled(page);
    await lookAt(page, -86.78, 36.17, 400);
    await page.locator('.map .canvas').focus();
    await page.keyboard.press('Enter');
    await page.locator('.popup dd', { hasText: 'Davidson' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.map .canvas').focus();
    const before = await pixelAt(page, -86.78, 36.17);
    await page.keyboard.press('ArrowRight');
    await rendered(page);
    assert.ok((await pixelAt(page, -86.78, 36.17)).x < before.x - 50);
    await page.context().close();
  });

  it('the page is no wider than a phone', async () => {
    const page = await harness.open(markup, { width: 360, height: 740 });
    await settled(page);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
    await page.context().close();
  });

  it('no map is loaded before it is seen', async () => {
    const page = await harness.open(`${'<p>text</p>'.repeat(200)}${markup}`);
    await page.waitForLoadState('networkidle');
    const loaded = () =>
      page.evaluate(() =>
        performance.getEntriesByType('resource').some(({ name }) => name.includes('/result-map-')),
      );
    assert.equal(await loaded(), false);
    await page.locator('result-map').scrollIntoViewIfNeeded();
    await settled(page);
    assert.equal(await loaded(), true);
    await page.context().close();
  });
});
