import { Instance, Module, type WebAssemblyMemory } from '../../../core/shared/webassembly.ts';
import { terrainVectors } from './generated/terrain-vectors.ts';
import { computeIllumination } from './hillshade.ts';
import type { Kernel, KernelSettings } from './kernels.ts';
import { downhillScale, type Ground, gradientScale } from './pixel-size-on-ground.ts';

/** Rows that a kernel works on: three of elevations and one of results. */
const ROWS = 4;
/** Pixels that a row has more: one at both ends, and those up to four that vector instructions take at once. */
const MORE = 6;
const PAGE = 64 * 1024;

type VectorKernel = (
  above: number,
  middle: number,
  below: number,
  results: number,
  count: number,
  ...settings: number[]
) => number;

/** A kernel with the only rows that it can work on. */
export interface KernelWithRows {
  /** @returns whether some of the results may not be a number */
  readonly kernel: (...rows: Parameters<Kernel>) => boolean;
  /** With a pixel more at both ends. */
  readonly rows: readonly [Float32Array, Float32Array, Float32Array];
  readonly results: Float32Array;
}

/** Compiled once for all kernels of a thread. */
let compiled: object | undefined;

/**
 * A kernel in vector instructions of WebAssembly, which computes what that of {@link makeKernel} does, to the last digit.
 *
 * @throws Error
 */
export function vectorKernel(settings: KernelSettings, width: number): KernelWithRows {
  compiled ??= new Module(Buffer.from(terrainVectors, 'base64'));
  const { memory, ...kernels } = new Instance(compiled).exports as {
    readonly memory: WebAssemblyMemory;
  } & Readonly<Record<string, VectorKernel>>;
  const stride = Math.ceil((width + MORE) / 4) * 16;
  memory.grow(Math.ceil((ROWS * stride) / PAGE));
  const row = (index: number, length: number) => new Float32Array(memory.buffer, index * stride, length);
  const compute = kernels[kernelName(settings)];
  if (!compute) throw new Error(`The module has no kernel ${kernelName(settings)}.`);
  return {
    kernel: (above, middle, below, results, ground) =>
      compute(
        above.byteOffset,
        middle.byteOffset,
        below.byteOffset,
        results.byteOffset,
        results.length,
        ...kernelNumbers(settings, ground),
      ) !== 0,
    rows: [row(0, width + 2), row(1, width + 2), row(2, width + 2)],
    results: row(3, width),
  };
}

function kernelName(settings: KernelSettings): string {
  if (settings.name === 'index') return `index-${settings.index}`;
  const variant = settings.name === 'slope' ? `slope-${settings.unit}` : settings.name;
  return `${variant}-${settings.algorithm}`;
}

/** What the kernel is told besides the rows: settings, and the steps of the row. */
function kernelNumbers(settings: KernelSettings, ground: Ground): number[] {
  switch (settings.name) {
    case 'hillshade': {
      const { algorithm, light } = settings;
      const { perColumn, perRow } = gradientScale(algorithm, light.zFactor, ground);
      const { level, eastward, northward } = computeIllumination(light);
      return [perColumn, perRow, level, eastward, northward];
    }
    case 'slope': {
      const { perColumn, perRow } = gradientScale(settings.algorithm, settings.zFactor, ground);
      return [perColumn, perRow];
    }
    case 'aspect': {
      const { perColumn, perRow } = downhillScale(ground);
      return [perColumn, perRow, settings.trigonometric ? 1 : 0, settings.flat];
    }
    case 'index':
      return [];
  }
}
