import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after } from 'node:test';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const { BASE_URL, CHROMIUM } = process.env;

/** The service that is looked at. */
export const baseUrl = (BASE_URL ?? '').replace(/\/$/, '');
if (baseUrl === '')
  throw new Error('BASE_URL is not set: run "npm run test:browser", which deploys and sets it');

/** Where distributions put the system's Chromium; nothing is downloaded. */
const executables = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

let browser: Promise<Browser> | undefined;
after(async () => (await browser)?.close());

function launch(): Promise<Browser> {
  const executablePath = CHROMIUM ?? executables.find((path) => existsSync(path));
  if (!executablePath)
    throw new Error('There is no Chromium: install it (apt-get install chromium) or name it in CHROMIUM');
  browser ??= chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  return browser;
}

/** A page with what went wrong on it. */
export interface Watched {
  readonly page: Page;
  readonly go: (path: string) => Promise<void>;
  /** Fails where a script threw, the policy refused something, or anything was asked of others than the service. */
  readonly settle: () => Promise<void>;
}

/** Opens a page as a person would, in a context of its own, and watches it. */
export async function open(options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await (await launch()).newContext({ viewport: { width: 1280, height: 900 }, ...options });
  // Only what never comes fails: other tests load the machine at the same time, and the first run of a process starts its worker.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`threw ${error.message}`));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text());
  });
  page.on('dialog', (dialog) => {
    faults.push(`asked "${dialog.message()}"`);
    void dialog.dismiss();
  });
  const { origin } = new URL(baseUrl);
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (['http:', 'https:'].includes(url.protocol) && url.origin !== origin)
      faults.push(`asked ${url.origin}`);
  });
  return {
    page,
    go: async (path) => {
      await page.goto(path.startsWith('http') ? path : `${baseUrl}${path}`);
    },
    settle: async () => {
      await context.close();
      assert.deepEqual(faults, []);
    },
  };
}

/** Does something with a page, and closes it however that ends. */
export async function onPage(
  work: (watched: Watched) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const watched = await open(options);
  try {
    await work(watched);
  } catch (error) {
    await watched.settle().catch((more) => console.error(more));
    throw error;
  }
  await watched.settle();
}

/** The status of the job that the page shows, beside its form or as its own page, at its end. */
export async function jobEnd(page: Page): Promise<string> {
  const status = page.locator(
    '[data-module~="job"][data-status]:not([data-status=accepted], [data-status=running])',
  );
  return (await status.getAttribute('data-status')) ?? '';
}

/** The button that runs the form. */
export const runButton = (page: Page) => page.locator('form.process-form button.primary');
