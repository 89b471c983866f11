/** Door of `timeline`: what the page's scripts fill from the run it carries. */
export { heatMap, timelinePart } from './timeline.ts';
