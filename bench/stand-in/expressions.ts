/** A value as DynamoDB writes it: `{ S: 'text' }`, `{ N: '1' }`, `{ M: {...} }`. */
export type Attribute = Readonly<Record<string, unknown>>;
export type Item = Record<string, Attribute>;

/** Names and values that an expression refers to. */
export interface Terms {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, Attribute>>;
}

const OPERAND = '[#:]?[A-Za-z_][\\w.#]*';

/**
 * Whether an item fulfils a condition. Conditions are those of this project: comparisons of paths with values, IN, BETWEEN,
 * attribute_exists, AND, OR, NOT and parentheses; they are translated into JavaScript once.
 */
export function holds(condition: string | undefined, item: Item | undefined, terms: Terms): boolean {
  if (condition === undefined) return true;
  const compiled = conditions.get(condition) ?? compile(condition);
  conditions.set(condition, compiled);
  const of = (operand: string) => comparableOf(operand, item, terms);
  const exists = (operand: string) => of(operand) !== undefined;
  return compiled(of, exists, compare);
}

type Compiled = (
  of: (operand: string) => Comparable,
  exists: (operand: string) => boolean,
  compares: typeof compare,
) => boolean;
const conditions = new Map<string, Compiled>();

function compile(condition: string): Compiled {
  const value = (operand: string) => `of('${operand}')`;
  const made: string[] = [];
  // What is translated is kept apart, so that no later step takes its letters for operands.
  const keep = (source: string) => `@${made.push(source) - 1}@`;
  const source = condition
    .replace(/attribute_(not_)?exists\(([^)]+)\)/g, (_, not, path) =>
      keep(`${not ? '!' : ''}exists('${path}')`),
    )
    .replace(new RegExp(`(${OPERAND}) BETWEEN (${OPERAND}) AND (${OPERAND})`, 'g'), (_, what, from, to) =>
      keep(
        `(compares(${value(what)}, '>=', ${value(from)}) && compares(${value(what)}, '<=', ${value(to)}))`,
      ),
    )
    .replace(new RegExp(`(${OPERAND}) IN \\(([^)]*)\\)`, 'g'), (_, what, list: string) =>
      keep(`[${list.split(',').map((one) => value(one.trim()))}].includes(${value(what)})`),
    )
    .replace(new RegExp(`(${OPERAND}) (=|<>|<=|>=|<|>) (${OPERAND})`, 'g'), (_, left, operator, right) =>
      keep(`compares(${value(left)}, '${operator}', ${value(right)})`),
    )
    .replace(/\bAND\b/g, '&&')
    .replace(/\bOR\b/g, '||')
    .replace(/\bNOT\b/g, '!');
  if (/[^@\d()&|!\s]/.test(source)) throw new Error(`The stand-in does not understand: ${condition}`);
  const body = source.replace(/@(\d+)@/g, (_, index) => made[Number(index)] ?? '');
  return new Function('of', 'exists', 'compares', `return ${body};`) as Compiled;
}

type Comparable = string | number | boolean | undefined;

function compare(left: Comparable, operator: string, right: Comparable): boolean {
  if (operator === '=') return left !== undefined && left === right;
  if (operator === '<>') return left !== right;
  if (left === undefined || right === undefined || typeof left !== typeof right) return false;
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

/** The value of a path or placeholder, for comparisons; something that is there for what cannot be compared. */
function comparableOf(operand: string, item: Item | undefined, terms: Terms): Comparable {
  const attribute = operand.startsWith(':')
    ? terms.ExpressionAttributeValues?.[operand]
    : attributeAt(item, pathOf(operand, terms));
  if (attribute === undefined) return undefined;
  if ('N' in attribute) return Number(attribute['N']);
  if ('S' in attribute) return String(attribute['S']);
  return 'BOOL' in attribute ? attribute['BOOL'] === true : JSON.stringify(attribute);
}

const pathOf = (path: string, { ExpressionAttributeNames: names = {} }: Terms): string[] =>
  path.split('.').map((name) => names[name] ?? name);

function attributeAt(item: Item | undefined, path: readonly string[]): Attribute | undefined {
  let at = item as Record<string, Attribute> | undefined;
  for (const [index, name] of path.entries()) {
    const attribute = at?.[name];
    if (index === path.length - 1) return attribute;
    at = attribute?.['M'] as Record<string, Attribute> | undefined;
  }
  return undefined;
}

/** The item after SET, REMOVE and ADD. */
export function updated(item: Item, expression: string, terms: Terms): Item {
  const next = structuredClone(item);
  const value = (operand: string): Attribute | undefined => {
    const [, path, otherwise] = /^if_not_exists\(([^,]+),\s*([^)]+)\)$/.exec(operand) ?? [];
    if (path && otherwise) return attributeAt(item, pathOf(path, terms)) ?? value(otherwise);
    return operand.startsWith(':')
      ? terms.ExpressionAttributeValues?.[operand]
      : attributeAt(item, pathOf(operand, terms));
  };
  for (const [, clause, list = ''] of expression.matchAll(
    /(SET|REMOVE|ADD) (.*?)(?= (?:SET|REMOVE|ADD) |$)/g,
  )) {
    for (const action of list.split(/,\s*(?![^(]*\))/)) {
      if (clause === 'REMOVE') write(next, pathOf(action.trim(), terms), undefined);
      const [, path, given] =
        (clause === 'SET' ? /^(\S+) = (.+)$/ : /^(\S+) (.+)$/).exec(action.trim()) ?? [];
      if (clause === 'REMOVE' || !path || !given) continue;
      const at = pathOf(path, terms);
      const added = Number(value(given)?.['N']) + Number(attributeAt(item, at)?.['N'] ?? 0);
      write(next, at, clause === 'ADD' ? { N: String(added) } : value(given));
    }
  }
  return next;
}

function write(item: Item, path: readonly string[], value: Attribute | undefined): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  if (rest.length > 0) write(item[name]?.['M'] as Item, rest, value);
  else if (value === undefined) delete item[name];
  else item[name] = value;
}

/** The attributes of an item that were asked for; all, where none were named. */
export function projected(item: Item, expression: string | undefined, terms: Terms): Item {
  if (expression === undefined) return item;
  const names = expression.split(',').map((path) => pathOf(path.trim(), terms)[0] ?? '');
  return Object.fromEntries(names.flatMap((name) => (item[name] ? [[name, item[name]]] : [])));
}
