import type { Page } from 'playwright-core';

/** What a page is made of, whatever it says. */
export interface Skeleton {
  /** Each element with the names of its attributes, in the order of the page. */
  readonly elements: readonly string[];
  /** Those of logs: how many lines these have depends on how long a job takes. */
  readonly logged: readonly string[];
  /** What no page of the service may have: listeners, addresses that run, elements that load from others. */
  readonly faults: readonly string[];
  /** How many of the texts are said, in texts or attributes. */
  readonly said: number;
}

/**
 * Reads a page as a browser does, without running anything in it.
 *
 * @param baseUrl of the service, from which alone pages load
 * @param texts that the page may say
 */
export const readSkeleton = (
  page: Page,
  markup: string,
  baseUrl: string,
  texts: readonly string[],
): Promise<Skeleton> =>
  page.evaluate(
    ([text, base, wanted]) => {
      const never = 'base, embed, frame, iframe, math, object, style, template, video, [style], [srcdoc]';
      const read = new DOMParser().parseFromString(text, 'text/html');
      const faults = [...read.querySelectorAll(never)].map(({ outerHTML }) => outerHTML.slice(0, 200));
      const said: string[] = [read.documentElement.textContent];
      const elements: string[] = [];
      const logged: string[] = [];
      for (const element of read.querySelectorAll('*')) {
        const names = element.getAttributeNames();
        const made = `${element.localName} ${names.join(' ')}`;
        (element.closest('.log-table') ? logged : elements).push(made);
        for (const name of names) {
          const value = element.getAttribute(name) ?? '';
          said.push(value);
          const leads = element.localName === 'a' && name === 'href';
          const loads = /^(?:.*:)?(?:href|src|action|formaction|data|poster)$/.test(name) && !leads;
          const isGood = leads
            ? /^(?:https?:\/\/|#|\?)/.test(value)
            : value.startsWith(base) || /^data:(?:,$|image\/png;)/.test(value);
          if (name.startsWith('on') || ((leads || loads) && !isGood)) faults.push(`${name}="${value}"`);
          if (name === 'http-equiv' && element.closest('noscript') === null) faults.push(element.outerHTML);
        }
      }
      const all = said.join('\n');
      // Messages quote the beginning of a text, as JSON.
      const isSaid = (one: string) =>
        all.includes(one) || all.includes(JSON.stringify(one).slice(1, -1).slice(0, 40));
      return { elements, logged, faults, said: wanted.filter(isSaid).length };
    },
    [markup, baseUrl, texts] as const,
  );

/** What has come of a page after its scripts have run: what of it nobody of the service has made. */
export const findIntruders = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const intruders =
      'base, embed, frame, iframe, math, object, style, template, video, [style*=evil], [srcdoc], [src="x"], ' +
      '[data-module*=evil], [href^="javascript:" i], [action^="javascript:" i], [formaction^="javascript:" i], [autofocus]';
    const listening = [...document.querySelectorAll('*')].filter((element) =>
      element.getAttributeNames().some((name) => name.startsWith('on')),
    );
    const hit = (globalThis as unknown as { hit?: number }).hit;
    return [
      ...[...document.querySelectorAll(intruders), ...listening].map(({ outerHTML }) =>
        outerHTML.slice(0, 200),
      ),
      ...(hit === undefined ? [] : ['a script ran']),
    ];
  });
