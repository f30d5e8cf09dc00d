/** A row of a plot. */
export interface Bar {
  readonly title: string;
  /** One for each of the names; a gap where there is none. */
  readonly values: readonly (number | undefined)[];
}

/** A logarithmic axis. */
export interface Axis {
  /** Powers of two where it begins and ends. */
  readonly low: number;
  readonly high: number;
  /** Powers of two with a line. */
  readonly step: number;
}

const [WIDTH, LEFT, BAR] = [760, 250, 13];
const colours = ['#2a6f97', '#bc6c25'];

/** Bars that begin at one, as SVG. A line marks it: of ratios, where both are alike. */
export function barPlot(
  title: string,
  names: readonly string[],
  bars: readonly Bar[],
  { low, high, step }: Axis,
): string {
  const x = (value: number): number => {
    const power = Math.min(high, Math.max(low, Math.log2(value)));
    return Math.round(LEFT + ((power - low) / (high - low)) * (WIDTH - LEFT - 60));
  };
  const row = names.length * (BAR + 1) + 6;
  const height = 50 + bars.length * row;
  const ticks = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, index) => low + index * step);
  const axis = ticks.map((power) => {
    const at = x(2 ** power);
    const number = power < 0 ? `1/${2 ** -power}` : String(2 ** power);
    return (
      `<line x1="${at}" x2="${at}" y1="30" y2="${height - 14}" stroke="${power === 0 ? '#333' : '#ddd'}"/>` +
      `<text x="${at}" y="${height}" text-anchor="middle">${number}</text>`
    );
  });
  const legend = names.map(
    (name, index) =>
      `<rect x="${LEFT + index * 150}" y="6" width="12" height="12" fill="${colours[index]}"/><text x="${LEFT + 18 + index * 150}" y="16">${name}</text>`,
  );
  const rows = bars.flatMap(({ title: name, values }, place) => [
    `<text x="${LEFT - 8}" y="${34 + place * row + names.length * 7 + 3}" text-anchor="end">${name}</text>`,
    ...values.flatMap((value, index) => {
      if (value === undefined) return [];
      const [from, to] = [Math.min(x(1), x(value)), Math.max(x(1), x(value))];
      const y = 34 + place * row + index * (BAR + 1);
      return `<rect x="${from}" y="${y}" width="${Math.max(1, to - from)}" height="${BAR}" fill="${colours[index]}"/><text x="${to + 4}" y="${y + 11}">${value.toFixed(value < 10 ? 1 : 0)}</text>`;
    }),
  ]);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height + 8}" font-family="sans-serif" font-size="12" fill="#222">
<title>${title}</title>
<rect width="100%" height="100%" fill="#fff"/>
${[...axis, ...legend, ...rows].join('\n')}
</svg>
`;
}
