import { showPage } from './show-page.ts';
import { isOfService } from './with-token.ts';

/** Links to files, and forms that a page sends as they are, carry the token as well. */
export function followLinks(base: string): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest?.('a[href]');
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return;
    if (!isFile(new URL(link.href), base)) return;
    event.preventDefault();
    void openFile(link.href, link.hasAttribute('download'));
  });
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const { submitter } = event;
    if (event.defaultPrevented || form.method !== 'post') return;
    const action = submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? '';
    if (!isOfService(new URL(action, location.href), base)) return;
    event.preventDefault();
    void send(action, new FormData(form, submitter));
  });
}

/** What is no page: pages ask with the token by themselves when they are loaded. */
const isFile = (url: URL, base: string): boolean =>
  isOfService(url, base) &&
  url.searchParams.get('f') !== 'html' &&
  /^\/(?:jobs|collections)\b/.test(url.href.slice(base.length));

/** A large result lies in the bucket, where the browser goes itself: the address is good without a token. */
async function openFile(href: string, isDownload: boolean): Promise<void> {
  const stop = new AbortController();
  const response = await fetch(href, { signal: stop.signal });
  if (new URL(response.url).origin !== location.origin) {
    stop.abort();
    location.assign(response.url);
    return;
  }
  const address = URL.createObjectURL(await response.blob());
  if (!isDownload) {
    location.assign(address);
    return;
  }
  const link = document.createElement('a');
  link.href = address;
  const [, name] = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '') ?? [];
  link.download = name ?? href.slice(href.lastIndexOf('/') + 1);
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

async function send(action: string, body: FormData): Promise<void> {
  const response = await fetch(action, { method: 'POST', headers: { Accept: 'text/html' }, body });
  if (response.redirected) location.assign(response.url);
  else showPage(await response.text());
}
