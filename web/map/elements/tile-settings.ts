/** Tiles of an element's own, else those of the page; undefined where the basemap that comes with the pages is shown. */
export function tileSettings(element: HTMLElement): {
  readonly tiles: string | undefined;
  readonly attribution: string | undefined;
} {
  const { tiles, attribution } =
    element.dataset['tiles'] === undefined ? document.body.dataset : element.dataset;
  return { tiles, attribution };
}
