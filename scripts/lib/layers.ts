/** What a root may use of another one. */
export interface Access {
  /** Folders, `**` being all that is below; nothing stands for the whole root. */
  readonly folders?: readonly string[];
  /** Only what is gone at run time. */
  readonly typesOnly?: boolean;
}

/** Roots of the source, each with the roots that it may use beside itself: dependencies point one way. */
export const layers: Readonly<Record<string, Readonly<Record<string, Access>>>> = {
  core: {},
  geo: { core: { folders: ['core/shared/**', 'core/run/**'] } },
  processes: { core: {}, geo: {} },
  functions: { core: {}, geo: {}, processes: {} },
  infra: { core: {}, geo: {}, processes: {}, functions: {} },
  web: { core: { typesOnly: true } },
};

/** Roots that may use all others and that none of those may use. */
export const outerRoots = ['test', 'bench', 'scripts'] as const;
