import { greatest, least } from '../../core/shared/arrays.ts';

/** A line of a plot, and what it is called. */
export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [760, 320, 70, 170, 20, 45];
const colours = ['#2a6f97', '#bc6c25', '#6a994e'];

/** Lines over two logarithmic axes, from one power of ten to another, as SVG. */
export function linePlot(
  title: string,
  [along, up]: readonly [string, string],
  lines: readonly Line[],
): string {
  const points = lines.flatMap((line) => line.points);
  const [x, xTicks] = axisOf(
    points.map(([value]) => value),
    [LEFT, WIDTH - RIGHT],
  );
  const [y, yTicks] = axisOf(
    points.map(([, value]) => value),
    [HEIGHT - BOTTOM, TOP],
  );
  const grid = [
    ...xTicks.map(
      (tick) =>
        `<line x1="${x(tick)}" x2="${x(tick)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" stroke="#ddd"/><text x="${x(tick)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${tick.toLocaleString('en')}</text>`,
    ),
    ...yTicks.map(
      (tick) =>
        `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick)}" y2="${y(tick)}" stroke="#ddd"/><text x="${LEFT - 6}" y="${y(tick) + 4}" text-anchor="end">${tick.toLocaleString('en')}</text>`,
    ),
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${along}</text>`,
    `<text x="14" y="${(TOP + HEIGHT - BOTTOM) / 2}" text-anchor="middle" transform="rotate(-90 14 ${(TOP + HEIGHT - BOTTOM) / 2})">${up}</text>`,
  ];
  const drawn = lines.flatMap(({ name, points: its }, index) => {
    const places = its.map(([one, other]) => `${x(one)},${y(other)}`);
    const last = its.at(-1);
    return [
      `<polyline points="${places.join(' ')}" fill="none" stroke="${colours[index]}" stroke-width="2"/>`,
      ...its.map(
        ([one, other]) => `<circle cx="${x(one)}" cy="${y(other)}" r="3" fill="${colours[index]}"/>`,
      ),
      ...(last
        ? [`<text x="${x(last[0]) + 8}" y="${y(last[1]) + 4}" fill="${colours[index]}">${name}</text>`]
        : []),
    ];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#222">
<title>${title}</title>
<rect width="100%" height="100%" fill="#fff"/>
${[...grid, ...drawn].join('\n')}
</svg>
`;
}

/** Where a value is drawn, and the powers of ten between which all are. */
function axisOf(
  values: readonly number[],
  [from, to]: readonly [number, number],
): readonly [place: (value: number) => number, ticks: readonly number[]] {
  const powers = values.map((value) => Math.log10(value));
  const low = Math.floor(least(powers));
  const high = Math.max(low + 1, Math.ceil(greatest(powers)));
  const place = (value: number) =>
    Math.round(from + ((Math.log10(value) - low) / (high - low)) * (to - from));
  return [place, Array.from({ length: high - low + 1 }, (_, index) => Number(`1e${low + index}`))];
}
