import { type ModuleFiles, manifest } from './manifest.ts';

/** Files of a module of `web/`. Where nothing is built, as in tests of pages, names have no hash. */
export const moduleFiles = (name: string): ModuleFiles =>
  manifest.modules[name] ??
  (name === STYLE
    ? { styles: [`${name}.css`], imports: [] }
    : { script: `${name}.js`, styles: [], imports: [] });

/** The module that every page has: the looks of all. */
export const STYLE = 'style';

/** The file with a picture of a process, before it or after; undefined where there is none. */
export const pictureFile = (processID: string, when: 'before' | 'after'): string | undefined =>
  manifest.pictures[`${processID}-${when}`];
