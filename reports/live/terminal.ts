/** A block of lines that stays in its place on a terminal and is written over each second. */
import { type Piece, render, widthOf } from './pieces.ts';

/** Where progress is written: `process.stderr` satisfies it. */
export interface Output {
  isTTY?: boolean;
  columns?: number;
  rows?: number;
  write(text: string): unknown;
}

const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;
const UP = (lines: number): string => (lines > 0 ? `\u001b[${lines}A` : '');
const CLEAR_LINE_END = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';
/** Terminals that know these show all that is written in between at once; the others take no notice. */
const BEGIN_UPDATE = '\u001b[?2026h';
const END_UPDATE = '\u001b[?2026l';

export class TerminalBlock {
  readonly #output: Output;
  readonly #colour: boolean;
  /** Widths of the lines on the screen. Empty: there is no block. */
  #shown: number[] = [];

  /**
   * @param colour Whether escape codes for colours may be written.
   */
  constructor(output: Output, colour: boolean) {
    this.#output = output;
    this.#colour = colour;
  }

  /** Columns that a line may take: in the last one the cursor would go to the next line. */
  get columns(): number {
    return Math.max(1, (this.#output.columns ?? DEFAULT_COLUMNS) - 1);
  }

  /** Writes lines in the place of those before. Nothing is cleared that is written anew, so nothing flickers. */
  show(block: readonly (readonly Piece[])[]): void {
    const columns = this.columns;
    // The cursor cannot go higher than the screen: a taller block would leave copies of itself above.
    const lines = block.slice(0, Math.max(1, (this.#output.rows ?? DEFAULT_ROWS) - 1));
    const text = lines
      .map((pieces) => `${render(pieces, { columns, colour: this.#colour })}${CLEAR_LINE_END}\n`)
      .join('');
    this.#output.write(`${BEGIN_UPDATE}${UP(this.#height())}${text}${CLEAR_BELOW}${END_UPDATE}`);
    this.#shown = lines.map((pieces) => Math.min(columns, widthOf(pieces)));
  }

  /** Leaves the block where it is: what is written next comes below it. */
  leave(): void {
    this.#shown = [];
  }

  /** Rows that the block takes now: a terminal that was made narrower has wrapped its lines. */
  #height(): number {
    return this.#shown.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / (this.columns + 1))), 0);
  }
}
