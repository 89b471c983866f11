import fc from 'fast-check';
import { expect, test } from 'vitest';
import { embedJson, html, script, trusted } from './html.ts';

test('html() escapes text and leaves markup, also in lists', () => {
  const text = html`<p title="${'"x"'}">${['<b>', html`<i>ok</i>`]}${false}${7}</p>`.text;
  expect(text).toBe('<p title="&quot;x&quot;">&lt;b&gt;<i>ok</i>7</p>');
});

test('trusted() is left as it is', () => {
  expect(html`<style>${trusted('a > b {}')}</style>`.text).toBe('<style>a > b {}</style>');
});

test('script() cannot be ended by its own source', () => {
  const { text } = script('const end = "</script><!--";');
  expect(text.match(/<\/script/g)).toHaveLength(1);
  expect(text).not.toContain('<!--');
});

test('embedJson() holds any data, and nothing in it is taken for markup', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.constantFrom('</script>', '<!--<script>', '\u2028')), (value) => {
      const { text } = embedJson('data', { value });
      const inside = text.slice(text.indexOf('>') + 1, text.lastIndexOf('<'));
      expect(inside).not.toContain('<');
      expect(JSON.parse(inside)).toEqual({ value });
    }),
  );
});
