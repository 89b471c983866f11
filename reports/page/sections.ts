/** The page's words, from the verdict at the top to the command at the end, in the order people ask. */
import type { Run, Summary } from '../../loadgen/results/index.ts';
import type { Figure } from '../charts/index.ts';
import {
  formatCauses,
  formatClock,
  formatCount,
  formatDecimal,
  formatExact,
  formatInstant,
  formatNode,
  formatRate,
  formatShare,
  formatThings,
  httpSentence,
  ruleMark,
  ruleValue,
  ruleWord,
  story,
  totalOf,
  verdictSentence,
  verdictWord,
} from '../figures/index.ts';
import { html, type Insert, type Markup } from './html.ts';

/** What load processes were let do, as words behind their number. */
const PRECEDENCE = { 'real-time': ', in real time,', high: ', before all others,', normal: ',' };

/** Wraps content in a titled section that can be reached by its title; without content there is no section. */
export function section(title: string, ...content: Insert[]): Insert {
  if (content.every((part) => part === false || (Array.isArray(part) && part.length === 0))) return false;
  const id = title.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  return html`
<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>${content}
</section>`;
}

/** Says what was run and when. */
export function heading({ header, summary }: Run): Markup {
  const { validity } = summary.verdict;
  return html`
<header>
<p class="kind">Run report</p>
<h1>${header.scenario}</h1>
<p class="question">${header.question}</p>
<p class="facts">${formatInstant(header.startedAt)}, ${formatClock(summary.seconds)} long, seed ${header.seed}, measurement ${validity}</p>${profileLine(summary)}
</header>`;
}

/** Leads to the profile that was taken meanwhile. */
function profileLine({ profile }: Summary): Insert {
  if (profile === undefined) return false;
  const { tool, role, id, file } = profile;
  const name = `${role === 'master' ? 'the master' : `${role} ${id}`} under ${tool}`;
  return html`
<p class="facts">Profile: ${file === undefined ? `${name}, of which nothing came` : html`<a href="${file}">${name}</a>`}</p>`;
}

/** Says what came out of it: the verdict and why, the story, and every rule with its value. */
export function verdictPanel(summary: Summary): Markup {
  const { verdict } = summary;
  const sentence = verdictSentence(summary);
  const others = verdict.reasons.filter((reason) => !sentence.includes(reason));
  return html`
<section class="verdict ${verdict.status} ${verdict.validity}" aria-label="Verdict">
<p class="word"><span aria-hidden="true">${verdictSign(verdict.status)}</span> ${verdictWord(verdict)}</p>
<div>
<p class="sentence">${sentence}</p>${
    others.length > 0 &&
    html`
<ul class="reasons">${others.map((reason) => html`<li>${reason}</li>`)}</ul>`
  }
<p class="story">${story(summary).join(' ')}</p>
</div>
</section>`;
}

/** Lists what stands out in the figures. */
export function findingsList({ findings = [] }: Summary): Insert {
  return section(
    'Findings',
    findings.length > 0 &&
      html`
<ul class="findings">${findings.map((finding) => html`<li>${finding}</li>`)}</ul>`,
  );
}

const ruleClasses = { holds: 'holds', fails: 'broken', 'not judged': 'unjudged' } as const;

/** Lists every rule with the value it was held against. */
export function rulesList({ rules }: Summary): Insert {
  return section(
    'Rules',
    rules.length > 0 &&
      html`
<ul class="rules">${rules.map(
        (result) => html`
<li class="${ruleClasses[ruleWord(result)]}"><b>${ruleMark(result)} ${ruleWord(result)}</b> <code>${result.rule}</code> <span>${ruleValue(result)}</span></li>`,
      )}
</ul>`,
  );
}

/** Says what became of the requests to the HTTP side of the target. */
export function httpPart(summary: Summary): Insert {
  const sentence = httpSentence(summary);
  return section('HTTP', sentence !== undefined && html`\n<p>${sentence}</p>`);
}

