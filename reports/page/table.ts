/** Tables of the page: a caption, headings with scope, and cells that keep the exact figure beside the text. */
import { html, type Insert, type Markup } from './html.ts';

/** A cell: text, or a figure as it is shown together with the value it is sorted and copied by. */
export type Cell = string | Figure;

export interface Figure {
  text: string;
  value: number | null;
}

export interface TableParts {
  caption: string;
  /** The first column names the row; all others hold figures unless they are listed as words. */
  head: readonly string[];
  rows: readonly (readonly Cell[])[];
  /** Sums below the rows, which no sorting moves. Default none. */
  foot?: readonly (readonly Cell[])[];
  /** Columns with text, counted from 0, aligned left. Default: the first. */
  words?: readonly number[];
}

/** Makes a cell of a figure and the way it is written. */
export function cell(
  value: number | null | undefined,
  write: (value: number | null | undefined) => string,
): Figure {
  return { text: write(value), value: value ?? null };
}

/** Builds a table that scrolls sideways on its own where the screen is too narrow for it. */
export function dataTable({ caption, head, rows, foot = [], words = [0] }: TableParts): Insert {
  if (rows.length === 0) return false;
  const isWord = (column: number): boolean => words.includes(column);
  const row = (cells: readonly Cell[]): Markup =>
    html`<tr>${cells.map((each, column) => renderCell(each, column === 0, isWord(column)))}</tr>\n`;
  const sums = foot.length > 0 && html`<tfoot>\n${foot.map(row)}</tfoot>\n`;
  return html`
<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table>
<caption>${caption}</caption>
<thead><tr>${head.map((title, column) => html`<th scope="col"${kind(isWord(column))}>${title}</th>`)}</tr></thead>
<tbody>
${rows.map(row)}</tbody>
${sums}</table>
</div>`;
}

function renderCell(content: Cell, isFirst: boolean, isWord: boolean): Markup {
  const text = typeof content === 'string' ? content : content.text;
  if (isFirst) return html`<th scope="row">${text}</th>`;
  if (typeof content === 'string') return html`<td${kind(isWord)}>${text}</td>`;
  return html`<td data-value="${content.value ?? ''}">${text}</td>`;
}

function kind(isWord: boolean): Insert {
  return isWord && html` class="word"`;
}
