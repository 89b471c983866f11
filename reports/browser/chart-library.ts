/** The little of chart.js that the page's scripts use. The library itself stands in the page as a script. */

export interface Position {
  x: number;
  y: number | null;
}

export interface Scale {
  min: number;
  max: number;
  getPixelForValue(value: number): number;
  getValueForPixel(pixel: number): number | undefined;
}

export interface Dataset {
  label: string;
  data: Position[];
  borderColor: string;
  backgroundColor: string;
  borderDash: number[];
  pointStyle: string;
  [option: string]: unknown;
}

export interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** One point under the pointer. */
export interface Hit {
  element: { x: number; y: number };
  datasetIndex: number;
  index: number;
}

export interface Chart {
  readonly canvas: HTMLCanvasElement;
  readonly ctx: CanvasRenderingContext2D;
  readonly chartArea: Area;
  readonly scales: { x: Scale; y: Scale };
  readonly data: { datasets: Dataset[] };
  /** Given as any object, read as what the library makes of it. */
  get options(): { scales: Record<string, { grid: { color: string }; ticks: { color: string } }> };
  set options(options: object);
  getDatasetMeta(index: number): { data: { x: number; y: number }[] };
  resize(): void;
  update(mode: 'none'): void;
  destroy(): void;
}

export interface Plugin {
  id: string;
  beforeDraw?(chart: Chart): void;
  afterDatasetsDraw?(chart: Chart): void;
}

export interface ChartLibrary {
  new (canvas: HTMLCanvasElement, configuration: object): Chart;
  register(...plugins: Plugin[]): void;
  defaults: { font: { family: string; size: number } };
  helpers: {
    drawPoint(
      context: CanvasRenderingContext2D,
      options: { pointStyle: string; radius: number; borderWidth: number; rotation: number },
      x: number,
      y: number,
    ): void;
  };
  Interaction: { modes: Record<string, (chart: Chart, event: { x: number }) => Hit[]> };
}
