/** What is compared: the metrics, their units and limits, and how each is taken from a block. */
export { fromScale, type MetricName, metricNames, metrics, toScale } from './catalogue.ts';
export { stallLimitMs } from './slices.ts';
export { differenceOf, type Values, valuesOf } from './values.ts';
