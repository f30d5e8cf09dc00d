import { lineAt, parseModule, type SyntaxNode, walk } from './syntax.ts';

/** Stands in the text of a template for an expression. */
const GAP = '\0';
/** Attributes that people read, or hear. */
const READ = /(?:^|\s)(?:aria-label|alt|placeholder|title|data-label|data-title)="([^"]*)"/g;
const ATTRIBUTE = /(?:^|\s)[\w-]+="[^"]*"/g;
const TAG = /<[^<>]*>/g;
/** Programs and their words as they are copied: the same in every language. */
const CODE = /<(pre|code)\b[\s\S]*?<\/\1>/g;
/** An attribute without a value, in a template of its own. */
const FLAG = /^ [\w-]+$/;
const WORD = /\p{L}{2,}/u;
/** Several words, or one that begins a sentence: what identifiers, classes and addresses are not. */
const PROSE = /\p{L}{2,}[,;:]? \p{Ll}{2,}|^\p{Lu}\p{Ll}+[.:…]?$/u;

/** A text that people would read, in a module that is not for texts. */
export interface PageText {
  readonly line: number;
  readonly text: string;
}

/**
 * Texts in the source of pages: what stands between and in the tags of `html` templates, and prose in other literals.
 *
 * @param isName whether a text is a name, which is the same in every language
 */
export function findPageText(file: string, source: string, isName: (text: string) => boolean): PageText[] {
  const found: PageText[] = [];
  walk(parseModule(file, source), (node, ancestors) => {
    const parent = ancestors.at(-1);
    const texts = isTemplate(node) ? textsInMarkup(node) : proseIn(node, parent, ancestors);
    for (const text of texts) if (!isName(text)) found.push({ line: lineAt(source, node.start), text });
  });
  return found;
}

const isTemplate = ({ type, tag }: SyntaxNode): boolean =>
  type === 'TaggedTemplateExpression' && (tag as { name?: string }).name === 'html';

const joined = (quasi: unknown): string =>
  (quasi as { quasis: { value: { cooked: string } }[] }).quasis.map(({ value }) => value.cooked).join(GAP);

function textsInMarkup({ quasi }: SyntaxNode): string[] {
  const markup = joined(quasi).replace(CODE, '');
  if (FLAG.test(markup)) return [];
  const attributes = [...markup.matchAll(READ)].flatMap(([, value = '']) => value.split(GAP));
  const between = markup.replace(ATTRIBUTE, ' ').replace(TAG, GAP).split(GAP);
  return [...attributes, ...between].map((text) => text.trim()).filter((text) => WORD.test(text));
}

function proseIn(
  node: SyntaxNode,
  parent: SyntaxNode | undefined,
  ancestors: readonly SyntaxNode[],
): string[] {
  const text = literalText(node);
  if (text === undefined || !PROSE.test(text.trim())) return [];
  // Of another module, a type, an error that nobody meets, or in an html template, which has been looked at.
  const isElsewhere = /^(?:Import|Export|TSLiteralType)/.test(parent?.type ?? '');
  const isThrown = ancestors.some(({ type }) => type === 'ThrowStatement');
  const isMarkup = parent !== undefined && isTemplate(parent);
  return isElsewhere || isThrown || isMarkup ? [] : [text.trim()];
}

function literalText(node: SyntaxNode): string | undefined {
  if (node.type === 'TemplateLiteral') return joined(node).replaceAll(GAP, ' ');
  return node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : undefined;
}
