import { type FilterName, filters } from './filters.ts';
import type { Resampling } from './resampling-names.ts';
import type { Summary } from './summarise.ts';

/** Whether a method weighs the pixels around a place, as bilinear and cubic do. */
export const isFilter = (resampling: Resampling): resampling is FilterName =>
  Object.hasOwn(filters, resampling);

/** Whether a method summarises the pixels that one of the new grid covers, as average and mode do. */
export const isSummary = (resampling: Resampling): resampling is Summary =>
  resampling !== 'nearest' && !isFilter(resampling);

/** Pixels that the kernel looks at on each side, before it is stretched. */
export const findResamplingRadius = (resampling: Resampling): number =>
  isFilter(resampling) ? filters[resampling].radius : 0;
