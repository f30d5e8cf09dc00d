import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { processesStrings } from '../../strings/processes.ts';

type FamilyID = keyof typeof processesStrings.families;

/** Processes that are alike in what they are for. */
export interface Family {
  readonly id: FamilyID;
  readonly title: string;
  readonly description: string;
  /** The process whose picture stands for all of them. */
  readonly shown?: string;
}

/** A family without what people read of it. */
interface Grouping {
  readonly id: FamilyID;
  readonly shown?: string;
}

interface Rule extends Grouping {
  /** Whether a process is of the family, by its keywords; the first family that says so has it. */
  readonly has: (keywords: readonly string[]) => boolean;
}

const any =
  (...words: readonly string[]) =>
  (keywords: readonly string[]) =>
    words.some((word) => keywords.includes(word));
const all =
  (...words: readonly string[]) =>
  (keywords: readonly string[]) =>
    words.every((word) => keywords.includes(word));

const rules: readonly Rule[] = [
  { id: 'tests', has: any('test') },
  {
    id: 'geometry',
    shown: 'convex-hull',
    has: (keywords) => any('geometry', 'CRS')(keywords) && !keywords.includes('raster'),
  },
  { id: 'overlay', shown: 'union', has: any('overlay') },
  { id: 'tessellation', shown: 'voronoi-polygons', has: any('tessellation') },
  {
    id: 'attributes',
    shown: 'count-points-in-polygons',
    has: (keywords) =>
      any('join', 'select', 'filter', 'statistics')(keywords) && !keywords.includes('raster'),
  },
  { id: 'terrain', shown: 'hillshade', has: any('terrain') },
  {
    id: 'raster-and-vector',
    shown: 'contour',
    has: (keywords) => all('raster', 'vector')(keywords) || any('interpolation', 'heatmap')(keywords),
  },
  { id: 'raster', shown: 'reclassify', has: any('raster') },
  { id: 'formats', shown: 'convert-features', has: any('format', 'metadata') },
];

const others: Grouping = { id: 'others' };

/** The family of a process. */
const findFamily = ({ keywords = [] }: Pick<ProcessDeclaration, 'keywords'>): Grouping =>
  rules.find(({ has }) => has(keywords)) ?? others;

/** Families with their processes, those for tests last. */
export function groupByFamily<P extends Pick<ProcessDeclaration, 'keywords'>>(
  processes: readonly P[],
): readonly (readonly [Family, readonly P[]])[] {
  const [tests, ...rest] = rules;
  const order = [...rest, others, ...(tests ? [tests] : [])];
  return order.flatMap((family) => {
    const members = processes.filter((process) => findFamily(process).id === family.id);
    return members.length > 0
      ? [[{ ...family, ...processesStrings.families[family.id] }, members] as const]
      : [];
  });
}
