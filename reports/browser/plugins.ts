/**
 * What every chart has besides its lines: shaded and named phases, numbered events, and lines that can be told
 * apart without colour by marks along them and a label at their end. Runs before the charts are made.
 */
import type { Chart, ChartLibrary, Dataset, Hit, Position } from './chart-library.ts';
import type { FrameModel } from './model.ts';

declare const Chart: ChartLibrary;

let frame = readFrame();

/** Charts with that much above their area have room for words; small ones keep to their lines. */
const HEADROOM_PIXELS = 14;
const LABEL_HEIGHT = 12;
const EVENT_LABEL_PIXELS = 26;
const MARKS_PER_LINE = 6;

/** Labels stand at the height their line has here: in the drain all lines fall to the floor. */
let labelSecond = endOfMeasured();

function readFrame(): FrameModel {
  const text = document.getElementById('run-frame')?.textContent ?? '{"phases":[],"marks":[]}';
  return JSON.parse(text) as FrameModel;
}

function endOfMeasured(): number {
  return frame.phases.findLast(({ measured }) => measured)?.end ?? Number.POSITIVE_INFINITY;
}

function drawPhases(chart: Chart): void {
  const { ctx, chartArea: area, scales } = chart;
  ctx.save();
  ctx.fillStyle = getComputedStyle(chart.canvas).color;
  ctx.textBaseline = 'bottom';
  ctx.font = `11px ${Chart.defaults.font.family}`;
  frame.phases.forEach((phase, index) => {
    const left = Math.max(area.left, scales.x.getPixelForValue(phase.start));
    const right = Math.min(area.right, scales.x.getPixelForValue(phase.end));
    if (right <= left) return;
    if (index % 2 === 0) {
      ctx.globalAlpha = 0.05;
      ctx.fillRect(left, area.top, right - left, area.bottom - area.top);
    }
    if (area.top < HEADROOM_PIXELS || right - left < ctx.measureText(phase.name).width + 4) return;
    ctx.globalAlpha = 0.75;
    ctx.fillText(phase.name, left + 2, area.top - 3);
  });
  ctx.restore();
}

/** Labels events by their numbers. Those too close for labels of their own share one: `▾2–3`. */
function labelEvents(places: { x: number; number: number }[]): { x: number; text: string }[] {
  const labels: { x: number; text: string; first: number }[] = [];
  for (const { x, number } of places) {
    const last = labels.at(-1);
    if (last === undefined || x - last.x > EVENT_LABEL_PIXELS)
      labels.push({ x, text: `▾${number}`, first: number });
    else last.text = `▾${last.first}–${number}`;
  }
  return labels;
}

function drawEvents(chart: Chart): void {
  const { ctx, chartArea: area, scales } = chart;
  const places = frame.marks
    .filter(({ second }) => second >= scales.x.min && second <= scales.x.max)
    .map((mark) => ({ ...mark, x: scales.x.getPixelForValue(mark.second) }));
  ctx.save();
  ctx.strokeStyle = getComputedStyle(chart.canvas).color;
  ctx.fillStyle = ctx.strokeStyle;
  ctx.font = `600 10px ${Chart.defaults.font.family}`;
  ctx.textBaseline = 'top';
  for (const { x, isFault } of places) {
    ctx.setLineDash(isFault ? [] : [1, 3]);
    ctx.beginPath();
    ctx.moveTo(x, area.top);
    ctx.lineTo(x, area.bottom);
    ctx.stroke();
  }
  const labels = area.top < HEADROOM_PIXELS ? [] : labelEvents(places);
  // A rim of paper keeps the numbers legible where a line runs behind them.
  ctx.strokeStyle = getComputedStyle(document.body).backgroundColor;
  ctx.lineWidth = 4;
  ctx.setLineDash([]);
  for (const { x, text } of labels) {
    ctx.strokeText(text, x + 2, area.top + 3);
    ctx.fillText(text, x + 2, area.top + 3);
  }
  ctx.restore();
}

