/** A piece of HTML that is safe to be put into a page. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | boolean | Markup | readonly Piece[] | undefined | null;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const renderPiece = (piece: Piece): string => {
  if (piece === undefined || piece === null || piece === false) return '';
  if (piece instanceof Markup) return piece.text;
  if (Array.isArray(piece)) return piece.map(renderPiece).join('');
  return String(piece).replace(/[&<>"']/g, (character) => entities[character] ?? '');
};

/** Template of HTML: whatever is put into it is escaped, unless it is markup itself. */
export const html = (strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup =>
  new Markup(strings.map((text, index) => text + renderPiece(pieces[index])).join(''));
