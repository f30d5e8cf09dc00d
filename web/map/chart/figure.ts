import { make } from '../shared/dom.ts';
import { type Bar, drawBars } from './bars.ts';

/** Pixels from which a wider chart shows no more. */
const WIDEST = 736;

/** Bars in a figure, which are drawn anew when there is more or less room. */
export function makeFigure(
  bars: readonly Bar[],
  touching: boolean,
  choose?: (bar: number) => void,
): HTMLElement {
  const figure = make('figure', {});
  let drawn = 0;
  new ResizeObserver(() => {
    const width = Math.min(WIDEST, Math.round(figure.clientWidth));
    if (width === 0 || width === drawn) return;
    drawn = width;
    figure.replaceChildren(drawBars(bars, { width, touching, choose }));
  }).observe(figure);
  return figure;
}
