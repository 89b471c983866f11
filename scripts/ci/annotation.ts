/** Lines of a log that GitHub shows beside the checks. */

/** How much a line matters. */
export type Level = 'notice' | 'warning' | 'error';

/** Writes a line that GitHub shows under a title. */
export function annotation(level: Level, title: string, text: string): string {
  const safeTitle = escapeData(title).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${level} title=${safeTitle}::${escapeData(text)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Gives the first sentence of a Markdown text as plain words. */
export function firstSentence(markdown: string): string {
  const lines = markdown.split('\n').map((line) => line.replaceAll(/^#+ |[*`]/g, '').trim());
  return lines.find((line) => line !== '' && !line.startsWith('<!--')) ?? '';
}

/** Gives the level of what a gate ended with. */
export function levelOf(exitCode: number): Level {
  return exitCode === 0 ? 'notice' : 'error';
}
