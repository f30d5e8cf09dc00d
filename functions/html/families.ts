import type { ProcessDeclaration } from '../../core/processes/declaration.ts';

/** Processes that are alike in what they are for. */
export interface Family {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The process whose picture stands for all of them. */
  readonly shown?: string;
}

interface Rule extends Family {
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
  { id: 'tests', title: 'Tests', description: 'For testing clients.', has: any('test') },
  {
    id: 'geometry',
    shown: 'convex-hull',
    title: 'Geometry',
    description: 'Buffer, simplify, repair, measure and reproject features.',
    has: (keywords) => any('geometry', 'CRS')(keywords) && !keywords.includes('raster'),
  },
  {
    id: 'overlay',
    shown: 'union',
    title: 'Overlay',
    description: 'Clip, intersect, union and dissolve layers.',
    has: any('overlay'),
  },
  {
    id: 'tessellation',
    shown: 'voronoi-polygons',
    title: 'Grids and tessellations',
    description: 'Grids, hexagons, H3 cells, triangles and Voronoi polygons.',
    has: any('tessellation'),
  },
  {
    id: 'attributes',
    shown: 'count-points-in-polygons',
    title: 'Joins, selections and statistics',
    description: 'Join, filter, count and summarise features.',
    has: (keywords) =>
      any('join', 'select', 'filter', 'statistics')(keywords) && !keywords.includes('raster'),
  },
  {
    id: 'terrain',
    shown: 'hillshade',
    title: 'Terrain',
    description: 'Slope, aspect, relief and contours of elevation models.',
    has: any('terrain'),
  },
  {
    id: 'raster-and-vector',
    shown: 'contour',
    title: 'Rasters and features',
    description: 'Rasterize features, vectorise rasters, and summarise rasters by zones and points.',
    has: (keywords) => all('raster', 'vector')(keywords) || any('interpolation', 'heatmap')(keywords),
  },
  {
    id: 'raster',
    shown: 'reclassify',
    title: 'Rasters',
    description: 'Calculate, reclassify, mosaic, clip and reproject rasters.',
    has: any('raster'),
  },
  {
    id: 'formats',
    shown: 'convert-features',
    title: 'Formats',
    description: 'Inspect files, and convert them to other formats.',
    has: any('format', 'metadata'),
  },
];

const others: Family = { id: 'others', title: 'Other', description: 'Other processes.' };

/** The family of a process. */
const findFamily = ({ keywords = [] }: Pick<ProcessDeclaration, 'keywords'>): Family =>
  rules.find(({ has }) => has(keywords)) ?? others;

/** Families with their processes, those for tests last. */
export function groupByFamily<P extends Pick<ProcessDeclaration, 'keywords'>>(
  processes: readonly P[],
): readonly (readonly [Family, readonly P[]])[] {
  const [tests, ...rest] = rules;
  const order = [...rest, others, ...(tests ? [tests] : [])];
  return order.flatMap((family) => {
    const members = processes.filter((process) => findFamily(process).id === family.id);
    return members.length > 0 ? [[family, members] as const] : [];
  });
}
