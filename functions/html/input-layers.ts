import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { isObject } from '../../core/shared/json.ts';
import { html, type Markup } from './parts/markup.ts';

/** Characters of a layer that went in, up to which it is drawn with the result. */
const MOST = 400_000;

/** Layers that went into a job, for its map: GeoJSON and well-known text that were sent. */
export const inputLayers = (
  process: ProcessDeclaration | undefined,
  inputs: Readonly<Record<string, unknown>> = {},
): Markup[] =>
  Object.entries(process?.inputs ?? {}).flatMap(([id, { source, title }]) => {
    const value = inputs[id];
    if (source !== 'layer' || !isDrawn(value, inputs)) return [];
    const text = JSON.stringify(value);
    if (text.length > MOST) return [];
    return [
      html`<span data-from="layer-${id}" data-title="${title}" data-role="input"></span><pre hidden id="layer-${id}">${text}</pre>`,
    ];
  });

/** GeoJSON, or pasted well-known text, whose positions the map takes for degrees. */
const isDrawn = (value: unknown, inputs: Readonly<Record<string, unknown>>): boolean =>
  isObject(value) &&
  ((typeof value['type'] === 'string' && !('href' in value)) ||
    (/^WKT\n"/.test(String(value['value'])) && inputs['sourceCrs'] === undefined));
