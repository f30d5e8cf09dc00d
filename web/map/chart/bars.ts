import { formatNumber } from '../colours/classes.ts';
import { makeSvg } from '../shared/dom.ts';
import { easyTicks } from './bins.ts';

/** A bar of a chart. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** What is under it on the axis, where that is not its label. */
  readonly tick?: string;
}

/** Pixels that a chart is high. */
const HEIGHT = 240;
const [LEFT, RIGHT, BOTTOM, TOP] = [56, 8, 34, 10];

/** Pixels of a bar that stands alone. */
const WIDEST_BAR = 96;

interface Drawing {
  /** Pixels that there are from side to side: letters are as large as those of the page. */
  readonly width: number;
  /** Whether bars stand side by side, as those of a histogram do. */
  readonly touching: boolean;
  readonly choose?: ((bar: number) => void) | undefined;
}

/** Bars over an axis, as a picture: what it shows stands in a table beside it, so screen readers pass over it. */
export function drawBars(bars: readonly Bar[], { width: across, touching, choose }: Drawing): SVGElement {
  let [least, most] = [0, 0];
  for (const { value } of bars) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const ticks = easyTicks(least, most, 5);
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / (high - low || 1));
  const slot = (across - LEFT - RIGHT) / Math.max(1, bars.length);
  const gap = touching ? 1 : Math.max(Math.min(14, slot * 0.25), slot - WIDEST_BAR);
  const svg = makeSvg('svg', {
    viewBox: `0 0 ${across} ${HEIGHT}`,
    width: across,
    height: HEIGHT,
    class: 'chart',
    'aria-hidden': 'true',
  });
  for (const tick of ticks) {
    svg.append(
      makeSvg('line', {
        x1: LEFT,
        x2: across - RIGHT,
        y1: y(tick),
        y2: y(tick),
        class: tick === 0 ? 'axis' : 'grid-line',
      }),
      makeSvg('text', { x: LEFT - 7, y: y(tick) + 4, 'text-anchor': 'end' }, formatNumber(tick)),
    );
  }
  const every = Math.max(1, Math.ceil(bars.length / Math.max(1, Math.floor((across - LEFT) / 74))));
  for (const [index, { label, value, tick }] of bars.entries()) {
    const x = LEFT + index * slot;
    const top = Math.min(y(value), y(0));
    const bar = makeSvg(
      'rect',
      {
        x: x + gap / 2,
        y: top,
        width: Math.max(1, slot - gap),
        height: Math.max(0.5, Math.abs(y(value) - y(0))),
        class: 'bar',
      },
      makeSvg('title', {}, `${label}: ${formatNumber(value)}`),
    );
    if (choose) bar.addEventListener('click', () => choose(index));
    svg.append(bar);
    if (index % every > 0) continue;
    const at = touching ? x : x + slot / 2;
    svg.append(
      makeSvg(
        'text',
        { x: at, y: HEIGHT - 12, 'text-anchor': 'middle' },
        shorten(tick ?? label, slot * every),
      ),
    );
  }
  return svg;
}

/** As many letters as there is room for. */
function shorten(text: string, room: number): string {
  const most = Math.max(4, Math.floor(room / 6.6));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
