/** The first screen: the verdict, the figures, and a line for each suite. */
import { percent } from '../coverage-gate.ts';
import { exitCode } from '../exit-code.ts';
import type { Report, SuiteSummary } from '../report.ts';
import { duration, grouped, plural } from '../text-layout.ts';
import { verdictSentence } from '../verdict-sentence.ts';
import { levelOf, type Level } from './causes.ts';
import { html, type Markup } from './markup.ts';

/** For one of them, and for any other number. */
const nouns: Readonly<Record<Level, readonly [string, string]>> = {
  fails: ['cause that fails the run', 'causes that fail the run'],
  warns: ['cause that only warns', 'causes that only warn'],
  known: ['known deviation', 'known deviations'],
};

/** What happened, to whom, and how much of it. */
export function summary(report: Report): Markup {
  const { api, target, seed, identities, counts, coverage } = report;
  const code = exitCode(report);
  const count = (level: Level): number => report.causes.filter((cause) => levelOf(cause, report) === level).length;
  const { reached, total } = coverage.dimensions.operation;
  const tiles = [
    ...(['fails', 'warns', 'known'] as const).map((level) => counted(count(level), nouns[level], '#causes', level)),
    counted(counts.exchanges, ['exchange', 'exchanges'], '#checks'),
    tile(total === 0 ? '–' : percent(reached, total), 'of operations reached', '#coverage'),
    counted(counts.judgements['cannot-judge'], ['not judged', 'not judged'], '#unjudged', 'warns'),
    // those that are findings are told there
    counted(counts.faults, ['fault', 'faults'], report.faults.length > 0 ? '#unjudged' : '#causes', 'warns'),
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

/** Coloured where there is any. */
function counted(amount: number, [one, many]: readonly [string, string], target: string, kind: Level | '' = ''): Markup {
  return tile(grouped(amount), amount === 1 ? one : many, target, amount > 0 ? kind : '');
}

function suiteRow(suite: SuiteSummary, report: Report): Markup {
  const { name, done, planned, exchanges, causes, failed, outcomes } = suite;
  const share = planned === 0 ? 100 : Math.min(100, (done * 100) / planned);
  const [kind, result] = failed
    ? ['fails', 'did not run as asked']
    : causes > 0
      ? causesOf(suite, report)
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

/** Red is what fails the run, and nothing beside it. */
function causesOf({ name, causes }: SuiteSummary, report: Report): readonly [Level | '', string | Markup] {
  const failing = report.causes.filter((cause) => cause.suites.includes(name) && levelOf(cause, report) === 'fails').length;
  const all = plural(causes, 'cause');
  if (failing === 0) return ['warns', all];
  if (failing === causes) return ['fails', all];
  return ['', html`${all}, <span class="fails">${grouped(failing)} ${failing === 1 ? 'fails' : 'fail'} the run</span>`];
}
