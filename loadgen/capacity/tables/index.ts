/** Door of `tables`: fleets as Markdown, text, comma-separated text and JSON. */
export { formatFleetsCsv } from './csv.ts';
export { FLEET_DOCUMENT_VERSION, type FleetDocument, fleetDocument } from './document.ts';
export { formatFleetsMarkdown } from './markdown.ts';
export type { FleetReport } from './report.ts';
export { formatFleetsText } from './text.ts';
