import { pictureFile } from '../assets/module-files.ts';
import { html, type Markup } from './parts/markup.ts';

/** Pixels of the pictures, so that nothing moves when they come. */
const [WIDTH, HEIGHT] = [480, 300];

/** What a process makes of its example, small: the result, or where that is no layer what went in. */
export function tilePicture(processID: string, baseUrl: string): Markup | string {
  const file = pictureFile(processID, 'after') ?? pictureFile(processID, 'before');
  return file === undefined
    ? ''
    : html`<img class="shown" src="${baseUrl}/assets/${file}" width="${WIDTH}" height="${HEIGHT}" alt="" loading="lazy">`;
}

/** The example of a process before and after, side by side. */
export function examplePictures(processID: string, title: string, baseUrl: string): Markup | string {
  const shown = (['before', 'after'] as const).flatMap((when) => {
    const file = pictureFile(processID, when);
    return file === undefined ? [] : [{ when, file }];
  });
  if (shown.length < 2) return '';
  const caption = { before: 'The example goes in', after: 'and this comes out' };
  return html`<div class="pictures">${shown.map(
    ({ when, file }) =>
      html`<figure><img src="${baseUrl}/assets/${file}" width="${WIDTH}" height="${HEIGHT}" alt="${title}: the example ${when} it" loading="lazy"><figcaption>${caption[when]}</figcaption></figure>`,
  )}</div>`;
}
