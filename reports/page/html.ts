/** Markup that cannot be injected into: what is put between the backquotes' braces is escaped, always. */

/** Finished HTML. Only `html` and `trusted` make it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text is escaped, markup is not, lists are joined, `false` leaves nothing. */
export type Insert = Markup | string | number | false | readonly Insert[];

/** Builds markup from a template literal. */
export function html(texts: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  let text = texts[0] ?? '';
  inserts.forEach((insert, index) => {
    text += render(insert) + (texts[index + 1] ?? '');
  });
  return new Markup(text);
}

/** Takes text that this package wrote itself, a style sheet for example, as it is. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

/** Embeds a program in a script element: nothing inside may end the element early. */
export function script(source: string, attributes: Markup = trusted('')): Markup {
  const harmless = source.replaceAll(/<(?=\/script|!--)/gi, '\\x3C');
  return html`<script${attributes}>${trusted(harmless)}</script>`;
}

/** Embeds data as JSON in a script element with an id. No `<` is left in it, so it cannot end the element. */
export function embedJson(id: string, data: unknown): Markup {
  const text = JSON.stringify(data).replaceAll('<', '\\u003c');
  return html`<script type="application/json" id="${id}">${trusted(text)}</script>`;
}

function render(insert: Insert): string {
  if (insert instanceof Markup) return insert.text;
  if (insert === false) return '';
  if (typeof insert === 'string' || typeof insert === 'number') return escapeHtml(String(insert));
  return insert.map(render).join('');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
