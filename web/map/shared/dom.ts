/** Lists count as what is in them. */
type Child = Node | string | readonly (Node | string)[];

/** Attributes, and listeners by the name of their event with `on` before it. */
type Attributes = Readonly<Record<string, string | number | boolean | ((event: Event) => void) | undefined>>;

/** Makes an element. Texts become text: there is no way to put markup in. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  setAttributes(element, attributes);
  for (const child of children.flat()) element.append(child);
  return element;
}

/** The same for pictures. */
export function makeSvg(
  name: string,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  setAttributes(element, attributes);
  for (const child of children.flat()) element.append(child);
  return element;
}

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

/** A choice among values, with what is said of each. */
export function makeSelect(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  chosen: string,
  choose: (value: string) => void,
): HTMLLabelElement {
  const select = make(
    'select',
    {},
    options.map(([value, text]) => make('option', { value, selected: value === chosen }, text)),
  );
  select.addEventListener('change', () => choose(select.value));
  return make('label', {}, make('span', {}, label), select);
}

/** Puts elements in place of those that are there. */
export function replaceChildren(parent: Element, children: readonly Node[]): void {
  parent.replaceChildren();
  for (const child of children) parent.append(child);
}
