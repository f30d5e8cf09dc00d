import { type Classes, classify, type Method } from '../colours/classes.ts';
import { cssColour, kindColour, type RampName, type Rgb } from '../colours/ramps.ts';
import type { FeatureStore } from '../data/feature-store.ts';

/** How features become colours: all alike, or by the classes of a property. */
export interface VectorStyle {
  readonly colour: Rgb;
  readonly property?: string;
  readonly method: Method;
  readonly count: number;
  readonly ramp: RampName;
}

/** What a feature is drawn with. */
export interface Paint {
  readonly fill: string;
  readonly stroke: string;
  readonly width: number;
  readonly radius: number;
}

export interface Styled {
  readonly classes: Classes | undefined;
  /** Paints by class; the last is for what is in none. */
  readonly paints: readonly Paint[];
  /** Number of the paint of a feature. */
  readonly choose: (feature: number) => number;
}

/** On a dark ground the first colour, a dark blue, is hardly seen: the light one takes its place. */
const onDark: readonly number[] = [4, 1, 2, 3, 0];

const layerColour = (layer: number): Rgb =>
  kindColour(matchMedia('(prefers-color-scheme: dark)').matches ? (onDark[layer] ?? layer) : layer);

/** What a layer looks like at first: one colour, another for each layer. */
export const plainStyle = (layer: number): VectorStyle => ({
  colour: layerColour(layer),
  method: 'quantiles',
  count: 5,
  ramp: 'YlGnBu',
});

const GREY: Rgb = [128, 128, 128];

/** Applies a style to features. */
export function applyStyle(style: VectorStyle, { features }: FeatureStore): Styled {
  const { property, colour } = style;
  if (property === undefined) return { classes: undefined, paints: [plainPaint(colour)], choose: () => 0 };
  const valueAt = (feature: number): unknown => features[feature]?.properties?.[property];
  const classes = classify(
    features.map((_, feature) => valueAt(feature)),
    style,
  );
  const none = classes.entries.length;
  return {
    classes,
    paints: [...classes.entries.map((entry) => classPaint(entry.colour)), plainPaint(GREY)],
    choose: (feature) => {
      const found = classes.find(valueAt(feature));
      return found < 0 ? none : found;
    },
  };
}

/** All alike: a light fill, a strong outline. */
export const plainPaint = (colour: Rgb): Paint => ({
  fill: cssColour(colour, 0.3),
  stroke: cssColour(colour),
  width: 1.5,
  radius: 4.5,
});

/** Areas of classes are nearly opaque, as colours are to be told apart, and have thin dark outlines. */
const classPaint = (colour: Rgb): Paint => ({
  fill: cssColour(colour, 0.85),
  stroke: cssColour([
    Math.round(colour[0] * 0.62),
    Math.round(colour[1] * 0.62),
    Math.round(colour[2] * 0.62),
  ]),
  width: 1,
  radius: 4.5,
});

/** Names of the properties of features, in the order in which they come. */
export function propertyNames({ features }: Pick<FeatureStore, 'features'>, most = 200): string[] {
  const names = new Set<string>();
  // The properties of the first thousand are those of all, but in the oddest of layers.
  for (const { properties } of features.slice(0, 1000)) {
    for (const name in properties) names.add(name);
    if (names.size > most) break;
  }
  return [...names].slice(0, most);
}
