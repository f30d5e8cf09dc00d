import { html, Markup } from './markup.ts';

/** The pictures that stand in texts and buttons, drawn on 24 by 24. They say nothing that the words beside them do not. */
const paths = {
  logo: '<path d="M3 7l9-4 9 4-9 4z"/><path d="M3 12l9 4 9-4"/><path d="M3 17l9 4 9-4"/>',
  search: '<circle cx="11" cy="11" r="7"/><path d="M20 20l-4-4"/>',
  play: '<path d="M7 5l12 7-12 7z"/>',
  download: '<path d="M12 4v11m0 0l-4-4m4 4l4-4M5 20h14"/>',
  again: '<path d="M4 12a8 8 0 1 1 2.5 5.8M4 20v-5h5"/>',
  check: '<path d="M5 13l4 4L19 7"/>',
  stop: '<circle cx="12" cy="12" r="9"/><path d="M9 9l6 6m0-6l-6 6"/>',
  list: '<path d="M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01"/>',
  warning: '<path d="M12 4l9 16H3z"/><path d="M12 10v4m0 3h.01"/>',
  link: '<path d="M9 15l6-6M10.5 6.5l1-1a4 4 0 0 1 6 6l-1 1m-3 5l-1 1a4 4 0 0 1-6-6l1-1"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
} as const;

export const icon = (name: keyof typeof paths): Markup =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${new Markup(paths[name])}</svg>`;
