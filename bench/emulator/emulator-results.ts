/** Milliseconds until a client has the answer. */
export interface Answered {
  readonly p50: number;
  readonly p90: number;
}

/** `bench/results/emulator.json`. */
export interface EmulatorResults {
  readonly machine: string;
  readonly on: string;
  readonly rounds: number;
  /** By request; {@link FLOOR} is what the emulator takes itself. */
  readonly requests: Readonly<Record<string, Answered>>;
}

/** A function that does nothing, behind the same kind of API. */
export const FLOOR = 'empty function';
