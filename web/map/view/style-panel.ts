import { mapStrings } from '../../../strings/map.ts';
import { methods } from '../colours/classes.ts';
import { type RampName, rampNames } from '../colours/ramps.ts';
import { fromSample, toSample, unitSymbol } from '../raster/quantity.ts';
import type { RasterMapLayer } from '../raster/raster-layer.ts';
import type { RasterStyle } from '../raster/style.ts';
import { make, makeSelect } from '../shared/dom.ts';
import type { VectorMapLayer } from '../vector/vector-layer.ts';
import { propertyNames } from '../vector/vector-style.ts';
import type { MapLayer } from './layer.ts';

/** The fields with which a person chooses the colours of a layer. */
export function makeStyleFields(layer: MapLayer): HTMLElement[] {
  return layer.kind === 'vector' ? vectorFields(layer) : rasterFields(layer);
}

const rampOptions = rampNames.map((name) => [name, name] as const);

function vectorFields(layer: VectorMapLayer): HTMLElement[] {
  const { style } = layer;
  const names = propertyNames(layer.store);
  const colourBy = makeSelect(
    mapStrings.colourBy,
    [['', mapStrings.oneColour], ...names.map((name) => [name, name] as const)],
    style.property ?? '',
    (name) => {
      const { property, ...rest } = style;
      if (name === '') layer.setStyle(rest);
      else layer.setStyle({ ...rest, property: name, method: suitableMethod(layer, name) });
    },
  );
  if (style.property === undefined) return [colourBy];
  const method = makeSelect(
    mapStrings.method,
    methods.map((name) => [name, mapStrings.methods[name]] as const),
    style.method,
    (name) => layer.setStyle({ ...style, method: methods.find((known) => known === name) ?? 'quantiles' }),
  );
  if (style.method === 'unique') return [colourBy, method];
  const count = makeSelect(
    mapStrings.classes,
    ['3', '4', '5', '6', '7', '8', '9'].map((number) => [number, number] as const),
    String(style.count),
    (number) => layer.setStyle({ ...style, count: Number(number) }),
  );
  const ramp = makeSelect(mapStrings.ramp, rampOptions, style.ramp, (name) =>
    layer.setStyle({ ...style, ramp: name as RampName }),
  );
  return [colourBy, method, count, ramp];
}

/** Numbers go into classes by quantiles, anything else by what it is. */
function suitableMethod({ store, style }: VectorMapLayer, name: string): VectorMapLayer['style']['method'] {
  const values = store.features
    .map(({ properties }) => properties?.[name] as unknown)
    .filter((value) => value !== null && value !== undefined);
  if (!values.every((value) => typeof value === 'number')) return 'unique';
  return style.method === 'unique' ? 'quantiles' : style.method;
}

function rasterFields(layer: RasterMapLayer): HTMLElement[] {
  const { style, raster } = layer;
  if (style.kind !== 'ramp') return [];
  const bands = Array.from(
    { length: raster.bands },
    (_, band) => [String(band), mapStrings.bandNumber(band + 1)] as const,
  );
  const restretch = (band: number) => {
    void layer.stretchBand(band).then((range) => layer.setStyle({ ...style, band, ...range }));
  };
  return [
    ...(raster.bands > 1
      ? [makeSelect(mapStrings.band, bands, String(style.band), (band) => restretch(Number(band)))]
      : []),
    makeSelect(mapStrings.ramp, rampOptions, style.ramp, (name) =>
      layer.setStyle({ ...style, ramp: name as RampName }),
    ),
    endField(layer, style, 'min', mapStrings.minimum),
    endField(layer, style, 'max', mapStrings.maximum),
    make('button', { type: 'button', onclick: () => restretch(style.band) }, mapStrings.stretch),
  ];
}

function endField(
  layer: RasterMapLayer,
  style: Extract<RasterStyle, { kind: 'ramp' }>,
  end: 'min' | 'max',
  label: string,
): HTMLElement {
  const quantity = layer.raster.quantities[style.band];
  const input = make('input', { type: 'number', step: 'any', value: fromSample(style[end], quantity) });
  input.addEventListener('change', () => {
    const changed = { ...style, [end]: toSample(input.valueAsNumber, quantity) };
    if (changed.min < changed.max) layer.setStyle(changed);
  });
  return make('label', {}, make('span', {}, mapStrings.inUnit(label, unitSymbol(quantity))), input);
}
