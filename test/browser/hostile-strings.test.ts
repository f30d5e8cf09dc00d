import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { zipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { harmless, hostileStrings } from '../support/hostile-strings.ts';
import { settled } from './support/map-page.ts';
import { startPages } from './support/pages-harness.ts';
import { findIntruders, readSkeleton } from './support/read-markup.ts';

/*
 * Whatever strangers write, and wherever pages show it, is text there: the same pages with harmless words in its place have the
 * same elements with the same attributes.
 */
const pages = await startPages({ isExpected: (text) => /status of 4\d\d/.test(text) });
after(() => pages.close());
const { service } = pages;
const HTML = { Accept: 'text/html' };

/** Columns that a table on a page has at most. */
const COLUMNS = 40;

const inParts = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, part) =>
    all.slice(part * size, (part + 1) * size),
  );

const point = (number: number) => ({ type: 'Point', coordinates: [5 + number / 100, 52] });
const collect = (features: readonly object[]) => ({ type: 'FeatureCollection', features });

async function get(path: string): Promise<string> {
  const { text } = await service.get(path, HTML);
  return text;
}

async function job(processID: string, body: object): Promise<string> {
  const { json, text } = await service.execute(processID, body, { Prefer: 'respond-async' });
  assert.ok(json.jobID, text);
  await service.ports.workflow.settled();
  return json.jobID;
}

/** The pages on which a job is seen. */
const pagesOfJob = async (id: string): Promise<string[]> =>
  Promise.all([get(`/jobs/${id}?f=html`), get(`/jobs/${id}/logs?f=html`)]);

async function pagesOfLayer(id: string): Promise<string[]> {
  const items = `/collections/${id}.result/items`;
  const { features = [] } = (await service.get(`${items}?f=json&limit=100`)).json;
  const paths = [
    `/collections/${id}.result`,
    items,
    ...features.map((one: { id: string }) => `${items}/${encodeURIComponent(one.id)}`),
  ];
  return Promise.all(paths.map((path) => get(`${path}?f=html`)));
}

/** The pages of a job, or the page that says why there is none. */
async function pagesOfRun(processID: string, body: object): Promise<string[]> {
  const { json } = await service.execute(processID, body, { Prefer: 'respond-async' });
  if (json.jobID === undefined) return [await refusal(processID, body), ''];
  await service.ports.workflow.settled();
  return pagesOfJob(json.jobID);
}

/** The page that answers what is sent as JSON, and what is sent by a form. */
const refusal = async (processID: string, body: object): Promise<string> =>
  (await service.execute(processID, body, HTML)).text;

async function formPage(processID: string, form: FormData): Promise<string> {
  const sent = new Response(form);
  const rawBody = new Uint8Array(await sent.arrayBuffer());
  const { origin: Origin } = new URL(service.baseUrl);
  const headers = { ...HTML, Origin, 'Content-Type': sent.headers.get('content-type') ?? '' };
  const {
    status,
    headers: answered,
    text,
  } = await service.call(`/processes/${processID}/execution`, {
    method: 'POST',
    headers,
    rawBody,
  });
  if (status !== 303) return text;
  await service.ports.workflow.settled();
  return get((answered.get('location') ?? '').slice(service.baseUrl.length));
}

function makeForm(entries: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(entries)) form.append(name, value);
  return form;
}

/** Texts that may be the name of a job: others are refused. */
const titles = hostileStrings.filter((text) => !/[\p{Cc}\p{Cs}\u202e]/u.test(text));
/** Texts that JSON may have: what is no character is refused. */
const sayable = hostileStrings.filter((text) => text.isWellFormed());

interface Place {
  readonly texts: readonly string[];
  /** The pages that show the texts, in the same order whatever these are. */
  readonly show: (texts: readonly string[]) => Promise<string[]>;
  /** True where pages have the same elements whatever is in them; what is refused may be so for one reason or for several. */
  readonly isAlike?: true;
}

