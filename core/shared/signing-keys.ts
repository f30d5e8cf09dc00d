/** Keys that sign cursors and callbacks. */
export interface SigningKeys {
  /** Signs. */
  readonly current: string;
  /** Signed before the last rotation; what it has signed is still good. */
  readonly previous?: string;
}
