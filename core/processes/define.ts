import type { Static, TSchema } from 'typebox';
import type { Encoded, Limits, Source } from '../run/context.ts';
import { REFERENCED_BYTES } from '../run/context.ts';
import type {
  ComputeClass,
  Documentation,
  Input,
  JobControlOption,
  Output,
  ProcessDeclaration,
} from './declaration.ts';
import { layerInputSchema, layerOutputSchema, rasterInputSchema, rasterOutputSchema } from './formats.ts';
import type { JsonSchema } from './schema.ts';
import { inUnit } from './units.ts';

const MEGABYTE = 1024 * 1024;

/** Bounds of each compute class; a declaration may tighten them. */
export const classLimits: Readonly<Record<ComputeClass, Limits>> = {
  light: {
    features: 20_000,
    vertices: 200_000,
    pixels: 1_000_000,
    inlineBytes: 4 * MEGABYTE,
    referencedBytes: 20 * MEGABYTE,
  },
  vector: {
    features: 500_000,
    vertices: 5_000_000,
    inlineBytes: 4 * MEGABYTE,
    referencedBytes: REFERENCED_BYTES,
    syncVertices: 50_000,
  },
  raster: {
    features: 50_000,
    vertices: 1_000_000,
    pixels: 100_000_000,
    inlineBytes: 4 * MEGABYTE,
    syncPixels: 4_000_000,
  },
};

/** What is said of an input besides its schema: the unit of its numbers, the layer whose properties it names. */
type InputDocumentation = Documentation & Pick<Input, 'unit' | 'propertiesOf'>;

/** An input that must be given. */
export const required = <S extends TSchema>(
  schema: S,
  documentation: InputDocumentation,
): Input<Static<S>> => ({
  ...documentation,
  schema: inUnit(plain(schema), documentation.unit),
  minOccurs: 1,
  maxOccurs: 1,
});

/** An input that may be left out; `run` then receives undefined. */
export const optional = <S extends TSchema>(
  schema: S,
  documentation: InputDocumentation,
): Input<Static<S> | undefined> => ({
  ...documentation,
  schema: inUnit(plain(schema), documentation.unit),
  minOccurs: 0,
  maxOccurs: 1,
});

/** An input with a default; `run` always receives a value. */
export const defaulted = <S extends TSchema>(
  schema: S,
  value: Static<S>,
  documentation: InputDocumentation,
): Input<Static<S>> => ({
  ...documentation,
  schema: { ...inUnit(plain(schema), documentation.unit), default: value },
  minOccurs: 0,
  maxOccurs: 1,
});

/** An input that occurs several times; `run` receives an array. */
export const several = <S extends TSchema>(
  schema: S,
  occurs: { readonly min: number; readonly max: number | 'unbounded' },
  documentation: Documentation,
): Input<Static<S>[]> => ({
  ...documentation,
  schema: plain(schema),
  minOccurs: occurs.min,
  maxOccurs: occurs.max,
});

/** A required layer of features, in any of the layer formats, by value or by reference. */
export const layer = (documentation: Documentation): Input<Source> => ({
  ...documentation,
  schema: layerInputSchema,
  minOccurs: 1,
  maxOccurs: 1,
  source: 'layer',
});

type RasterDocumentation = Documentation & Pick<Input, 'reads'>;

/** A required raster, by value or by reference (then read in pieces). */
export const raster = (documentation: RasterDocumentation): Input<Source> => ({
  ...documentation,
  schema: rasterInputSchema,
  minOccurs: 1,
  maxOccurs: 1,
  source: 'raster',
});

/** Several rasters; `run` receives an array. */
export const rasters = (
  documentation: RasterDocumentation,
  occurs: { readonly min: number; readonly max: number },
): Input<Source[]> => ({
  ...documentation,
  schema: rasterInputSchema,
  minOccurs: occurs.min,
  maxOccurs: occurs.max,
  source: 'raster',
});

/** A layer that may be left out; `run` then receives undefined. */
export const optionalLayer = (documentation: Documentation): Input<Source | undefined> => ({
  ...layer(documentation),
  minOccurs: 0,
});

/** A raster that may be left out; `run` then receives undefined. */
export const optionalRaster = (documentation: RasterDocumentation): Input<Source | undefined> => ({
  ...raster(documentation),
  minOccurs: 0,
});

/** An output of any JSON type. */
export const json = <S extends TSchema>(schema: S, documentation: Documentation): Output<Static<S>> => ({
  ...documentation,
  schema: plain(schema),
});

/** An output that is a layer, in any of the formats that are written. */
export const layerOutput = (documentation: Documentation): Output<Encoded> => ({
  ...documentation,
  schema: layerOutputSchema,
});

/** An output that is a raster, in any of the formats that are written. */
export const rasterOutput = (documentation: Documentation): Output<Encoded> => ({
  ...documentation,
  schema: rasterOutputSchema,
});

type Maps = Readonly<Record<string, Input>>;
type OutputMaps = Readonly<Record<string, Output>>;

type Definition<I extends Maps, O extends OutputMaps> = Omit<
  ProcessDeclaration<I, O>,
  'jobControlOptions' | 'limits'
> & { readonly jobControlOptions?: readonly JobControlOption[]; readonly limits?: Partial<Limits> };

/** Declares a process; what is left out takes the house's defaults. */
export function defineProcess<const I extends Maps, const O extends OutputMaps>(
  definition: Definition<I, O>,
): ProcessDeclaration<I, O> {
  return {
    ...definition,
    jobControlOptions: definition.jobControlOptions ?? ['sync-execute', 'async-execute', 'dismiss'],
    limits: { ...classLimits[definition.computeClass], ...definition.limits },
  };
}

/** TypeBox schemas are plain JSON; the copy drops what only its type checker uses. */
const plain = (schema: TSchema): JsonSchema => JSON.parse(JSON.stringify(schema)) as JsonSchema;
