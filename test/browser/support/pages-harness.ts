import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page, type Route } from 'playwright-core';
import { manifest } from '../../../functions/assets/manifest.ts';
import { makeAssets } from '../../../infra/assets.ts';
import { type MemoryService, memoryService, type ServiceOptions } from '../../support/memory-service.ts';

/** The pages of a service that runs in this process, in a browser. */
export interface PagesHarness {
  readonly service: MemoryService;
  readonly open: (path: string, view?: { width?: number; height?: number; dark?: boolean }) => Promise<Page>;
  readonly close: () => Promise<void>;
}

/** Somebody else whom pages ask, at other addresses: undefined for what is not there. */
export type Provider = (
  url: URL,
  body: string,
) => Promise<Parameters<Route['fulfill']>[0] | undefined> | Parameters<Route['fulfill']>[0] | undefined;

/** Starts the service on its twins in memory; the browser's requests are answered by it, without a network. */
export async function startPages({
  provider,
  isExpected = () => false,
  ...options
}: ServiceOptions & {
  readonly provider?: Provider;
  readonly isExpected?: (text: string) => boolean;
} = {}): Promise<PagesHarness> {
  const directory = mkdtempSync(join(tmpdir(), 'pages-'));
  const built = await makeAssets(directory, { compress: false });
  // What the bundler puts in the place of that module.
  Object.assign(manifest, built.manifest);
  const service = memoryService(options);
  const browser: Browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  const faults: string[] = [];
  return {
    service,
    open: async (path, { width = 1280, height = 900, dark = false } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error' && !isExpected(message.text())) faults.push(message.text());
      });
      page.on('pageerror', (error) => faults.push(error.message));
      await context.route('**/*', (route) => answer(route, service, directory, provider));
      await page.goto(`${service.baseUrl}${path}`);
      return page;
    },
    close: async () => {
      await browser.close();
      rmSync(directory, { recursive: true, force: true });
      if (faults.length > 0) throw new Error(`The browser reported: ${faults.join('; ')}`);
    },
  };
}

async function answer(
  route: Route,
  service: MemoryService,
  directory: string,
  provider: Provider | undefined,
): Promise<void> {
  const request = route.request();
  const path = request.url().slice(service.baseUrl.length);
  if (!request.url().startsWith(service.baseUrl)) {
    const given = await provider?.(new URL(request.url()), request.postData() ?? '');
    return given ? route.fulfill(given) : route.abort();
  }
  if (path.startsWith('/assets/')) {
    const name = path.slice('/assets/'.length);
    const contentType = manifest.files[name];
    if (contentType === undefined) return route.fulfill({ status: 404 });
    return route.fulfill({ contentType, body: readFileSync(join(directory, name)) });
  }
  const rawBody = request.postDataBuffer();
  const { status, headers, bytes } = await service.call(path, {
    method: request.method(),
    headers: await request.allHeaders(),
    ...(rawBody ? { rawBody } : {}),
  });
  const sent = Object.fromEntries([...headers].filter(([name]) => name !== 'content-encoding'));
  return route.fulfill({ status, headers: sent, body: Buffer.from(bytes) });
}
