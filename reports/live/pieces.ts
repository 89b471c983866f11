/** Lines of a terminal made of pieces of text, each with its own colour, so that they can be cut to a width. */
import { styleText } from 'node:util';

/** How a piece looks. */
export type Look = Parameters<typeof styleText>[0];

/** Text, plain or in a look. Every character takes one cell. */
export type Piece = string | readonly [look: Look, text: string];

/** Characters that would move the cursor or leave the line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get to a terminal.
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

/** Writes pieces as text of at most so many cells, with or without colours. */
export function render(
  pieces: readonly Piece[],
  { columns, colour }: { columns: number; colour: boolean },
): string {
  let room = columns;
  let line = '';
  for (const piece of pieces) {
    const [look, text] = typeof piece === 'string' ? [undefined, piece] : piece;
    const part = text.replaceAll(CONTROL, ' ').slice(0, room);
    room -= part.length;
    const isPlain = !colour || look === undefined || part === '';
    line += isPlain ? part : styleText(look, part, { validateStream: false });
  }
  return line;
}

/** Cells a line of pieces would take uncut. */
export function widthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece : piece[1]).length, 0);
}

/** A bar of so many cells, filled to a share between 0 and 1, in steps of an eighth of a cell. */
export function bar(share: number, cells: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * cells * 8);
  const whole = '█'.repeat(Math.floor(eighths / 8));
  return (whole + (['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8] ?? '')).padEnd(cells);
}
