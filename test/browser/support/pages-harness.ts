import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page, type Route } from 'playwright-core';
import { manifest } from '../../../functions/assets/manifest.ts';
import { makeAssets } from '../../../infra/assets.ts';
import type { MemoryService } from '../../support/memory-service.ts';
import { type ServedOptions, serveService } from './served-service.ts';

/** The window that a page is seen in. */
export interface PageView {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** False for who has not asked for less motion. */
  readonly still?: boolean;
}

/** The pages of a service that runs in this process, in a browser. */
export interface PagesHarness {
  readonly service: MemoryService;
  readonly open: (path: string, view?: PageView) => Promise<Page>;
  /** Ends the browser and the service. @throws Error where a page threw, asked with a dialog or was refused something by its policy */
  readonly close: () => Promise<void>;
}

/** Somebody else whom pages ask, at other addresses: undefined for what is not there. */
export type Provider = (
  url: URL,
  body: string,
) => Promise<Parameters<Route['fulfill']>[0] | undefined> | Parameters<Route['fulfill']>[0] | undefined;

/** Starts the service on its twins in memory, behind a server on the loopback interface, and a browser. */
export async function startPages({
  provider,
  isExpected = () => false,
  ...options
}: ServedOptions & {
  readonly provider?: Provider;
  readonly isExpected?: (text: string) => boolean;
} = {}): Promise<PagesHarness> {
  const directory = mkdtempSync(join(tmpdir(), 'pages-'));
  const built = await makeAssets(directory, { compress: false });
  // What the bundler puts in the place of that module.
  Object.assign(manifest, built.manifest);
  const { service, stop } = await serveService(directory, options);
  const browser: Browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb'],
  });
  const faults: string[] = [];
  return {
    service,
    open: async (path, view = {}) => {
      const context = await newContext(browser, view);
      // Only what never comes fails: others may load the machine at the same time.
      context.setDefaultTimeout(120_000);
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error' && !isExpected(message.text())) faults.push(message.text());
      });
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('dialog', (dialog) => {
        faults.push(`asked "${dialog.message()}"`);
        void dialog.dismiss();
      });
      const { origin } = new URL(service.baseUrl);
      await context.route(
        (url) => url.origin !== origin,
        (route) => askOthers(route, provider),
      );
      await page.goto(`${service.baseUrl}${path}`);
      return page;
    },
    close: async () => {
      await browser.close();
      stop();
      rmSync(directory, { recursive: true, force: true });
      if (faults.length > 0) throw new Error(`The browser reported: ${faults.join('; ')}`);
    },
  };
}

const newContext = (
  browser: Browser,
  { width = 1280, height = 900, dark = false, still = true }: PageView,
): Promise<BrowserContext> =>
  browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: still ? 'reduce' : 'no-preference',
  });

async function askOthers(route: Route, provider: Provider | undefined): Promise<void> {
  const request = route.request();
  const given = await provider?.(new URL(request.url()), request.postData() ?? '');
  await (given ? route.fulfill(given) : route.abort());
}
