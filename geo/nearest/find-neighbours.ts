import { append } from '../../core/shared/arrays.ts';
import { itemAt } from '../../core/shared/item-at.ts';
import { splitEdgesOf, splitLongEdges } from '../geodesy/split-edges.ts';
import { membersWithoutCut } from '../geodesy/without-cut.ts';
import { countVertices } from '../geometry/positions.ts';
import { type Geos, loadGeos } from '../geos/geos.ts';
import { LastingScope, lastingScope } from '../geos/lasting-scope.ts';
import { errorFromGeos } from '../geos/refused-geometry.ts';
import { geometryAt, packedCount } from '../layer/packed-geometries.ts';
import { ResultBudget } from '../layer/result-budget.ts';
import { HeldLayer } from '../overlay/held-layer.ts';
import { boxAt, layerNumbers, type StoredLayer } from '../overlay/stored-layer.ts';
import { defineKernel } from '../parallel/kernel.ts';
import { presentGeometryAt } from '../parallel/parts.ts';
import { placeholderPointer } from '../parallel/places.ts';
import { GeographicLayer } from './geographic.ts';
import { type Breathe, findKNearest, type Neighbour } from './k-nearest.ts';
import { planarNeighbourhood } from './planar.ts';

export interface LayersOfNeighbours {
  /** Both in one plane, or both in longitudes and latitudes. */
  readonly features: StoredLayer;
  readonly overlay: StoredLayer;
  /** Whether positions are longitudes and latitudes of CRS84: distances are then those of geodesics. */
  readonly isGeographic: boolean;
  readonly count: number;
  /** Distance up to which features are neighbours: metres, or units of the plane. */
  readonly most: number;
  /** Positions of the features of each part. */
  readonly parts: readonly Uint32Array[];
}

/** Neighbours of the features of a part, in their order. */
export interface Neighbours {
  /** How many each feature has. */
  readonly counts: Uint32Array;
  /** Positions in the overlay, those of a feature from the nearest. */
  readonly positions: Uint32Array;
  readonly distances: Float64Array;
  /** Of the rows that they make. */
  readonly vertices: number;
}

/** Finds the nearest features of the overlay for those of a layer. */
export const findNeighbours = defineKernel<LayersOfNeighbours, Neighbours>(
  'findNeighbours',
  async (data, context) => {
    const geos = await loadGeos();
    const scope = new LastingScope(geos);
    const view = data.isGeographic ? geographicView(data, geos, scope) : planarView(data, scope);
    const breathe: Breathe = () => (context.isDue() ? context.breathe() : undefined);
    return {
      part: async (number) => {
        const budget = new ResultBudget(context);
        const [counts, found]: [number[], Neighbour[]] = [[], []];
        let vertices = 0;
        for (const position of itemAt(data.parts, number)) {
          const { neighbours, size } = await view(position, breathe).catch((cause) => {
            throw errorFromGeos(cause, placeholderPointer(position, layerNumbers.features));
          });
          counts.push(neighbours.length);
          append(found, neighbours);
          vertices += neighbours.length * size;
          budget.count(neighbours.length, neighbours.length * size);
        }
        return {
          counts: Uint32Array.from(counts),
          positions: Uint32Array.from(found, (neighbour) => neighbour.position),
          distances: Float64Array.from(found, ({ distance }) => distance),
          vertices,
        };
      },
      end: () => scope.end(),
    };
  },
);

/** The neighbours of a feature, and how many vertices it has. */
type View = (
  position: number,
  breathe: Breathe,
) => Promise<{ readonly neighbours: readonly Neighbour[]; readonly size: number }>;

/** Metres that pieces of edges, which are straight in longitudes and latitudes, may be off geodesics: their boxes are small then. */
const METRES_OFF = 1;

const nobody = { neighbours: [], size: 0 };

function planarView({ features, overlay, count, most }: LayersOfNeighbours, scope: LastingScope): View {
  const held = new HeldLayer(features, scope);
  const others = new HeldLayer(overlay, scope);
  return async (position, breathe) => {
    const operand = held.passing(position);
    if (!operand) return nobody;
    const neighbours = await findKNearest(planarNeighbourhood(operand, others), count, most, breathe);
    return { neighbours, size: operand.vertices };
  };
}

function geographicView(
  { features, overlay, count, most }: LayersOfNeighbours,
  geos: Geos,
  scope: LastingScope,
): View {
  const { geometries } = overlay;
  const given = Array.from({ length: packedCount(geometries) }, (_, position) =>
    geometryAt(geometries, position),
  );
  const running = given.map((geometry) => geometry && membersWithoutCut(geometry, geos));
  const split = splitLongEdges(running, METRES_OFF);
  const seen = new GeographicLayer(split, scope);
  return async (position, breathe) => {
    if (!boxAt(features, position)) return nobody;
    const geometry = presentGeometryAt(features.geometries, position);
    const own = splitEdgesOf(membersWithoutCut(geometry, geos), METRES_OFF);
    const neighbours = await lastingScope(geos, (lasting) =>
      seen.nearest(own, count, most, lasting, breathe),
    );
    return { neighbours, size: countVertices(geometry) };
  };
}
