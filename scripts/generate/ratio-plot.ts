/** A bar of a plot: how many times the one is of the other. */
export interface Bar {
  readonly title: string;
  /** One for each of the names; a gap where there is none. */
  readonly ratios: readonly (number | undefined)[];
}

const [WIDTH, LEFT, ROW, BAR] = [760, 250, 34, 13];
const colours = ['#2a6f97', '#bc6c25'];

/** Bars of ratios on a logarithmic axis from 1/4 to 256, as SVG. A line marks where both are alike. */
export function ratioPlot(title: string, names: readonly string[], bars: readonly Bar[]): string {
  const [low, high] = [-2, 8];
  const x = (ratio: number): number => {
    const power = Math.min(high, Math.max(low, Math.log2(ratio)));
    return Math.round(LEFT + ((power - low) / (high - low)) * (WIDTH - LEFT - 60));
  };
  const height = 50 + bars.length * ROW;
  const axis = [1 / 4, 1, 4, 16, 64, 256].map(
    (ratio) =>
      `<line x1="${x(ratio)}" x2="${x(ratio)}" y1="30" y2="${height - 14}" stroke="${ratio === 1 ? '#333' : '#ddd'}"/>` +
      `<text x="${x(ratio)}" y="${height}" text-anchor="middle">${ratio < 1 ? '1/4' : ratio}</text>`,
  );
  const legend = names.map(
    (name, index) =>
      `<rect x="${LEFT + index * 130}" y="6" width="12" height="12" fill="${colours[index]}"/><text x="${LEFT + 18 + index * 130}" y="16">${name}</text>`,
  );
  const rows = bars.flatMap(({ title: name, ratios }, row) => [
    `<text x="${LEFT - 8}" y="${34 + row * ROW + 17}" text-anchor="end">${name}</text>`,
    ...ratios.flatMap((ratio, index) => {
      if (ratio === undefined) return [];
      const [from, to] = [Math.min(x(1), x(ratio)), Math.max(x(1), x(ratio))];
      const y = 34 + row * ROW + index * (BAR + 1);
      return `<rect x="${from}" y="${y}" width="${Math.max(1, to - from)}" height="${BAR}" fill="${colours[index]}"/><text x="${to + 4}" y="${y + 11}">${ratio.toFixed(ratio < 10 ? 1 : 0)}</text>`;
    }),
  ]);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height + 8}" font-family="sans-serif" font-size="12" fill="#222">
<title>${title}</title>
<rect width="100%" height="100%" fill="#fff"/>
${[...axis, ...legend, ...rows].join('\n')}
</svg>
`;
}
