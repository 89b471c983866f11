/** Door of `schema`: the shape of summary.json for other programs. */
export { summarySchema } from './summary-schema.ts';
