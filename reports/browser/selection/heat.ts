/**
 * Draws how all times of a moment were distributed, moment beside moment: the darker, the larger the share. Lightness
 * alone carries the meaning, so that it can be read without colours; what is under the pointer is said in words.
 */
import type { Looks } from '../looks.ts';
import type { RecordModel, SecondModel, SelectionModel } from './model.ts';

declare const looks: Looks;

/** As wide as those of the charts above and below, so that the time axes are in line. */
const LEFT_PIXELS = 44;
const RIGHT_PIXELS = 92;
const TOP_PIXELS = 6;
const BOTTOM_PIXELS = 22;

const LEAST_COLUMN_PIXELS = 3;
/** Slots of the record that make one row. */
const SLOTS_PER_ROW = 2;
/** The palest cell that can still be seen. */
const LEAST_OPACITY = 0.1;

interface Column {
  from: number;
  to: number;
  total: number;
  /** Counts by row. */
  rows: Map<number, number>;
  lateness: number | undefined;
}

interface Plan {
  columns: Column[];
  lowest: number;
  highest: number;
  x(second: number): number;
  y(milliseconds: number): number;
}

const { clock } = looks;
const colourOf = (name: string): string => looks.colour(`var(${name})`);
const short = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 });

/** Puts seconds together so that each column is wide enough to be pointed at. */
function columnsOf(seconds: readonly SecondModel[], name: string, most: number): Column[] {
  const size = Math.max(1, Math.ceil(seconds.length / most));
  const columns: Column[] = [];
  for (let at = 0; at < seconds.length; at += size) {
    const group = seconds.slice(at, at + size);
    const [first, last] = [group[0], group.at(-1)];
    if (first === undefined || last === undefined) continue;
    const rows = new Map<number, number>();
    for (const { shapes } of group) addShape(rows, shapes?.[name] ?? []);
    const total = [...rows.values()].reduce((sum, count) => sum + count, 0);
    const lateness = group.flatMap((second) => second.lateness?.p99 ?? []);
    columns.push({
      from: first.second,
      to: last.second + (last.seconds ?? 1),
      total,
      rows,
      lateness: lateness.length > 0 ? Math.max(...lateness) : undefined,
    });
  }
  return columns;
}

function addShape(rows: Map<number, number>, shape: readonly number[]): void {
  for (let at = 0; at + 1 < shape.length; at += 2) {
    const row = Math.floor((shape[at] ?? 0) / SLOTS_PER_ROW);
    rows.set(row, (rows.get(row) ?? 0) + (shape[at + 1] ?? 0));
  }
}

class Heat {
  readonly #canvas: HTMLCanvasElement;
  readonly #record: RecordModel;
  readonly #words: HTMLElement | null;
  readonly #name: string;
  #selection: SelectionModel;
  #plan: Plan | undefined;

