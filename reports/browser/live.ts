/**
 * Keeps the page of a run that goes on up to date. What is told replaces only what has changed, so that the
 * reader keeps place and pointer; charts get new data where they stand.
 */
import type { LiveModel } from './model.ts';

const main = document.querySelector('main') ?? document.body;
let isOver = false;

/** What makes two elements the same one in two versions of the page. */
function keyOf(node: Node | undefined): string {
  if (!(node instanceof Element)) return '';
  return node.id || node.getAttribute('aria-labelledby') || (node.querySelector('canvas')?.id ?? '');
}

function isAlike(one: Node, other: Node): boolean {
  return one.nodeName === other.nodeName && keyOf(one) === keyOf(other);
}

function syncAttributes(old: Element, fresh: Element): void {
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of [...fresh.attributes]) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

/** Makes an element like a fresh one. What a chart has put around its canvas is the chart's. */
function morph(old: Element, fresh: Element): void {
  if (old.classList.contains('canvas')) {
    const [canvas, words] = [old.querySelector('canvas'), fresh.querySelector('canvas')];
    canvas?.setAttribute('aria-label', words?.getAttribute('aria-label') ?? '');
    return;
  }
  syncAttributes(old, fresh);
  morphChildren(old, [...fresh.childNodes]);
}

function morphChildren(old: Element, wanted: ChildNode[]): void {
  let place = old.firstChild;
  for (const fresh of wanted) {
    const known = findAlike(place, fresh);
    if (known === undefined) {
      old.insertBefore(fresh, place);
      continue;
    }
    while (place !== null && place !== known) place = removeFrom(place);
    if (known instanceof Element && fresh instanceof Element) morph(known, fresh);
    else if (known.nodeValue !== fresh.nodeValue) known.nodeValue = fresh.nodeValue;
    place = known.nextSibling;
  }
  while (place !== null) place = removeFrom(place);
}

/**
 * Finds the node that is to become the fresh one, at a place or, when it can be told from all others, after it.
 * A mere text found further on would take everything before it away.
 */
function findAlike(place: ChildNode | null, fresh: Node): ChildNode | undefined {
  const hasKey = keyOf(fresh) !== '';
  for (let node = place; node !== null; node = node.nextSibling) {
    if (isAlike(node, fresh)) return node;
    if (!hasKey) return undefined;
  }
  return undefined;
}

function removeFrom(node: ChildNode): ChildNode | null {
  const next = node.nextSibling;
  node.remove();
  return next;
}

function setJson(id: string, data: unknown): void {
  const element = document.getElementById(id);
  if (element !== null) element.textContent = JSON.stringify(data);
}

function show({ main: text, frame, charts }: LiveModel): void {
  const fresh = new DOMParser().parseFromString(`<main>${text}</main>`, 'text/html').querySelector('main');
  if (fresh !== null) morphChildren(main, [...fresh.childNodes]);
  setJson('run-frame', frame);
  setJson('run-charts', charts);
  dispatchEvent(new Event('run-data'));
  document.title = `${document.querySelector('h1')?.textContent ?? ''}: ${document.querySelector('.verdict .word')?.textContent?.trim() ?? ''}`;
}

/** The process that told of the run ends with it, so the report is kept here. */
function offerReport(report: string | undefined): void {
  const link = document.querySelector<HTMLAnchorElement>('a[data-report]');
  if (link !== null && report !== undefined) {
    link.href = URL.createObjectURL(new Blob([report], { type: 'text/html' }));
  }
}

function read(event: MessageEvent<string>): LiveModel {
  return JSON.parse(event.data) as LiveModel;
}

const source = new EventSource('events');
source.addEventListener('update', (event) => show(read(event)));
source.addEventListener('done', (event) => {
  isOver = true;
  source.close();
  const model = read(event);
  show(model);
  offerReport(model.report);
});
source.addEventListener('error', () => {
  // Nobody will answer on this port again, and another run may get it.
  source.close();
  const word = document.querySelector('.verdict .word, h1');
  if (!isOver && word !== null) word.textContent = 'The run ended without a word';
});
