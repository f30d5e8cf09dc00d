import { scriptStrings } from '../../strings/scripts.ts';

/** Warnings that are told; the first are of the most features. */
const MOST = 3;

/** What was said when a layer was read, which the log has that the answer leads to; how much it was where that cannot be read. */
export async function readingWarnings(response: Response): Promise<readonly string[]> {
  const count = Number(response.headers.get('Processing-Warnings') ?? 0);
  if (count === 0) return [];
  const [, href] = /<([^>]+)>; rel="(?:[^"]*\/)?log"/.exec(response.headers.get('Link') ?? '') ?? [];
  const messages = href === undefined ? [] : await readWarnings(href).catch(() => []);
  const told = messages.slice(0, MOST);
  if (told.length === 0) return [scriptStrings.readingWarnings(count)];
  return count > told.length ? [...told, scriptStrings.andMore(count - told.length)] : told;
}

async function readWarnings(href: string): Promise<string[]> {
  const response = await fetch(href);
  const { logs } = (await response.json()) as {
    readonly logs: readonly { readonly level: string; readonly message: string }[];
  };
  return logs.filter(({ level }) => level === 'warning').map(({ message }) => message);
}
