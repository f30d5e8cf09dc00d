import type { OpenapiObject } from './objects.ts';
import { kindAt, nameFor, type Part } from './part-names.ts';

/** Characters of JSON from which what occurs several times is written once: what is shorter, nobody should have to look up. */
const SHARED = 150;

type Components = Readonly<Record<Part, Record<string, OpenapiObject>>>;

/**
 * The definition with the schemas and responses that occur several times among its components, where they are written once: there are two
 * operations for each process, and most take and answer what those of other processes do. Generators of clients make one type of each.
 */
export function shareParts(document: OpenapiObject): OpenapiObject {
  const { paths, components, ...rest } = document as { paths: OpenapiObject; components: Components };
  const shelf = new Shelf(components);
  shelf.count(paths, []);
  const written = shelf.replace(paths, []);
  return { ...rest, paths: written, components: { ...components, ...shelf.components } };
}

class Shelf {
  readonly components: Components;
  readonly #occurrences = new Map<string, number>();
  readonly #references = new Map<string, OpenapiObject>();

  constructor({ schemas, responses }: Components) {
    this.components = { schemas: { ...schemas }, responses: { ...responses } };
  }

  /** Counts the parts of what stands at a place: the names that lead to it. */
  count(value: unknown, place: readonly string[]): void {
    if (typeof value !== 'object' || value === null) return;
    if (kindAt(place)) {
      const text = JSON.stringify(value);
      const before = this.#occurrences.get(text) ?? 0;
      this.#occurrences.set(text, before + 1);
      // What is within the second one is within the first.
      if (before > 0) return;
    }
    for (const [name, member] of Object.entries(value))
      if (!isExample(name)) this.count(member, [...place, name]);
  }

  replace(value: unknown, place: readonly string[]): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value))
      return value.map((member, index) => this.replace(member, [...place, `${index}`]));
    const part = kindAt(place);
    const text = part ? JSON.stringify(value) : '';
    const isShared = text.length >= SHARED && (this.#occurrences.get(text) ?? 0) > 1;
    const known = isShared ? this.#references.get(text) : undefined;
    if (known) return known;
    const written = Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        isExample(name) ? member : this.replace(member, [...place, name]),
      ]),
    );
    if (!part || !isShared) return written;
    const name = nameFor(part, place, value as OpenapiObject, (taken) => taken in this.components[part]);
    this.components[part][name] = written;
    const reference = { $ref: `#/components/${part}/${name}` };
    this.#references.set(text, reference);
    return reference;
  }
}

const isExample = (name: string): boolean => name === 'example' || name === 'examples';
