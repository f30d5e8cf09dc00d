import { counted } from './language.ts';
import type { Sentence } from './page.ts';

/** The list of processes, and the families in which they are shown. */
export const processesStrings = {
  search: 'Search processes',
  searchFor: 'Search: buffer, slope, join, reproject…',
  searchButton: 'Search',
  found: (count: number): string => counted(count, 'process', 'processes'),
  foundFor: (words: string): string => ` for “${words}”`,
  noneFound: <M>(link: (text: string) => M): Sentence<M> => [
    'Try fewer or other words, or ',
    link('show all processes'),
    '.',
  ],
  families: {
    tests: { title: 'Tests', description: 'For testing clients.' },
    geometry: {
      title: 'Geometry',
      description: 'Buffer, simplify, repair, measure and reproject features.',
    },
    overlay: { title: 'Overlay', description: 'Clip, intersect, union and dissolve layers.' },
    tessellation: {
      title: 'Grids and tessellations',
      description: 'Grids, hexagons, H3 cells, triangles and Voronoi polygons.',
    },
    attributes: {
      title: 'Joins, selections and statistics',
      description: 'Join, filter, count and summarise features.',
    },
    terrain: { title: 'Terrain', description: 'Slope, aspect, relief and contours of elevation models.' },
    'raster-and-vector': {
      title: 'Rasters and features',
      description: 'Rasterize features, vectorise rasters, and summarise rasters by zones and points.',
    },
    raster: { title: 'Rasters', description: 'Calculate, reclassify, mosaic, clip and reproject rasters.' },
    formats: { title: 'Formats', description: 'Inspect files, and convert them to other formats.' },
    others: { title: 'Other', description: 'Other processes.' },
  },
} as const;
