/** Made by infra/crs-blocks.ts when the scripts are bundled. */
declare module 'crs-blocks' {
  /** A definition for proj4, or one without datum shift and the shifts, each with its area in degrees. */
  type Definition =
    | string
    | readonly [
        base: string,
        ...regions: (readonly [shift: string, west: number, south: number, east: number, north: number])[],
      ];
  /** How many codes a block has: code 28992 is in block ⌊28992 / CODES⌋. */
  export const CODES: number;
  /** Adds the projections that proj4 lacks; `withOwnNames` gives definitions the names that they have here. */
  export const loadProjections: () => Promise<{ withOwnNames: (definition: string) => string }>;
  export const blocks: Readonly<
    Record<number, (() => Promise<{ default: Readonly<Record<string, Definition>> }>) | undefined>
  >;
}
