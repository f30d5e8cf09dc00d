/** Degrees with the digits that tell apart what lies a step from each other. */
export function degreesText(degrees: number, step: number): string {
  const digits = Math.min(9, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
  // No sign before a zero.
  return `${(Math.round(degrees / step) === 0 ? 0 : degrees).toFixed(digits)}°`;
}
