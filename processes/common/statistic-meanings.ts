/** What each of the statistics is, in the form in which pages read it. */
export const statisticMeanings =
  'count: number of values. sum: their sum. min: the lowest. max: the highest. mean: the arithmetic mean. median: the middle one, or the mean of the middle two. stddev: standard deviation of the population. variance: variance of the population. range: the highest minus the lowest. first: the first in order. unique: number of distinct values.';