const places: Readonly<Record<string, Place>> = {
  'names of properties': {
    texts: sayable,
    isAlike: true,
    show: async (texts) => {
      const all: string[] = [];
      for (const names of inParts(texts, COLUMNS - 3)) {
        const properties = Object.fromEntries(names.map((name, number) => [name, number]));
        const features = collect([{ type: 'Feature', id: 'a', properties, geometry: point(0) }]);
        const id = await job('filter', { inputs: { features, filter: 'true' } });
        all.push(...(await pagesOfJob(id)), ...(await pagesOfLayer(id)));
      }
      return all;
    },
  },
  'values of properties, and ids of features': {
    texts: sayable,
    isAlike: true,
    show: async (texts) => {
      const features = texts.map((text, number) => ({
        type: 'Feature',
        id: text,
        properties: {
          text,
          list: [text],
          inner: { text },
          link: [{ href: text, rel: text, type: text, title: text }],
        },
        geometry: point(number),
      }));
      const id = await job('filter', { inputs: { features: collect(features), filter: 'true' } });
      return [...(await pagesOfJob(id)), ...(await pagesOfLayer(id))];
    },
  },
  'rows and columns of tables': {
    texts: sayable,
    isAlike: true,
    show: async (texts) => {
      const features = collect(
        texts.map((text, number) => ({
          type: 'Feature',
          properties: { text, number },
          geometry: point(number),
        })),
      );
      const all: string[] = [];
      for (const names of inParts(texts, 5)) {
        const aggregates = names.map((name) => ({ field: 'number', statistic: 'max', name }));
        const id = await job('summary-statistics', { inputs: { features, groupBy: ['text'], aggregates } });
        all.push(...(await pagesOfJob(id)));
      }
      return all;
    },
  },
  'names of jobs': {
    texts: titles,
    isAlike: true,
    show: async (texts) => {
      const ids: string[] = [];
      const inputs = { features: collect([]), filter: 'true' };
      for (const title of texts) ids.push(await job('filter', { title, inputs }));
      const [first = ''] = ids;
      return Promise.all(
        [
          `/jobs?f=html&limit=${ids.length}`,
          `/collections?f=html&limit=${ids.length}`,
          `/collections/${first}.result?f=html`,
          ...ids.filter((_, number) => number % 4 === 0).map((id) => `/jobs/${id}?f=html`),
        ].map(get),
      );
    },
  },
  'names and descriptions in KML': {
    texts: sayable.filter((text) => !/[^\t\x20-\ufffd]/.test(text)),
    isAlike: true,
    show: async (texts) => {
      const asXml = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
      const marks = texts
        .map(asXml)
        .map(
          (text, number) =>
            `<Placemark><name>${text}</name><description>${text}</description><ExtendedData><Data name="d"><value>${text}</value></Data></ExtendedData><Point><coordinates>${5 + number / 100},52</coordinates></Point></Placemark>`,
        );
      const value = `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>${marks.join('')}</Document></kml>`;
      const features = { value, mediaType: 'application/vnd.google-earth.kml+xml' };
      const id = await job('filter', { inputs: { features, filter: 'true' } });
      return [...(await pagesOfJob(id)), ...(await pagesOfLayer(id))];
    },
  },
  'inputs and what is wrong with them': {
    texts: hostileStrings,
    show: async (texts) => {
      const all: string[] = [];
      for (const [a = '', b = '', c = '', d = '', e = '', f = ''] of inParts(texts, 6)) {
        const entries = { distance: a, features: b, distanceField: c, crs: d, 'response[title]': e, [f]: f };
        all.push(await formPage('buffer', makeForm(entries)));
        all.push(await refusal('buffer', { inputs: { distance: a, features: { [b]: c }, [d]: e }, [f]: a }));
        const features = { type: 'Feature', properties: { a: 1 }, geometry: point(0) };
        for (const distanceField of [a, c, e])
          all.push(...(await pagesOfRun('buffer', { inputs: { features, distance: 1, distanceField } })));
      }
      return all;
    },
  },
  'media types': {
    texts: hostileStrings,
    show: async (texts) => {
      const all: string[] = [];
      for (const [a = '', b = '', c = '', d = ''] of inParts(texts, 4)) {
        all.push(await refusal('centroid', { inputs: { features: { value: a, mediaType: b } } }));
        all.push(await refusal('centroid', { inputs: { features: { href: c, type: d } } }));
        const outputs = { result: { format: { mediaType: a } } };
        all.push(await refusal('centroid', { inputs: { features: point(0) }, outputs }));
        all.push(await formPage('centroid', makeForm({ features: 'POINT(5 52)', 'result[mediaType]': b })));
        const linked = { 'features[href]': `${service.baseUrl}/jobs/${c}/results/${d}` };
        all.push(await formPage('centroid', makeForm(linked)));
      }
      return all;
    },
  },
  'coordinate reference systems': {
    texts: hostileStrings,
    show: async (texts) => {
      const all: string[] = [];
      for (const [a = '', b = '', c = '', d = ''] of inParts(texts, 4)) {
        const crs = { type: 'name', properties: { name: a } };
        const features = { ...collect([]), crs };
        all.push(await refusal('reproject', { inputs: { features, targetCrs: b } }));
        const entries = { features: 'POINT(5 52)', sourceCrs: c, targetCrs: d };
        all.push(await formPage('reproject', makeForm(entries)));
        all.push(...(await pagesOfRun('reproject', { inputs: { features, targetCrs: 'EPSG:3035' } })));
      }
      return all;
    },
  },
  'names of what is in a zip file': {
    texts: hostileStrings.filter((text) => text !== '__proto__'),
    show: async (texts) => {
      const all: string[] = [];
      for (const [a = '', b = ''] of inParts(texts, 2)) {
        const bytes = zipSync({ [a]: Buffer.from('no layer'), [b]: Buffer.from('none either') });
        const value = Buffer.from(bytes).toString('base64');
        const features = { value, encoding: 'base64', mediaType: 'application/zip' };
        all.push(...(await pagesOfRun('centroid', { inputs: { features } })));
      }
      return all;
    },
  },
  'queries and paths': {
    texts: hostileStrings,
    show: (texts) => {
      const parts = texts.map((text) => encodeURIComponent(text.toWellFormed()));
      const each = parts.flatMap((part) => [
        `/processes?f=html&q=${part}`,
        `/processes/${part}?f=html`,
        `/jobs?f=html&status=${part}&processID=${part}&cursor=${part}`,
        `/jobs/${part}?f=html`,
        `/collections/${part}/items/${part}?f=html`,
        `/${part}?f=${part}`,
      ]);
      const together = inParts(parts, 8).flatMap(([a, b, c, d, e, f, g, h]) => [
        `/?f=html&${a}=${b}`,
        `/processes/buffer?f=html&distance=${a}&features=${b}&crs=${c}&response%5Btitle%5D=${d}&result%5BmediaType%5D=${e}&${f}=${g}&distanceField=${h}`,
        `/processes/centroid?f=html&features%5Bhref%5D=${a}&features%5Btype%5D=${b}`,
        `/processes/summary-statistics?f=html&aggregates.0.field=${a}&aggregates.0.statistic=${b}&groupBy=${c}`,
        `/processes/raster-calculator?f=html&expression=${a}&rasters%5Bhref%5D=${b}`,
        `/processes/echo/execution?message=${a}&response%5Bf%5D=${b}`,
        `/jobs/${c}/logs?f=html`,
        `/jobs/${d}/results/${e}`,
        `/collections/${f}?f=html`,
        `/collections/${g}/items?f=html&limit=${h}&bbox=${a}`,
        `/assets/${h}`,
      ]);
      return Promise.all([...each, ...together].map(get));
    },
  },
};

