/** Makes tables sortable and copyable, and says when the page is ready. Without it the page only reads. */

function value(row: HTMLTableRowElement, column: number): string {
  const cell = row.cells[column];
  return cell?.dataset['value'] ?? cell?.textContent?.trim() ?? '';
}

function compare(one: string, other: string): number {
  const difference = Number(one) - Number(other);
  return one !== '' && other !== '' && !Number.isNaN(difference)
    ? difference
    : one.localeCompare(other, 'en', { numeric: true });
}

/** Sorts a body by a column. Rows without a figure stay last whichever way the column is sorted. */
function sortRows(body: HTMLTableSectionElement, column: number, direction: 1 | -1): void {
  const rows = [...body.rows].sort((one, other) => {
    const [left, right] = [value(one, column), value(other, column)];
    if (left === '' || right === '') return Number(left === '') - Number(right === '');
    return compare(left, right) * direction;
  });
  body.append(...rows);
}

function makeSortable(table: HTMLTableElement): void {
  const headings = [...(table.tHead?.rows[0]?.cells ?? [])];
  const [body] = table.tBodies;
  if (body === undefined || body.rows.length < 2) return;
  headings.forEach((heading, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => {
      const rises = heading.ariaSort !== 'ascending';
      for (const other of headings) other.ariaSort = null;
      heading.ariaSort = rises ? 'ascending' : 'descending';
      sortRows(body, column, rises ? 1 : -1);
    });
  });
}

function quote(field: string): string {
  return /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** Writes a table as CSV: headings as shown, figures as they were measured. */
function tableToCsv(table: HTMLTableElement): string {
  const head = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => quote(cell.textContent?.trim() ?? ''));
  const rows = [...(table.tBodies[0]?.rows ?? []), ...(table.tFoot?.rows ?? [])].map((row) =>
    [...row.cells].map((_, column) => quote(value(row, column))),
  );
  return [head, ...rows].map((fields) => fields.join(',')).join('\n');
}

/** Copies through a hidden field where the clipboard is refused, as some browsers do to local files. */
async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.body.appendChild(document.createElement('textarea'));
    field.value = text;
    field.select();
    document.execCommand('copy');
    field.remove();
  }
}

function addCopyButton(place: Element, label: string, read: () => string): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = label;
  button.setAttribute('aria-live', 'polite');
  button.addEventListener('click', () => {
    void copy(read()).then(() => {
      button.textContent = 'Copied';
      setTimeout(() => {
        button.textContent = label;
      }, 1_500);
    });
  });
  place.append(button);
}

for (const table of document.querySelectorAll('table')) {
  makeSortable(table);
  if (table.caption !== null) addCopyButton(table.caption, 'Copy CSV', () => tableToCsv(table));
}
for (const block of document.querySelectorAll('[data-copy]')) {
  const text = block.textContent ?? '';
  addCopyButton(block, 'Copy', () => text);
}
performance.mark('interactive');
