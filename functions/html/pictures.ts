import { processStrings } from '../../strings/process.ts';
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

/** The example of a process before and after, side by side; one of them where there is no other. */
export function examplePictures(processID: string, title: string, baseUrl: string): Markup | string {
  const { pictures } = processStrings;
  const shown = (['before', 'after'] as const).flatMap((when) => {
    const file = pictureFile(processID, when);
    return file === undefined ? [] : [{ when, file }];
  });
  if (shown.length === 0) return '';
  const caption = shown.length === 1 ? pictures.alone : pictures.both;
  return html`<div class="pictures">${shown.map(
    ({ when, file }) =>
      html`<figure><img src="${baseUrl}/assets/${file}" width="${WIDTH}" height="${HEIGHT}" alt="${pictures.inText[when](title)}" loading="lazy"><figcaption>${caption[when]}</figcaption></figure>`,
  )}</div>`;
}