/** Spreads labels so that none covers another, from the top down, then back up from the lower edge. */
function spread(heights: number[], { top, bottom }: { top: number; bottom: number }): number[] {
  const order = heights
    .map((_, index) => index)
    .sort((one, other) => (heights[one] ?? 0) - (heights[other] ?? 0));
  const placed = [...heights];
  let free = top;
  for (const index of order) {
    placed[index] = Math.max(placed[index] ?? top, free);
    free = (placed[index] ?? top) + LABEL_HEIGHT;
  }
  let limit = bottom;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(placed[index] ?? bottom, limit);
    limit = (placed[index] ?? bottom) - LABEL_HEIGHT;
  }
  return placed;
}

interface Ending {
  dataset: Dataset;
  points: { x: number; y: number }[];
  y: number;
}

function endings(chart: Chart): Ending[] {
  const { min, max } = chart.scales.x;
  const isTime = chart.canvas.dataset['axis'] !== 'share';
  const isShown = (position: Position | undefined): boolean =>
    position !== undefined && position.y !== null && position.x >= min && position.x <= max;
  const list: Ending[] = [];
  chart.data.datasets.forEach((dataset, index) => {
    const { data } = chart.getDatasetMeta(index);
    const points = data.filter((_, at) => isShown(dataset.data[at]));
    const isBeforeDrain = (at: number): boolean => (dataset.data[at]?.x ?? 0) < labelSecond;
    const anchor = isTime
      ? data.findLast((_, at) => isShown(dataset.data[at]) && isBeforeDrain(at))
      : undefined;
    const end = anchor ?? points.at(-1);
    if (end !== undefined) list.push({ dataset, points, y: end.y });
  });
  return list;
}

function drawMark({ ctx }: Chart, { pointStyle }: Dataset, x: number, y: number): void {
  Chart.helpers.drawPoint(ctx, { pointStyle, radius: 3, borderWidth: 1.5, rotation: 0 }, x, y);
}

function drawLabels(chart: Chart): void {
  const { ctx, chartArea: area } = chart;
  const lines = endings(chart);
  const heights = spread(
    lines.map(({ y }) => y),
    { top: area.top + 4, bottom: area.bottom - 4 },
  );
  ctx.save();
  ctx.textBaseline = 'middle';
  ctx.font = `11px ${Chart.defaults.font.family}`;
  ctx.lineWidth = 1.5;
  lines.forEach(({ dataset, points }, index) => {
    const y = heights[index] ?? 0;
    ctx.fillStyle = dataset.borderColor;
    ctx.strokeStyle = dataset.borderColor;
    const step = points.length / MARKS_PER_LINE;
    for (let mark = 0; mark < MARKS_PER_LINE && points.length > 1; mark += 1) {
      const point = points[Math.floor((mark + (index + 1) / (lines.length + 1)) * step)];
      if (point !== undefined && lines.length > 1) drawMark(chart, dataset, point.x, point.y);
    }
    drawMark(chart, dataset, area.right + 8, y);
    ctx.fillText(dataset.label, area.right + 15, y);
  });
  ctx.restore();
}

/** Finds, in every line, the point nearest in time: lines keep their own seconds once they are thinned out. */
function findMoment(chart: Chart, event: { x: number }): Hit[] {
  const second = chart.scales.x.getValueForPixel(event.x) ?? 0;
  return chart.data.datasets.flatMap((dataset, datasetIndex) => {
    let index = -1;
    let nearest = Number.POSITIVE_INFINITY;
    dataset.data.forEach(({ x, y }, at) => {
      if (y === null || Math.abs(x - second) >= nearest) return;
      nearest = Math.abs(x - second);
      index = at;
    });
    const element = chart.getDatasetMeta(datasetIndex).data[index];
    return element === undefined ? [] : [{ element, datasetIndex, index }];
  });
}

addEventListener('run-data', () => {
  frame = readFrame();
  labelSecond = endOfMeasured();
});
Chart.Interaction.modes['moment'] = findMoment;
Chart.register(
  { id: 'phases', beforeDraw: drawPhases },
  { id: 'events', afterDatasetsDraw: drawEvents },
  { id: 'labels', afterDatasetsDraw: drawLabels },
);
