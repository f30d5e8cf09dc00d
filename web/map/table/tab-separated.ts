/** A value in a line of tab-separated text, as spreadsheets take it: what has tabs, quotes or breaks stands in quotes. */
function field(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows under their names. */
export const tabSeparated = (names: readonly string[], rows: readonly (readonly unknown[])[]): string =>
  [names, ...rows].map((row) => row.map(field).join('\t')).join('\n');
