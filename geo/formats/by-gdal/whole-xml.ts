import { FormatError } from '../../../core/shared/format-error.ts';

const HEAD = 4096;
const TAIL = 512;
/** The first element, behind declarations and comments. */
const ROOT = /^\s*(?:<(?:\?[\s\S]*?\?|!--[\s\S]*?--|![^>]*)>\s*)*<([A-Za-z_][\w:.-]*)/;

/**
 * Drivers take a document that is cut off for one that ends there.
 *
 * @throws FormatError where a file is XML and does not end with its first element
 */
export function checkWholeXml(bytes: Uint8Array): void {
  const head = Buffer.from(bytes.subarray(0, HEAD))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '');
  const [, root] = ROOT.exec(head) ?? [];
  if (root === undefined) return;
  const tail = Buffer.from(bytes.subarray(-TAIL)).toString('latin1').trimEnd();
  const isWhole =
    tail.endsWith('-->') || tail.endsWith('/>') || /<\/([^<>\s]+)\s*>$/.exec(tail)?.[1] === root;
  if (!isWhole) throw new FormatError(`it is truncated: its element "${root}" does not end`);
}
