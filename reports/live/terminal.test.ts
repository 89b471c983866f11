import { expect, test } from 'vitest';
import { TerminalBlock } from './terminal.ts';

/** As much of a terminal as a block needs, with lines that wrap anew when it is resized. */
class Screen {
  readonly isTTY = true;
  columns = 40;
  rows = 10;
  readonly writes: string[] = [];
  /** Lines as they were written, and how many rows above the end the cursor is. */
  #lines: string[] = [];
  #up = 0;

  write(text: string): void {
    this.writes.push(text);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal is what reads them.
    for (const [token] of text.matchAll(/\u001b\[\??\d*[a-zA-Z]|\n|[^\u001b\n]+/g)) this.#read(token);
  }

  /** What is to be seen, row by row. */
  get shown(): string[] {
    return this.#lines.flatMap((line) => this.#wrap(line));
  }

  #read(token: string): void {
    if (token.startsWith('\u001b[') && token.endsWith('A')) this.#goUp(Number.parseInt(token.slice(2), 10));
    else if (token === '\u001b[J') this.#lines.length -= this.#up;
    if (token === '\u001b[J') this.#up = 0;
    else if (token === '\n') this.#up = Math.max(0, this.#up - 1);
    else if (!token.startsWith('\u001b')) this.#lines[this.#lines.length - this.#up] = token;
    if (!token.startsWith('\u001b') && token !== '\n' && this.#up === 0) this.#up = 1;
  }

  #goUp(rows: number): void {
    let left = rows;
    while (left > 0) {
      this.#up += 1;
      left -= this.#wrap(this.#lines[this.#lines.length - this.#up] ?? '').length;
    }
    expect(left).toBe(0);
  }

  #wrap(line: string): string[] {
    const rows = Math.max(1, Math.ceil(line.length / this.columns));
    return Array.from({ length: rows }, (_, row) => line.slice(row * this.columns, (row + 1) * this.columns));
  }
}

test('TerminalBlock writes over itself in one piece, longer or shorter', () => {
  const screen = new Screen();
  const block = new TerminalBlock(screen, false);
  for (const lines of [['one', 'two'], ['1', '2', '3', '4'], ['last']]) {
    block.show(lines.map((line) => [line]));
    expect(screen.shown).toEqual(lines);
  }
  expect(screen.writes).toHaveLength(3);
});

test('TerminalBlock clears nothing before it is written anew', () => {
  const screen = new Screen();
  const block = new TerminalBlock(screen, false);
  block.show([['one'], ['two']]);
  block.show([['three'], ['four']]);
  expect(screen.writes[1]).toBe('\u001b[?2026h\u001b[2Athree\u001b[K\nfour\u001b[K\n\u001b[J\u001b[?2026l');
});

test('TerminalBlock is as wide and as high as the terminal allows', () => {
  const screen = new Screen();
  const block = new TerminalBlock(screen, false);
  block.show(Array.from({ length: 30 }, () => ['x'.repeat(100)]));
  expect(screen.shown).toEqual(Array(9).fill('x'.repeat(39)));
});

test('TerminalBlock finds its place again when the terminal is made narrower', () => {
  const screen = new Screen();
  const block = new TerminalBlock(screen, false);
  block.show([['a'.repeat(35)], ['b']]);
  screen.columns = 10;
  expect(screen.shown).toHaveLength(5);
  block.show([['c'.repeat(35)], ['d']]);
  expect(screen.shown).toEqual(['ccccccccc', 'd']);
});

test('TerminalBlock begins below what it was told to leave', () => {
  const screen = new Screen();
  const block = new TerminalBlock(screen, false);
  block.show([['one']]);
  block.leave();
  block.show([['two']]);
  expect(screen.shown).toEqual(['one', 'two']);
});

test('TerminalBlock writes colours only if it may', () => {
  for (const colour of [true, false]) {
    const screen = new Screen();
    new TerminalBlock(screen, colour).show([[['red', 'failed']]]);
    expect(screen.writes[0]?.includes('\u001b[31m')).toBe(colour);
  }
});
