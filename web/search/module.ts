import { scriptStrings } from '../../strings/scripts.ts';
import { askedFor } from '../shared/dom.ts';
import { best, rank } from './rank.ts';

/** Tiles that are found while one is typing: each word must occur. Enter opens the best match, arrows go along. */
for (const root of askedFor('search')) {
  const input = root.querySelector<HTMLInputElement>('input[type=search]');
  if (!input) continue;
  const tiles = [...root.querySelectorAll<HTMLElement>('[data-words]')];
  const list = root.querySelector<HTMLElement>('[data-found]');
  const count = root.querySelector<HTMLElement>('[data-count]');
  const shown = () => tiles.filter((tile) => !tile.hidden);

  const search = () => {
    const words = input.value
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean);
    const isIdle = list !== null && words.length === 0;
    for (const tile of tiles)
      tile.hidden = isIdle || !words.every((word) => tile.dataset['words']?.includes(word));
    if (list) list.hidden = shown().length === 0;
    for (const family of root.querySelectorAll<HTMLElement>('[data-family]'))
      family.hidden = family.querySelector('[data-words]:not([hidden])') === null;
    if (count)
      count.textContent =
        shown().length === 0 ? scriptStrings.noProcess : scriptStrings.processes(shown().length);
  };

  input.addEventListener('input', search);
  if (!input.value || !list) search();
  root.querySelector('form')?.addEventListener('submit', (event) => {
    const links = shown().flatMap((tile) => tile.querySelector('a') ?? []);
    const found = best(links, ({ pathname, textContent }) =>
      rank(input.value, pathname.slice(pathname.lastIndexOf('/') + 1), textContent),
    );
    if (!found || input.value.trim() === '') return;
    event.preventDefault();
    found.click();
  });
  root.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const links = [input, ...shown().flatMap((tile) => tile.querySelector('a') ?? [])];
    const next = links[links.indexOf(document.activeElement as HTMLInputElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

/** A slash goes to the search, as in many places. */
document.addEventListener('keydown', (event) => {
  const { target, key } = event;
  if (key !== '/' || (target instanceof HTMLElement && target.matches('input, textarea, select'))) return;
  event.preventDefault();
  document.querySelector<HTMLInputElement>('input[type=search]')?.focus();
});
