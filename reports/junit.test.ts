import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeXml, formatJunit } from './junit.ts';
import { healthySummary } from './testing.ts';

test('formatJunit() has one case for the verdict and one for each rule', () => {
  const summary = {
    ...healthySummary(),
    verdict: { status: 'pass', validity: 'valid', reasons: [] } as const,
  };
  const text = formatJunit({ ...summary, verdict: { ...summary.verdict, reasons: [] } });
  expect(text).toContain('tests="2" failures="0" errors="0"');
  expect(text.match(/<testcase /g)).toHaveLength(2);
});

test('formatJunit() counts broken rules and the verdict as failures, with value and reason', () => {
  const text = formatJunit({
    ...healthySummary(),
    rules: [{ rule: 'latencyMs.response.p99 < 100', value: 132.4, ok: false }],
    verdict: { status: 'fail', validity: 'valid', reasons: ['Worker "1" ended & came back'] },
  });
  expect(text).toContain('tests="2" failures="2" errors="0"');
  expect(text).toContain('<failure message="latencyMs.response.p99 &lt; 100: 132.4"/>');
  expect(text).toContain('FAIL: Worker &quot;1&quot; ended &amp; came back');
});

test('formatJunit() reports an invalid run as an error, not as a failure of the target', () => {
  const text = formatJunit({
    ...healthySummary(),
    verdict: { status: 'invalid', validity: 'invalid', reasons: ['Late'] },
  });
  expect(text).toContain('failures="0" errors="1"');
  expect(text).toContain('<error message="INVALID: Late">');
});

test('escapeXml() leaves nothing that ends an element or that XML cannot hold', () => {
  expect(escapeXml('a\u0000\u0008<b attr="\'x\'">&\ud800')).toBe(
    'a&lt;b attr=&quot;&apos;x&apos;&quot;&gt;&amp;',
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const escaped = escapeXml(text);
      expect(escaped).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|apos);)/);
      expect([...escaped].filter((character) => !isXmlCharacter(character))).toEqual([]);
    }),
  );
});

/** The production Char of XML 1.0. */
function isXmlCharacter(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code <= 0xd7ff || (code >= 0xe000 && code !== 0xfffe && code !== 0xffff);
}
