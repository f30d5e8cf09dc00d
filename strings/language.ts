/** Language of the pages, as `lang` and the formatting of numbers have it (BCP 47). A translation has another one. */
export const language = 'en';

/** A number with its digits in groups. */
export const formatNumber = (value: number, options?: Intl.NumberFormatOptions): string =>
  value.toLocaleString(language, options);

/** A count and what is counted: `1 feature`, `2,000 features`. */
export const counted = (count: number, one: string, many: string): string =>
  `${formatNumber(count)} ${count === 1 ? one : many}`;
