import type { Geometry } from 'geojson';
import { itemAt } from '../../core/shared/item-at.ts';
import { featureProgress } from '../layer/feature-progress.ts';
import { lazyGeometry, wkbAt } from '../layer/packed-geometries.ts';
import { ResultBudget } from '../layer/result-budget.ts';
import { estimateVertices } from '../parallel/parts.ts';
import { shareWork } from '../parallel/share-work.ts';
import { overlayParts } from './overlay-parts.ts';
import { type OverlayRows, type RowKind, rowKinds } from './overlay-rows.ts';
import { type OverlayStep, overlaySteps } from './overlay-steps.ts';
import { splitLayer } from './split-layer.ts';
import { indexed } from './stored-layer.ts';
import type { TwoLayers } from './two-layers.ts';

/** What a step of an overlay leaves of a feature, or of a pair. */
export interface OverlayRow {
  /** Position in the layer that the step goes through. */
  readonly position: number;
  /** Position of the partner of a pair. */
  readonly other: number;
  readonly kind: RowKind;
  /** Undefined where all of a feature is left. */
  readonly geometry: Geometry | undefined;
}

/**
 * Does the steps of an overlay; for each, the rows in the order of the features, then of the partners.
 *
 * @throws InvalidInput with a pointer to a geometry that GEOS cannot work on, LimitExceeded
 */
export async function overlayLayers<Step extends OverlayStep>(
  layers: TwoLayers,
  steps: readonly Step[],
): Promise<Readonly<Record<Step, OverlayRow[]>>> {
  const { stored, context, pointers } = layers;
  const parts = steps.flatMap((step) =>
    splitLayer(stored[overlaySteps[step].through]).map((positions) => ({ step, positions })),
  );
  const sizes = parts.map(({ positions }) => positions.length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const budget = new ResultBudget(context);
  const results = await shareWork(
    overlayParts,
    {
      ...stored,
      overlay: indexed(stored.overlay),
      features: steps.some((step) => overlaySteps[step].through === 'overlay')
        ? indexed(stored.features)
        : stored.features,
      parts,
    },
    {
      context,
      sizes,
      // Most features meet several others.
      vertices:
        steps.length *
        (estimateVertices(stored.features.geometries) + estimateVertices(stored.overlay.geometries)),
      reportProgress: featureProgress(context, total, 'Overlaying features'),
      pointers,
      visit: ({ positions, vertices }) => budget.count(positions.length, vertices),
    },
  );
  const collectRows = (step: Step): OverlayRow[] => {
    const ofStep = results.filter((_, index) => itemAt(parts, index).step === step);
    return ofStep.flatMap(listRows).sort((one, other) => one.position - other.position);
  };
  return Object.fromEntries(steps.map((step) => [step, collectRows(step)])) as Record<Step, OverlayRow[]>;
}

function listRows({ positions, others, kinds, pieces }: OverlayRows): OverlayRow[] {
  let piece = 0;
  return Array.from(positions, (position, index) => {
    const kind = kinds[index] as RowKind;
    const geometry = kind === rowKinds.piece ? lazyGeometry(wkbAt(pieces, piece++)) : undefined;
    return { position, other: itemAt(others, index), kind, geometry };
  });
}
