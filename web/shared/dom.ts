/** An element with its attributes and what is in it; text stays text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Elements that have asked for a module. */
export const askedFor = (module: string): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>(`[data-module~="${module}"]`),
];
