/** Tables of the page: a caption, headings with scope, and cells that keep the exact figure beside the text. */
import { html, type Insert, type Markup } from './html.ts';

/** A cell: text, a link, or a figure as it is shown together with the value it is sorted and copied by. */
export type Cell = string | Figure | { text: string; link: string };

export interface Figure {
  text: string;
  value: number | null;
}

/** What the figures of a table are, so that the page can take them anew from a stretch of the run. */
export interface Keys {
  /** What the rows are: `time`, `worker`, `process`, `load`, `error`, `event`. */
  group: string;
  /** Which one each row is. Default none: nothing is taken anew. */
  rows?: readonly string[];
  /** Names of the figures by columns; empty for a column that stays. Default none. */
  figures?: readonly string[];
}

export interface TableParts {
  caption: string;
  /** From which stretch of the run the figures are, written after the caption. Default not said. */
  span?: string;
  /** Default none: the table always shows the same. */
  keys?: Keys;
  /** The first column names the row; all others hold figures unless they are listed as words. */
  head: readonly string[];
  rows: readonly (readonly Cell[])[];
  /** Sums below the rows, which no sorting moves. Default none. */
  foot?: readonly (readonly Cell[])[];
  /** Columns with text, counted from 0, aligned left. Default: the first. */
  words?: readonly number[];
  /** Class of each row; empty for none. Default none. */
  kinds?: readonly string[];
}

/** A column: its title, what it is called in the JSON, and its cells. */
export type Column<T> = readonly [title: string, figure: string, of: (of: T) => Cell, isWord?: 'word'];

/** A table that is told by its columns. */
export interface ColumnTable<T> {
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  /** Finds a row by its figures' addresses. */
  idOf: (row: T, index: number) => string;
  /** Class of a row; empty for none. Default none. */
  kindOf?: (row: T) => string;
}

/** Builds a table of columns; every figure has an address: the group, its row and its column. */
export function columnTable<T>(
  group: string,
  { caption, columns, rows, idOf, kindOf }: ColumnTable<T>,
): Insert {
  return dataTable({
    caption,
    keys: { group, rows: rows.map(idOf), figures: columns.map(([, figure]) => figure) },
    head: columns.map(([title]) => title),
    words: columns.flatMap(([, , , kind], index) => (index === 0 || kind === 'word' ? [index] : [])),
    rows: rows.map((row) => columns.map(([, , of]) => of(row))),
    ...(kindOf && { kinds: rows.map(kindOf) }),
  });
}

/** Makes a cell of a figure and the way it is written. */
export function cell(
  value: number | null | undefined,
  write: (value: number | null | undefined) => string,
): Figure {
  return { text: write(value), value: value ?? null };
}

/** Builds a table that scrolls sideways on its own where the screen is too narrow for it. */
export function dataTable(parts: TableParts): Insert {
  const { caption, span, keys, head, rows, foot = [], words = [0], kinds = [] } = parts;
  if (rows.length === 0) return false;
  const isWord = (column: number): boolean => words.includes(column);
  const row = (cells: readonly Cell[], id: string | undefined, kindOfRow = ''): Markup =>
    html`<tr${kindOfRow !== '' && html` class="${kindOfRow}"`}>${cells.map((each, column) => {
      const key = id === undefined ? false : keyOf(keys, id, column);
      return renderCell(each, { isFirst: column === 0, isWord: isWord(column), key });
    })}</tr>\n`;
  const body = rows.map((cells, index) => row(cells, keys?.rows?.[index], kinds[index]));
  const sums = foot.length > 0 && html`<tfoot>\n${foot.map((cells) => row(cells, 'all'))}</tfoot>\n`;
  const when = span === undefined ? false : html` <span data-span>${span}</span>`;
  return html`
<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table${keys !== undefined && html` data-group="${keys.group}"`}>
<caption>${caption}${when}</caption>
<thead><tr>${head.map((title, column) => html`<th scope="col"${kind(isWord(column))}>${title}</th>`)}</tr></thead>
<tbody>
${body}</tbody>
${sums}</table>
</div>`;
}

interface CellParts {
  isFirst: boolean;
  isWord: boolean;
  key: Insert;
}

function renderCell(content: Cell, { isFirst, isWord, key }: CellParts): Markup {
  const text = typeof content === 'string' ? content : content.text;
  if (isFirst) return html`<th scope="row">${text}</th>`;
  if (typeof content === 'string') return html`<td${kind(isWord)}>${text}</td>`;
  if ('link' in content) return html`<td${kind(isWord)}><a href="${content.link}">${text}</a></td>`;
  return html`<td data-value="${content.value ?? ''}"${key}>${text}</td>`;
}

/** The address of a figure: what kind of thing, which one, which figure of it. None of them holds a blank. */
function keyOf(keys: Keys | undefined, id: string, column: number): Insert {
  const figure = keys?.figures?.[column] ?? '';
  return figure !== '' && html` data-figure="${keys?.group ?? ''} ${encodeURIComponent(id)} ${figure}"`;
}

function kind(isWord: boolean): Insert {
  return isWord && html` class="word"`;
}
