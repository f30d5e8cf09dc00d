/** What a page loads for one of its modules. */
export interface ModuleFiles {
  /** Absent where the module is style sheets alone. */
  readonly script?: string;
  readonly styles: readonly string[];
  /** What the script imports at once: fetched beside it rather than after it. */
  readonly imports: readonly string[];
}

/** The files that pages load, under the names that the build gave them: a name changes with the content. */
export interface Manifest {
  readonly modules: Readonly<Record<string, ModuleFiles>>;
  /** Files of the pictures of the processes, by `ID-before` and `ID-after`. */
  readonly pictures: Readonly<Record<string, string>>;
  /** Media type of each file that `GET /assets/{file}` answers, by its name. */
  readonly files: Readonly<Record<string, string>>;
}

/** What the build of `web/` has made. Nothing before it is built: a bundle has its own in the place of this module. */
export const manifest: Manifest = { modules: {}, pictures: {}, files: {} };
