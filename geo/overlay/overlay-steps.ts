/** What overlays consist of: the common parts of pairs, and what of one layer lies inside the other, and outside. */
export const overlaySteps = {
  pairs: { through: 'features' },
  inside: { through: 'features' },
  outside: { through: 'features' },
  overlayOutside: { through: 'overlay' },
} as const;

export type OverlayStep = keyof typeof overlaySteps;
export type CutStep = Exclude<OverlayStep, 'pairs'>;
