/** What a root may use of another one. */
export interface Access {
  /** Folders, `**` being all that is below; nothing stands for the whole root. */
  readonly folders?: readonly string[];
  /** Only what is gone at run time. */
  readonly typesOnly?: boolean;
  /** Of a root whose types alone may be used: folders that may be loaded, too. */
  readonly loaded?: readonly string[];
}

/** Roots of the source, each with the roots that it may use beside itself: dependencies point one way. */
export const layers: Readonly<Record<string, Readonly<Record<string, Access>>>> = {
  core: {},
  geo: { core: { folders: ['core/shared/**', 'core/run/**'] } },
  processes: { core: {}, geo: {} },
  // What people read on the pages.
  strings: {},
  functions: { core: {}, geo: {}, processes: {}, strings: {} },
  infra: { core: {}, geo: {}, processes: {}, functions: {} },
  // What forms do in the browser and, without scripts, in the functions.
  web: { core: { typesOnly: true, loaded: ['core/forms/both-sides/**'] }, strings: {} },
};

/** Roots that may use all others and that none of those may use. */
export const outerRoots = ['test', 'bench', 'scripts'] as const;
