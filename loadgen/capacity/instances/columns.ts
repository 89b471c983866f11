/** Text with named columns: one row a line, the first line names them. */

/** A row by the names of its columns, with the number of its line in the text, counted from 1. */
export interface Line {
  readonly number: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** What a text says. */
export interface Columns {
  readonly names: readonly string[];
  readonly lines: readonly Line[];
}

/** Reads comma-separated text. Cells may stand in quotation marks, and have no commas; empty lines are passed over. */
export function readColumns(text: string): Columns {
  const [head, ...rest] = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line, index) => ({ number: index + 1, line: line.trim() }))
    .filter(({ line }) => line !== '');
  const names = split(head?.line ?? '');
  const lines = rest.map(({ number, line }) => {
    const cells = split(line);
    return {
      number,
      cells: Object.fromEntries(names.map((name, column) => [name, cells[column] ?? ''])),
    };
  });
  return { names, lines };
}

function split(line: string): string[] {
  return line.split(',').map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
}
