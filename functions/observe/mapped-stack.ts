import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapping } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A place in a file of a bundle, as stacks name it. */
const PLACE = /(file:\/\/[^\s()]+\.mjs):(\d+):(\d+)/g;

const maps = new Map<string, SourceMap | undefined>();

/**
 * A stack with the places in the sources instead of those in the bundle. Node.js would do so itself with `--enable-source-maps`, for which it reads the map of
 * each module when it loads it: a quarter of the time that a function takes to start, though most never have an error to tell of.
 */
export const mapStack = (stack: string): string =>
  stack.replace(PLACE, (place, url: string, line: string, column: string) => {
    const { originalSource, originalLine, originalColumn } =
      (mapOf(url)?.findEntry(Number(line) - 1, Number(column) - 1) as Partial<SourceMapping>) ?? {};
    if (!originalSource || originalLine === undefined || originalColumn === undefined) return place;
    return `${originalSource.replace(/^(?:\.\.\/)+/, '')}:${originalLine + 1}:${originalColumn + 1}`;
  });

function mapOf(url: string): SourceMap | undefined {
  if (!maps.has(url)) maps.set(url, readMap(url));
  return maps.get(url);
}

function readMap(url: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, 'utf8')));
  } catch {
    // Without it the place in the bundle is what there is to tell.
    return undefined;
  }
}
