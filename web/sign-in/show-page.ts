/** Puts a page of the service in the place of this one, with what it loads: a browser itself cannot ask for it with a token. */
export function showPage(text: string): void {
  const page = new DOMParser().parseFromString(text, 'text/html');
  document.title = page.title;
  document.body.className = page.body.className;
  for (const part of ['main', 'footer']) {
    const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
    if (old && fresh) old.replaceWith(document.importNode(fresh, true));
  }
  const known = new Set([...document.querySelectorAll('link, script')].map(addressOf));
  for (const wanted of page.head.querySelectorAll('link[rel=stylesheet], script[src]')) {
    if (known.has(addressOf(wanted))) continue;
    // A script that was parsed elsewhere does not run: it is made anew.
    const made = document.createElement(wanted.localName);
    for (const { name, value } of wanted.attributes) made.setAttribute(name, value);
    document.head.append(made);
  }
}

const addressOf = (element: Element): string | null =>
  element.getAttribute('href') ?? element.getAttribute('src');