/** Names of an element and of each of its attributes. */
const pairsIn = (element: string): string[] => {
  const [name = '', ...attributes] = element.trim().split(' ');
  return [name, ...attributes.map((attribute) => `${name} ${attribute}`)];
};

describe('what strangers write is text on every page', async () => {
  const page = await pages.open('/conformance?f=html');
  /** Elements, and attributes of elements, that pages have which show harmless words. */
  const known = new Set<string>();
  const read = async (markup: string, texts: readonly string[]) =>
    readSkeleton(page, markup, service.baseUrl, texts);

  for (const [name, { texts, show, isAlike = false }] of Object.entries(places))
    it(name, async () => {
      const words = texts.map(harmless);
      const kind = await show(words);
      const hostile = await show(texts);
      assert.equal(hostile.length, kind.length);
      let said = 0;
      for (const [number, markup] of hostile.entries()) {
        const expected = await read(kind[number] ?? '', words);
        for (const pair of [...expected.elements, ...expected.logged].flatMap(pairsIn)) known.add(pair);
        const { elements, logged, faults, said: shown } = await read(markup, texts);
        said += shown;
        assert.deepEqual(faults, [], markup);
        if (isAlike) assert.deepEqual(elements, expected.elements, markup);
        const strange = [...elements, ...logged].flatMap(pairsIn).filter((pair) => !known.has(pair));
        assert.deepEqual(strange, [], markup);
      }
      // Otherwise nothing was proved. Not every message quotes what it is about.
      assert.ok(said >= texts.length / 2, `${said} of ${texts.length} texts are shown`);
    });
});

/** Does something on a page, after which nothing is on it that strangers have made. */
async function onPage(path: string, act: (page: Page) => Promise<void> = async () => {}): Promise<void> {
  const page = await pages.open(path);
  await act(page);
  assert.deepEqual(await findIntruders(page), [], path);
  await page.context().close();
}

