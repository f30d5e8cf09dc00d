import { type Attribute, holds, type Item, projected, type Terms, updated } from './expressions.ts';

type Input = Terms & Readonly<Record<string, unknown>>;

/** Partition keys of the indexes, by name; all are sorted by one attribute, but for the one of the sweep. */
const indexes: Readonly<Record<string, readonly [partition: string, sort: string]>> = {
  'newest-first': ['listKey', 'position'],
  'newest-first-of-all': ['everyKey', 'position'],
  due: ['sweepKey', 'due'],
};

/** A table as far as this project uses one, in memory. It says what DynamoDB would charge for. */
export class Table {
  readonly #items = new Map<string, Item>();
  readonly #partitions = new Map<string, { readonly items: Item[]; isSorted: boolean }>();
  /** Units of reads and writes since the last {@link takeUnits}. */
  #units = { read: 0, write: 0 };

  takeUnits(): { readonly read: number; readonly write: number } {
    const units = this.#units;
    this.#units = { read: 0, write: 0 };
    return units;
  }

  /** Answers a request. @returns undefined for a condition that does not hold */
  answer(action: string, input: Input): object | undefined {
    switch (action) {
      case 'GetItem':
        return this.#get(input);
      case 'PutItem':
        return this.#put(input['Item'] as Item, input);
      case 'UpdateItem':
        return this.#update(input);
      case 'Query':
        return this.#query(input);
      default:
        throw new Error(`The stand-in has no ${action}`);
    }
  }

  /** The item that a condition was refused for. */
  find(input: Input): Item | undefined {
    const key = (input['Key'] ?? input['Item']) as Item;
    return this.#items.get(keyOf(key));
  }

  #get(input: Input): object {
    const item = this.find(input);
    this.#units.read += readUnits(item ? sizeOf(item) : 1, input['ConsistentRead'] === true);
    return item ? { Item: item } : {};
  }

  #put(item: Item, input: Input): object | undefined {
    const before = this.find(input);
    if (!holds(input['ConditionExpression'] as string | undefined, before, input)) return undefined;
    this.#store(before, item);
    return {};
  }

  #update(input: Input): object | undefined {
    const before = this.find(input);
    if (!holds(input['ConditionExpression'] as string | undefined, before, input)) return undefined;
    const after = updated(before ?? { ...(input['Key'] as Item) }, String(input['UpdateExpression']), input);
    this.#store(before, after);
    return input['ReturnValues'] === 'ALL_NEW' ? { Attributes: after } : {};
  }

  #store(before: Item | undefined, after: Item): void {
    this.#items.set(keyOf(after), after);
    this.#units.write += writeUnits(sizeOf(after));
    for (const [index, [partition, sort]] of Object.entries(indexes)) {
      const [from, to] = [before, after].map((item) => placeIn(index, item, partition, sort));
      if (before && from !== undefined) {
        const { items } = this.#partition(from);
        items.splice(items.indexOf(before), 1);
      }
      if (to !== undefined) {
        const held = this.#partition(to);
        held.items.push(after);
        held.isSorted = false;
      }
      if (index === 'newest-first-of-all') continue;
      const old = before && from !== undefined ? sizeOf(before) : 0;
      const now = to === undefined ? 0 : sizeOf(after);
      if (index !== 'due') this.#units.write += now > 0 || old > 0 ? writeUnits(Math.max(old, now)) : 0;
      // The index of the sweep has keys alone.
      else if (String(from) !== String(to)) this.#units.write += 1;
    }
  }

  #partition(place: string) {
    let partition = this.#partitions.get(place);
    if (partition) return partition;
    partition = { items: [], isSorted: true };
    this.#partitions.set(place, partition);
    return partition;
  }

  #query(input: Input): object {
    const [, sort] = indexes[String(input['IndexName'])] ?? ['', ''];
    const condition = String(input['KeyConditionExpression']);
    const key = valueIn(input, /= (:\w+)/.exec(condition)?.[1]);
    const held = this.#partition(`${input['IndexName']} ${key}`);
    const place = (item: Item) => String(item[sort]?.['S']);
    if (!held.isSorted) held.items.sort((one, other) => (place(one) < place(other) ? -1 : 1));
    held.isSorted = true;
    const from = valueIn(input, /(?:BETWEEN|>=|>) (:\w+)/.exec(condition)?.[1]) ?? '';
    const isAfter = / > :/.test(condition);
    const to = valueIn(input, /(?:BETWEEN :\w+ AND|<=) (:\w+)/.exec(condition)?.[1]) ?? '\uffff';
    const start = (input['ExclusiveStartKey'] as Item | undefined)?.[sort]?.['S'] as string | undefined;
    const limit = Number(input['Limit'] ?? Number.POSITIVE_INFINITY);
    const looked: Item[] = [];
    for (let at = lastUpTo(held.items, to, place); at >= 0 && looked.length < limit; at--) {
      const item = held.items[at];
      if (!item || place(item) < from || (isAfter && place(item) === from)) break;
      if (start === undefined || place(item) < start) looked.push(item);
    }
    this.#units.read += readUnits(
      looked.reduce((sum, item) => sum + sizeOf(item), 1),
      false,
    );
    const Items = looked
      .filter((item) => holds(input['FilterExpression'] as string | undefined, item, input))
      .map((item) => projected(item, input['ProjectionExpression'] as string | undefined, input));
    const last = looked.at(-1);
    const isMore = looked.length === limit && last !== undefined;
    const LastEvaluatedKey = isMore && { jobID: last['jobID'], [sort]: last[sort] };
    return { Items, Count: Items.length, ...(LastEvaluatedKey ? { LastEvaluatedKey } : {}) };
  }
}

/** Index of the last item whose place is not above a key. */
function lastUpTo(items: readonly Item[], key: string, place: (item: Item) => string): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item && place(item) <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const keyOf = (item: Item): string => String(item['jobID']?.['S']);
const valueIn = ({ ExpressionAttributeValues: values = {} }: Input, name = ''): string | undefined =>
  values[name]?.['S'] as string | undefined;
function placeIn(index: string, item: Item | undefined, partition: string, sort: string): string | undefined {
  const key = item?.[partition]?.['S'];
  return key === undefined || item?.[sort] === undefined ? undefined : `${index} ${key}`;
}

const sizes = new WeakMap<Item, number>();
function sizeOf(item: Item): number {
  const known = sizes.get(item);
  if (known !== undefined) return known;
  const size = sizeOfMembers(item);
  sizes.set(item, size);
  return size;
}

/** Bytes of names and values as DynamoDB counts them: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
function sizeOfMembers(members: Readonly<Record<string, Attribute>>): number {
  return Object.entries(members).reduce((sum, [name, value]) => sum + name.length + sizeOfValue(value), 0);
}

function sizeOfValue(attribute: Attribute): number {
  const [[type, value] = ['NULL', true]] = Object.entries(attribute);
  if (type === 'S') return Buffer.byteLength(String(value));
  if (type === 'N') return Math.ceil(String(value).length / 2) + 1;
  if (type === 'M') return 3 + sizeOfMembers(value as Record<string, Attribute>);
  if (type === 'L') return (value as Attribute[]).reduce((sum, one) => sum + 1 + sizeOfValue(one), 3);
  return 1;
}

const writeUnits = (bytes: number): number => Math.ceil(bytes / 1024);
const readUnits = (bytes: number, isConsistent: boolean): number =>
  Math.ceil(bytes / 4096) * (isConsistent ? 1 : 0.5);