/** The handful of figures to remember. */
export function keyFigures(summary: Summary): Insert {
  const { users, messages, latencyMs, target, generator } = summary;
  const times = messages.sent > 0 ? latencyMs.response : latencyMs.push;
  const tiles: [name: string, value: string, note: string][] = [
    [
      'Users at the peak',
      formatCount(users.peak),
      goneOf(users) || `of ${formatCount(users.target)}, none lost`,
    ],
    messages.sent > 0
      ? ['Round trips a second', formatRate(messages.perSecond), planOf(summary)]
      : [
          'Deliveries a second',
          formatRate(messages.pushesPerSecond),
          `${formatCount(messages.published)} published`,
        ],
    [
      messages.sent > 0 ? 'Response p99' : 'Push p99',
      `${formatDecimal(times?.p99)} ms`,
      `half within ${formatDecimal(times?.p50)} ms`,
    ],
    [
      'Lost or late',
      formatCount(messages.lost + messages.timedOut + messages.pushLost),
      `of ${formatCount(messages.sent + messages.pushed + messages.pushLost)} messages and deliveries`,
    ],
    [
      'Server',
      cores(target.cpuCores),
      `${formatCount(target.rssMB)} MB, ${formatDecimal(target.cpuMicrosPerMessage)} µs a message`,
    ],
    [
      'Load generator',
      cores(generator.cpuCores),
      `${formatCount(generator.rssMB)} MB, lateness p99 ${formatDecimal(latencyMs.lateness?.p99)} ms`,
    ],
  ];
  return section(
    'Key figures',
    html`
<dl class="tiles">${tiles.map(
      ([name, value, note]) => html`
<div><dt>${name}</dt><dd><b>${value}</b><span>${note}</span></dd></div>`,
    )}
</dl>`,
  );
}

/** Users that were refused or dropped, by cause: the same cause may have been either. */
function goneOf({ failed, dropped }: Summary['users']): string {
  const parts = Object.entries({ failed, dropped }).filter(([, causes]) => totalOf(causes) > 0);
  return parts.map(([what, causes]) => `${what}: ${formatCauses(causes)}`).join('; ');
}

/** What was sent of what was planned. Where answers set the pace there is no plan that could be kept. */
function planOf({ schedule }: Summary): string {
  return schedule.perSecond > 0 ? `${formatShare(schedule.ratio)} of the plan sent` : 'as they come';
}

/** A chart and its title. The canvas says in words what it shows. */
export function chart({ title, description, model }: Figure): Markup {
  const unit = model.unit === '' ? false : html` <span>${model.unit}</span>`;
  const scale = model.scale === 'logarithmic' && html` <span>logarithmic</span>`;
  return html`
<figure${model.small && html` class="small"`}>
<figcaption>${title}${unit}${scale}</figcaption>
<div class="canvas"><canvas id="${model.id}"${model.axis === 'share' && html` data-axis="share"`} role="img" aria-label="${description}"></canvas></div>
</figure>`;
}

/** A row of small charts, as many beside each other as there is room. */
export function chartRow(figures: readonly Figure[]): Insert {
  return (
    figures.length > 0 &&
    html`
<div class="row">${figures.map(chart)}
</div>`
  );
}

/** Where and with what it was measured. */
export function environment({ header, summary }: Run): Insert {
  const { host, target, generator } = header;
  const facts: [name: string, value: string][] = [
    ['Host', `${host.cpus} × ${host.model}, ${formatExact(host.memoryGB)} GB`],
    [
      'System',
      `kernel ${host.kernel}, ${formatNode(host.node)}, ${formatCount(host.fdLimit)} descriptors a process`,
    ],
    ['Target', `${target.url}${target.own ? '' : ' (foreign)'}`],
    [
      'Its processes',
      `${formatThings(target.workers, 'worker')}, ${formatThings(target.brokers, 'broker')}, ${formatThings(target.balancers, 'balancer')}`,
    ],
    [
      'Load generator',
      `processes ${generator.processes}${PRECEDENCE[generator.precedence ?? 'normal']}, source addresses ${generator.sourceAddresses}, driver ${generator.driver}`,
    ],
    ['Processor time stolen', `${summary.host.stealPercent.toFixed(1)} %`],
    ['Schedule', `hash ${header.planHash}, seed ${header.seed}`],
    ['Measured with', `socketcluster-bench ${header.tool}`],
  ];
  return section(
    'Environment',
    html`
<dl class="facts">${facts.map(
      ([name, value]) => html`
<div><dt>${name}</dt><dd>${value}</dd></div>`,
    )}
</dl>`,
  );
}

/** The scenario as data, and the command that runs it again. */
export function repeat({ header }: Run): Insert {
  return section(
    'Run it again',
    html`
<div class="code" data-copy><pre><code>${header.command}</code></pre></div>
<details>
<summary>The scenario as data</summary>
<div class="code" data-copy><pre><code>${JSON.stringify(header.plan, null, 2)}</code></pre></div>
</details>`,
  );
}

function verdictSign(status: Summary['verdict']['status']): string {
  return { pass: '✓', fail: '✗', regressed: '▼', invalid: '?' }[status];
}

function cores(value: number | null): string {
  return `${formatDecimal(value)} ${value === 1 ? 'core' : 'cores'}`;
}
