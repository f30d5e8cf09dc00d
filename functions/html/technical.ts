import { pageStrings } from '../../strings/page.ts';
import { html, type Markup } from './parts/markup.ts';
import { membersMarkup } from './value.ts';

/** All else that the JSON has, folded: links to everywhere, and members that few people look for. */
export const technicalMarkup = (rest: Readonly<Record<string, unknown>>): Markup =>
  html`<details class="technical"><summary>${pageStrings.technical}</summary>${membersMarkup(rest)}</details>`;
