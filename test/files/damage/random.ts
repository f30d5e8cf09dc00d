/** Numbers that look random and are the same for the same seed (mulberry32). */
export type Random = () => number;

export function randomFrom(seed: string): Random {
  let state = 0x811c9dc5;
  // FNV-1a, so that seeds that are alike give numbers that are not.
  for (let index = 0; index < seed.length; index++)
    state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 to below the bound. */
export const below = (random: Random, bound: number): number => Math.floor(random() * bound);