describe('scripts of the pages show what strangers write as text', () => {
  const named = {
    type: 'Feature',
    id: hostileStrings[27],
    properties: Object.fromEntries(sayable.map((text, number) => [text, number % 2 ? text : number])),
    geometry: point(0),
  };
  const others = sayable.map((text, number) => ({
    type: 'Feature',
    id: text,
    properties: { ...named.properties, [hostileStrings[3] ?? '']: text, size: number },
    geometry: point(number),
  }));
  const layer = collect([named, ...others]);

  it('on maps: their legend, their popup, their table and their chart', async () => {
    const id = await job('filter', { title: hostileStrings[3], inputs: { features: layer, filter: 'true' } });
    const look = async (page: Page): Promise<void> => {
      await page.locator('result-map').scrollIntoViewIfNeeded();
      await settled(page);
      await page.locator('result-map .layers summary').first().click();
      await page
        .getByLabel('Colour by')
        .first()
        .selectOption(hostileStrings[3] ?? '');
      await page.locator('result-map .legend li').first().waitFor();
      assert.ok(
        (await page.locator('result-map .legend').first().textContent())?.includes(hostileStrings[3] ?? '?'),
      );
      await page.locator('result-chart .bar').first().waitFor();
      await page.locator('attribute-table [role=row][aria-selected]').first().click();
      await page.getByRole('button', { name: 'Zoom to selection' }).click();
      await page.locator('result-map .canvas').focus();
      await page.keyboard.press('Enter');
      await page.locator('.popup dd').first().waitFor();
      assert.ok((await page.locator('.popup').textContent())?.includes(hostileStrings[3] ?? '?'));
    };
    await onPage(`/jobs/${id}?f=html`, look);
    await onPage(`/collections/${id}.result/items?f=html`, look);
  });

  it('in lists of jobs, also those that are taken in later', async () => {
    await onPage('/jobs?f=html&limit=100');
    await onPage('/?f=html', async (page) => {
      await page.locator('[data-recent] table').waitFor();
    });
  });

  it('in forms: what was chosen, what was read in it, what is wrong, and what came of it', async () => {
    await onPage('/processes/filter?f=html', async (page) => {
      await page.setInputFiles('input[type=file]', {
        name: '"><img src=x onerror=window.hit=1>.geojson',
        mimeType: '',
        buffer: Buffer.from(JSON.stringify(layer)),
      });
      await page.locator('.said', { hasText: `${layer.features.length} features` }).waitFor();
      await page.locator('#input-filter').focus();
      await page.getByLabel('Insert a property').focus();
      assert.ok((await page.locator('.offers option').count()) > sayable.length);
      await page.locator('#input-filter').fill(hostileStrings[3] ?? '');
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.locator('#fault-filter').waitFor();
      await page.locator('#input-filter').fill('true');
      await page.locator('#job-title').fill(hostileStrings[3] ?? '');
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.locator('[data-outcome] result-map.complete').waitFor();
    });
    await onPage('/processes/centroid?f=html', async (page) => {
      for (const name of hostileStrings.slice(3, 5)) {
        const buffer = Buffer.from(`${name}\n${name}`);
        await page.setInputFiles('input[type=file]', {
          name: `${name.replaceAll('/', '')}.csv`,
          mimeType: '',
          buffer,
        });
        await page.locator('.said .fault').waitFor();
        await page.setInputFiles('input[type=file]', {
          name: 'good.geojson',
          mimeType: '',
          buffer: Buffer.from(JSON.stringify(point(0))),
        });
        await page.locator('.said', { hasText: '1 feature' }).waitFor();
      }
    });
    await onPage('/processes/reproject?f=html', async (page) => {
      for (const text of hostileStrings.slice(0, 10)) await page.locator('#input-targetCrs').fill(text);
    });
    for (const texts of inParts(hostileStrings.slice(25, 43), 6)) {
      const [a, b, c, d, e, f] = texts.map(encodeURIComponent);
      await onPage(
        `/processes/buffer?f=html&features=${a}&distance=${b}&distanceField=${c}&crs=${d}&response%5Btitle%5D=${e}#job=${f}`,
      );
    }
  });

  it('in what came of a form that failed', () =>
    onPage('/processes/buffer?f=html&features=POINT(5%2052)&distance=1', async (page) => {
      await page.locator('#input-distanceField').fill(hostileStrings[27] ?? '');
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.locator('[data-outcome] [data-status=failed]').waitFor();
      await page.locator('#fault-distanceField').waitFor();
    }));
});
