/** The first screen: the verdict, the figures, and a line for each suite. */
import { percent } from '../coverage-gate.ts';
import { exitCode } from '../exit-code.ts';
import type { Report, SuiteSummary } from '../report.ts';
import { duration, grouped, plural } from '../text-layout.ts';
import { verdictSentence } from '../verdict-sentence.ts';
import { levelOf, type Level } from './causes.ts';
import { html, type Markup } from './markup.ts';

const nouns: Readonly<Record<Level, string>> = {
  fails: 'causes that fail the run',
  warns: 'causes that only warn',
  known: 'known deviations',
};

/** What happened, to whom, and how much of it. */
export function summary(report: Report): Markup {
  const { api, target, seed, identities, counts, coverage } = report;
  const code = exitCode(report);
  const count = (level: Level): number => report.causes.filter((cause) => levelOf(cause, report) === level).length;
  const { reached, total } = coverage.dimensions.operation;
  const tiles = [
    ...(['fails', 'warns', 'known'] as const).map((level) =>
      tile(grouped(count(level)), nouns[level], '#causes', count(level) > 0 ? level : ''),
    ),
    tile(grouped(counts.exchanges), 'exchanges', '#checks'),
    tile(total === 0 ? '–' : percent(reached, total), 'of operations reached', '#coverage'),
    tile(grouped(counts.judgements['cannot-judge']), 'not judged', '#unjudged', counts.judgements['cannot-judge'] > 0 ? 'warns' : ''),
    tile(grouped(counts.faults), 'faults', '#unjudged', counts.faults > 0 ? 'warns' : ''),
    tile(duration(report.seconds), 'of run', '#timings'),
  ];
  return html`<section id="summary" class="${code === 0 ? 'holds' : 'broken'}">
    <h1>${api.title} <small>${api.version}</small></h1>
    <p class="verdict">
      <span class="mark" aria-hidden="true">${code === 0 ? '✓' : '✗'}</span> ${capitalized(verdictSentence(report))}
      <small>exit ${code}</small>
    </p>
    <p class="dim">
      ${[
        new Date(report.startedAt).toISOString().replace('T', ' ').slice(0, 16) + ' UTC',
        `${target.kind} at ${target.baseUrl}`,
        `document ${api.location}`,
        `seed ${seed}`,
        ...(identities.length === 0 ? [] : [`as ${identities.join(', ')}`]),
      ].join(' · ')}
    </p>
    <ul class="tiles">
      ${tiles}
    </ul>
    <div class="scroll">
      <table class="suites">
        <thead>
          <tr>
            <th scope="col">suite</th>
            <th scope="col"><span class="hidden">progress</span></th>
            <th scope="col">done</th>
            <th scope="col">exchanges</th>
            <th scope="col">result</th>
          </tr>
        </thead>
        <tbody>
          ${report.suites.map((suite) => suiteRow(suite, report))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function tile(figure: string, noun: string, target: string, kind = ''): Markup {
  return html`<li class="${kind}">
    <a href="${target}"><b>${figure}</b> ${noun}</a>
  </li>`;
}

function suiteRow(suite: SuiteSummary, report: Report): Markup {
  const { name, done, planned, exchanges, causes, failed, outcomes } = suite;
  const share = planned === 0 ? 100 : Math.min(100, (done * 100) / planned);
  const failing = report.causes.some((cause) => cause.suites.includes(suite.name) && levelOf(cause, report) === 'fails');
  const [kind, result] = failed
    ? ['fails', 'did not run as asked']
    : causes > 0
      ? [failing ? 'fails' : 'warns', plural(causes, 'cause')]
      : outcomes.pass + outcomes.fail === 0
        ? ['', 'nothing was judged']
        : ['kept', 'no new finding'];
  return html`<tr>
    <th scope="row">${name}</th>
    <td>
      <svg class="bar full" width="120" height="8" aria-hidden="true">
        <rect width="100%" height="8" rx="4" />
        <rect class="done" width="${share}%" height="8" rx="4" />
      </svg>
    </td>
    <td>${grouped(done)} of ${grouped(planned)}</td>
    <td>${grouped(exchanges)}</td>
    <td class="${kind}">${result}</td>
  </tr>`;
}
