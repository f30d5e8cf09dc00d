import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, matchesGlob, relative } from 'node:path';
import { type ImportKind, readImports } from './imports.ts';
import type { layers } from './layers.ts';

/** One module uses another one. */
export interface Import {
  /** Path of the module that uses, below the base. */
  readonly file: string;
  readonly line: number;
  /** Path of the module that is used, below the base, or the name of a package. */
  readonly target: string;
  readonly isPackage: boolean;
  readonly kind: ImportKind;
  readonly names: readonly string[];
}

/** All imports from one folder to another one. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly imports: readonly Import[];
}

/** Folders each of which reaches all others. */
export interface Cycle {
  readonly folders: readonly string[];
  /** All arrows between them. */
  readonly arrows: readonly Arrow[];
  /** Arrows without which there is no cycle, of as few imports as were found. */
  readonly lightest: readonly Arrow[];
}

/** Paths that a specifier stands for: more than one where it has a part that is only known at run time. */
function resolve(base: string, file: string, specifier: string): string[] {
  const path = relative(base, join(base, dirname(file), specifier));
  return specifier.includes('*') ? globSync(path, { cwd: base }) : [path];
}

/** Imports of all modules below the given folders of a base, in the order of their paths. */
export function readImportGraph(base: string, folders: readonly string[]): Import[] {
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx,mts,js,mjs}`, { cwd: base }));
  return files.toSorted().flatMap((file) =>
    readImports(file, readFileSync(join(base, file), 'utf8')).flatMap(
      ({ specifier, kind, names, line }): Import[] => {
        if (!specifier.startsWith('.'))
          return [{ file, line, target: specifier, isPackage: true, kind, names }];
        return resolve(base, file, specifier)
          .filter((target) => kind !== 'thread' || existsSync(join(base, target)))
          .map((target) => ({ file, line, target, isPackage: false, kind, names }));
      },
    ),
  );
}

/** First folder of a path. */
export const rootFolder = (path: string): string => path.split('/', 1)[0] ?? path;

/** Arrows between the folders below a root. Each directory is a folder of its own; the root is one too. */
function folderArrows(imports: readonly Import[], root: string): Arrow[] {
  const arrows = new Map<string, Import[]>();
  for (const found of imports) {
    if (found.isPackage || rootFolder(found.file) !== root || rootFolder(found.target) !== root) continue;
    const [from, to] = [dirname(found.file), dirname(found.target)];
    if (from === to) continue;
    const key = `${from} ${to}`;
    arrows.set(key, [...(arrows.get(key) ?? []), found]);
  }
  return [...arrows].map(([key, tied]) => {
    const [from = '', to = ''] = key.split(' ');
    return { from, to, imports: tied };
  });
}

/** Nodes from which each can be reached from each other, larger groups than one (Tarjan 1972). */
export function stronglyConnected(edges: Iterable<readonly [string, string]>): string[][] {
  const targets = Map.groupBy(edges, ([from]) => from);
  const visited = new Map<string, { readonly index: number; low: number }>();
  const stack: string[] = [];
  const groups: string[][] = [];
  const visit = (node: string): number => {
    const here = { index: visited.size, low: visited.size };
    visited.set(node, here);
    stack.push(node);
    for (const [, target] of targets.get(node) ?? []) {
      const seen = visited.get(target);
      if (seen === undefined) here.low = Math.min(here.low, visit(target));
      else if (stack.includes(target)) here.low = Math.min(here.low, seen.index);
    }
    if (here.low === here.index) {
      const group = stack.splice(stack.indexOf(node));
      if (group.length > 1) groups.push(group.toSorted());
    }
    return here.low;
  };
  for (const node of targets.keys()) if (!visited.has(node)) visit(node);
  return groups;
}

/** Arrows that point backwards when folders stand in an order in which users come first. */
const backwards = (order: readonly string[], arrows: readonly Arrow[]): Arrow[] =>
  arrows.filter(({ from, to }) => order.indexOf(from) > order.indexOf(to));

const weight = (arrows: readonly Arrow[]): number =>
  arrows.reduce((sum, { imports }) => sum + imports.length, 0);

/** Arrows without which the folders have no cycle: folders are moved in an order of all as long as that leaves fewer imports. */
function lightestCut(folders: readonly string[], arrows: readonly Arrow[]): Arrow[] {
  let order = [...folders];
  let best = weight(backwards(order, arrows));
  for (let improved = true; improved; ) {
    improved = false;
    for (const folder of folders) {
      for (let place = 0; place < folders.length; place++) {
        const others = order.filter((other) => other !== folder);
        const moved = [...others.slice(0, place), folder, ...others.slice(place)];
        const cost = weight(backwards(moved, arrows));
        if (cost >= best) continue;
        [order, best, improved] = [moved, cost, true];
      }
    }
  }
  return backwards(order, arrows);
}

/** Cycles among the folders below a root, imports of types included. */
export function folderCycles(imports: readonly Import[], root: string): Cycle[] {
  const all = folderArrows(imports, root);
  return stronglyConnected(all.map(({ from, to }) => [from, to] as const)).map((folders) => {
    const arrows = all
      .filter(({ from, to }) => folders.includes(from) && folders.includes(to))
      .toSorted((a, b) => a.imports.length - b.imports.length || a.from.localeCompare(b.from));
    return { folders, arrows, lightest: lightestCut(folders, arrows) };
  });
}

/** Cycles among modules that are there at run time: neither types nor what is only loaded when it is needed. */
export function moduleCycles(imports: readonly Import[]): string[][] {
  const loaded = imports.filter(({ isPackage, kind }) => !isPackage && kind === 'value');
  return stronglyConnected(loaded.map(({ file, target }) => [file, target] as const));
}

/** What a file needs at run time, directly or by others: imports that it and the modules below it have. */
export function reachedFrom(
  imports: readonly Import[],
  file: string,
  kinds: readonly ImportKind[] = ['value', 'dynamic', 'thread'],
): Import[] {
  const byFile = Map.groupBy(imports, (found) => found.file);
  const seen = new Set<string>();
  const visit = (path: string): Import[] => {
    if (seen.has(path)) return [];
    seen.add(path);
    const own = (byFile.get(path) ?? []).filter(({ kind }) => kinds.includes(kind));
    return own.flatMap((found) => [found, ...(found.isPackage ? [] : visit(found.target))]);
  };
  return visit(file);
}

/** Imports that point from a layer to where it may not look. */
export function layerFaults(imports: readonly Import[], order: typeof layers): Import[] {
  return imports.filter(({ file, target, isPackage, kind }) => {
    const [from, to] = [rootFolder(file), rootFolder(target)];
    const allowed = order[from];
    if (isPackage || allowed === undefined || from === to) return false;
    const access = allowed[to];
    if (access === undefined) return true;
    const isIn = (folders: readonly string[]) => folders.some((folder) => matchesGlob(target, folder));
    if (access.typesOnly && kind !== 'type' && !isIn(access.loaded ?? [])) return true;
    return access.folders !== undefined && !isIn(access.folders);
  });
}

/** One line for an import: where it is and what it takes from where. */
export const describeImport = ({ file, line, target, kind, names }: Import): string =>
  `${file}:${line} ${kind === 'value' ? '' : `${kind} `}{ ${names.join(', ')} } from ${target}`;

/** An arrow with the imports that make it. */
const describeArrow = ({ from, to, imports }: Arrow): string =>
  [`  ${from} -> ${to} (${imports.length})`, ...imports.map((found) => `    ${describeImport(found)}`)].join(
    '\n',
  );

/** A cycle for people: its folders, the least that has to go, and all that ties them. */
export const describeCycle = ({ folders, arrows, lightest }: Cycle): string =>
  [
    `Cycle of ${folders.length} folders: ${folders.join(', ')}`,
    ` Gone without these ${weight(lightest)} of ${weight(arrows)} imports:`,
    ...lightest.map(describeArrow),
    ' All that ties them:',
    ...arrows.map(describeArrow),
  ].join('\n');
