/** What a writer makes of a layer. */
export interface WrittenFile {
  readonly bytes: Uint8Array;
  /** What the format could not carry, in sentences: each is a warning of the run. */
  readonly remarks: readonly string[];
}
