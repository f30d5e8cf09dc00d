import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { parseByteRange } from '../../../core/api/byte-range.ts';
import { pagePolicy } from '../../../functions/html/policy.ts';
import { makeAssets } from '../../../infra/assets.ts';

/** A file that the harness answers: GeoJSON, FlatGeobuf, GeoTIFF. */
export interface ServedFile {
  readonly type: string;
  readonly bytes: Uint8Array | string;
}

export interface View {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly still?: boolean;
  readonly ratio?: number;
}

/** A browser, and a server on the loopback interface with pages, files and the modules of the pages. */
export interface MapHarness {
  readonly files: Map<string, ServedFile>;
  /** Ranges that were asked for, with the names of the files. */
  readonly requests: { readonly name: string; readonly range: string | undefined; readonly bytes: number }[];
  /** Opens a page with markup in it; what it logs as an error, or is refused by its policy, fails at `close`. */
  readonly open: (markup: string, view?: View) => Promise<Page>;
  readonly close: () => Promise<void>;
}

/** The modules as a page loads them, under the policy that pages have. */
export async function startMapHarness(): Promise<MapHarness> {
  const directory = mkdtempSync(join(tmpdir(), 'map-'));
  const { manifest } = await makeAssets(directory, { compress: false });
  const files = new Map<string, ServedFile>();
  const requests: { name: string; range: string | undefined; bytes: number }[] = [];
  let markup = '';
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1).split('?')[0] ?? '';
    const file = files.get(name);
    if (name.startsWith('assets/')) sendAsset(response, directory, manifest.files, name.slice(7));
    else if (file) requests.push({ name, ...sendFile(request, response, file) });
    else sendPage(response, markup, manifest.modules, `http://${request.headers.host}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await launch();
  const faults: string[] = [];
  return {
    files,
    requests,
    open: async (text, view = {}) => {
      markup = text;
      const page = await newPage(browser, view);
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(`${url}/page`);
      return page;
    },
    close: async () => {
      await browser.close();
      server.close();
      server.closeAllConnections();
      rmSync(directory, { recursive: true, force: true });
      if (faults.length > 0) throw new Error(`The browser reported: ${faults.join('; ')}`);
    },
  };
}

const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb'],
  });

async function newPage(
  browser: Browser,
  { width = 1280, height = 900, dark = false, still = true, ratio = 1 }: View,
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: ratio,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: still ? 'reduce' : 'no-preference',
  });
  return context.newPage();
}

function sendAsset(
  response: ServerResponse,
  directory: string,
  types: Readonly<Record<string, string>>,
  name: string,
): void {
  const type = types[name];
  if (type === undefined) response.writeHead(404).end();
  else response.writeHead(200, { 'Content-Type': type }).end(readFileSync(join(directory, name)));
}

function sendFile(
  { headers }: IncomingMessage,
  response: ServerResponse,
  { type, bytes: content }: ServedFile,
): { range: string | undefined; bytes: number } {
  const bytes = Buffer.from(content as Uint8Array);
  const { range } = headers;
  const part = range === undefined ? undefined : parseByteRange(range, bytes.length);
  if (part === undefined || part === 'unsatisfiable') {
    response.writeHead(200, { 'Content-Type': type, 'Accept-Ranges': 'bytes' }).end(bytes);
    return { range, bytes: bytes.length };
  }
  const { first, last } = part;
  response
    .writeHead(206, { 'Content-Type': type, 'Content-Range': `bytes ${first}-${last}/${bytes.length}` })
    .end(bytes.subarray(first, last + 1));
  return { range, bytes: last - first + 1 };
}

function sendPage(
  response: ServerResponse,
  markup: string,
  modules: Awaited<ReturnType<typeof makeAssets>>['manifest']['modules'],
  origin: string,
): void {
  const { map, style } = modules;
  const sheets = [...(style?.styles ?? []), ...(map?.styles ?? [])];
  response
    .writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': pagePolicy(origin),
    })
    .end(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Map</title><link rel="icon" href="data:,">${sheets
        .map((file) => `<link rel="stylesheet" href="/assets/${file}">`)
        .join(
          '',
        )}<script type="module" src="/assets/${map?.script}"></script></head><body><main><h1>Map</h1>${markup}</main></body></html>`,
    );
}
