import { listed, quote } from '../../core/shared/quote.ts';
import { didYouMean } from '../../core/shared/similar.ts';
import type { LayerFeature } from './layer.ts';
import { readProperty } from './properties.ts';

/** The sentence about a name that no feature has a property of: those that there are, and the one that was meant. */
export function absentProperty(name: string, features: readonly LayerFeature[]): string {
  const known = new Set<string>();
  for (const { properties } of features) {
    for (const own of Object.keys(properties)) known.add(own);
    if (known.size > ENOUGH_NAMES) break;
  }
  const names = [...known];
  const others = names.length === 0 ? 'The features have no properties.' : `Properties: ${listed(names)}.`;
  return `names the property ${quote(name)}, which no feature has.${didYouMean(name, names)} ${others}`;
}

const ENOUGH_NAMES = 1000;

/**
 * What is wrong with a property that must be a number or null.
 *
 * @param user what needs the numbers, for the sentence.
 */
export function numericFieldFault(
  features: readonly LayerFeature[],
  field: string,
  user: string,
): string | undefined {
  if (!features.some(({ properties }) => Object.hasOwn(properties, field)))
    return absentProperty(field, features);
  const isOther = (value: unknown) =>
    value !== null && value !== undefined && typeof value !== 'number' && typeof value !== 'bigint';
  const index = features.findIndex(({ properties }) => isOther(readProperty(properties, field)));
  const found = features[index];
  if (!found) return undefined;
  const value = quote(found.properties[field]);
  return `names the property ${quote(field)}, which is ${value} in feature ${index}; ${user} needs numbers.`;
}
