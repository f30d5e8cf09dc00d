import { makeSvg } from './dom.ts';

/** Lines of the icons, in a square of 20. */
const paths = {
  zoomIn: 'M10 4v12M4 10h12',
  zoomOut: 'M4 10h12',
  fitAll: 'M3 7.5V3h4.5M12.5 3H17v4.5M17 12.5V17h-4.5M7.5 17H3v-4.5',
  zoomTo: 'M10 3v3.5M10 13.5V17M3 10h3.5M13.5 10H17M10 5.8a4.2 4.2 0 1 0 0 8.4a4.2 4.2 0 1 0 0-8.4',
  raise: 'M10 16V4.5M5.5 9L10 4.5L14.5 9',
  lower: 'M10 4v11.5M5.5 11L10 15.5L14.5 11',
  point:
    'M10 17s-5-5.2-5-8.8a5 5 0 0 1 10 0C15 11.8 10 17 10 17zM10 6.6a1.6 1.6 0 1 0 0 3.2a1.6 1.6 0 1 0 0-3.2',
  line: 'M4 15.5L9 6.5L12 12.5L16.5 4.5',
  polygon: 'M10 3.5L16.5 8.2L14 16H6L3.5 8.2z',
  rectangle: 'M3.5 5.5h13v9h-13z',
  undo: 'M7.5 4.5L4 8l3.5 3.5M4 8h7.5a4 4 0 0 1 0 8H8',
  clear: 'M5 5l10 10M15 5L5 15',
} as const;

export type IconName = keyof typeof paths;

/** A small drawing beside a label; screen readers pass over it. */
export const makeIcon = (name: IconName): SVGElement =>
  makeSvg(
    'svg',
    { viewBox: '0 0 20 20', width: 16, height: 16, 'aria-hidden': 'true', class: 'icon' },
    makeSvg('path', { d: paths[name] }),
  );