  constructor(canvas: HTMLCanvasElement, record: RecordModel) {
    this.#canvas = canvas;
    this.#record = record;
    this.#name = canvas.dataset['heat'] ?? '';
    this.#words = canvas.closest('figure')?.querySelector('.reading') ?? null;
    this.#selection = record.select(undefined);
    canvas.addEventListener('pointermove', ({ offsetX, offsetY }) => this.#tell(offsetX, offsetY));
  }

  /** Shows a stretch of the run. */
  show(selection: SelectionModel): void {
    this.#selection = selection;
    this.draw();
  }

  /** Draws again, as after a change of size or theme. */
  draw(): void {
    const { width, height } = this.#canvas.getBoundingClientRect();
    const context = this.#canvas.getContext('2d');
    if (context === null || width === 0) return;
    Object.assign(this.#canvas, { width: width * devicePixelRatio, height: height * devicePixelRatio });
    context.scale(devicePixelRatio, devicePixelRatio);
    context.font = `11px ${getComputedStyle(document.body).fontFamily}`;
    this.#plan = this.#makePlan(width, height);
    if (this.#plan === undefined) return;
    this.#drawAxes(context, this.#plan, width, height);
    this.#drawCells(context, this.#plan);
    this.#drawLateness(context, this.#plan, width);
  }

  #makePlan(width: number, height: number): Plan | undefined {
    const { seconds, from, to } = this.#selection;
    const most = (width - LEFT_PIXELS - RIGHT_PIXELS) / LEAST_COLUMN_PIXELS;
    const columns = columnsOf(seconds, this.#name, most);
    const rows = columns.flatMap((column) => [...column.rows.keys()]);
    if (rows.length === 0) return undefined;
    const lowest = rows.reduce((least, row) => Math.min(least, row));
    const highest = rows.reduce((greatest, row) => Math.max(greatest, row)) + 1;
    const [bottom, top] = [Math.log(this.#milliseconds(lowest)), Math.log(this.#milliseconds(highest))];
    const across = width - LEFT_PIXELS - RIGHT_PIXELS;
    const down = height - TOP_PIXELS - BOTTOM_PIXELS;
    return {
      columns,
      lowest,
      highest,
      x: (second) => LEFT_PIXELS + ((second - from) / (to - from)) * across,
      y: (milliseconds) => TOP_PIXELS + (1 - (Math.log(milliseconds) - bottom) / (top - bottom)) * down,
    };
  }

  /** Where a row begins. The first one begins at no time at all, which has no place on a logarithmic axis. */
  #milliseconds(row: number): number {
    return Math.max(0.000_9, this.#record.slotStart(row * SLOTS_PER_ROW));
  }

  #drawAxes(
    context: CanvasRenderingContext2D,
    { x, y, lowest, highest }: Plan,
    width: number,
    height: number,
  ): void {
    const { from, to } = this.#selection;
    context.strokeStyle = colourOf('--line');
    context.fillStyle = colourOf('--soft');
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    const [least, most] = [this.#milliseconds(lowest), this.#milliseconds(highest)];
    for (let decade = -3; decade < 6; decade += 1) {
      for (const digit of [1, 2, 5]) {
        const value = digit * 10 ** decade;
        if (value < least || value > most) continue;
        context.strokeRect(LEFT_PIXELS, y(value), width - LEFT_PIXELS - RIGHT_PIXELS, 0);
        context.fillText(short.format(value), LEFT_PIXELS - 6, y(value));
      }
    }
    context.textAlign = 'center';
    context.textBaseline = 'top';
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      const second = from + (to - from) * share;
      context.fillText(clock(second), x(second), height - BOTTOM_PIXELS + 6);
    }
  }

  #drawCells(context: CanvasRenderingContext2D, { columns, x, y }: Plan): void {
    context.fillStyle = colourOf('--ink');
    for (const { from, to, total, rows } of columns) {
      // Whole pixels: edges that share one would show as a grid.
      const [left, right] = [Math.round(x(from)), Math.round(x(to))];
      for (const [row, count] of rows) {
        const [top, bottom] = [y(this.#milliseconds(row + 1)), y(this.#milliseconds(row))].map(Math.round);
        if (top === undefined || bottom === undefined) continue;
        // The root makes the few slow ones visible beside the many fast ones.
        context.globalAlpha =
          LEAST_OPACITY + (1 - LEAST_OPACITY) * Math.min(1, Math.sqrt((count / total) * 5));
        context.fillRect(left, top, Math.max(1, right - left), bottom - top);
      }
    }
    context.globalAlpha = 1;
  }

  /** The generator's own lateness, as under every latency: a dotted line with its name. */
  #drawLateness(context: CanvasRenderingContext2D, { columns, x, y, lowest }: Plan, width: number): void {
    const least = this.#milliseconds(lowest);
    context.strokeStyle = colourOf('--look-3');
    context.fillStyle = context.strokeStyle;
    context.setLineDash([2, 3]);
    context.lineWidth = 1.5;
    context.beginPath();
    let last: number | undefined;
    for (const { from, to, lateness } of columns) {
      if (lateness === undefined) continue;
      last = y(Math.max(least, lateness));
      context.lineTo((x(from) + x(to)) / 2, last);
    }
    context.stroke();
    context.setLineDash([]);
    if (last === undefined) return;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.fillText('lateness p99', width - RIGHT_PIXELS + 8, last);
  }

  #tell(left: number, top: number): void {
    const plan = this.#plan;
    if (this.#words === null || plan === undefined) return;
    const column = plan.columns.find(({ from, to }) => left >= plan.x(from) && left < plan.x(to));
    if (column === undefined) return;
    for (let row = plan.lowest; row < plan.highest; row += 1) {
      const [low, high] = [this.#milliseconds(row), this.#milliseconds(row + 1)];
      if (top > plan.y(low) || top <= plan.y(high)) continue;
      const count = column.rows.get(row) ?? 0;
      const share = column.total > 0 ? (count / column.total) * 100 : 0;
      this.#words.textContent = `${clock(column.from)}: ${count.toLocaleString('en-US')} of ${column.total.toLocaleString('en-US')} (${short.format(share)} %) took ${short.format(low)} to ${short.format(high)} ms`;
    }
  }
}

addEventListener('run-record', (event) => {
  const record = (event as CustomEvent<RecordModel>).detail;
  const maps = [...document.querySelectorAll<HTMLCanvasElement>('canvas[data-heat]')].map(
    (canvas) => new Heat(canvas, record),
  );
  const drawAll = (): void => {
    for (const map of maps) map.draw();
  };
  addEventListener('run-selection', (chosen) => {
    for (const map of maps) map.show((chosen as CustomEvent<SelectionModel>).detail);
  });
  addEventListener('resize', drawAll);
  addEventListener('beforeprint', drawAll);
  addEventListener('afterprint', drawAll);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
});
