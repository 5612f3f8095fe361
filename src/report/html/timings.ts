/** Timings as a plot: a row for each operation, on one logarithmic axis. */
import type { OperationTiming } from '../collect-timings.ts';
import { grouped } from '../text-layout.ts';
import { html, type Markup } from './markup.ts';
import { operationName } from './operation-name.ts';

/** How many of the slowest operations stand open. */
const shownOpen = 20;

/** The slowest operations first: from the fastest to the slowest answer, with the median and the 95th percentile. */
export function timingPlot(timings: readonly OperationTiming[]): Markup {
  if (timings.length === 0) return html`<p>Nothing answered.</p>`;
  const sorted = timings.toSorted((a, b) => b.p95 - a.p95);
  const axis = axisOf(timings);
  const rest = sorted.slice(shownOpen);
  return html`${plot(sorted.slice(0, shownOpen), axis)}
  ${
    rest.length === 0
      ? undefined
      : html`<details>
          <summary>${grouped(rest.length)} faster operations</summary>
          ${plot(rest, axis)}
        </details>`
  }`;
}

interface Axis {
  /** Where a time stands, in percent of the width. */
  readonly at: (milliseconds: number) => string;
  readonly ticks: readonly number[];
}

/** Whole decades around all times. */
function axisOf(timings: readonly OperationTiming[]): Axis {
  const decade = (time: number, round: (value: number) => number): number => round(Math.log10(Math.max(time, 0.01)));
  const from = decade(Math.min(...timings.map(({ fastest }) => fastest)), Math.floor);
  const to = Math.max(from + 1, decade(Math.max(...timings.map(({ slowest }) => slowest)), Math.ceil));
  const share = (time: number): number => (Math.log10(Math.max(time, 10 ** from)) - from) / (to - from);
  return {
    at: (time) => `${(share(time) * 100).toFixed(2)}%`,
    ticks: Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index)),
  };
}

function plot(timings: readonly OperationTiming[], { at, ticks }: Axis): Markup {
  const grid = ticks.map((tick) => html`<line class="grid" x1="${at(tick)}" x2="${at(tick)}" y1="0" y2="100%" />`);
  const labels = ticks.map((tick, index) => {
    const anchor = index === 0 ? 'start' : index === ticks.length - 1 ? 'end' : 'middle';
    return html`<text x="${at(tick)}" y="12" text-anchor="${anchor}">${time(tick)}</text>`;
  });
  const rows = timings.map(
    ({ operation, answers, fastest, median, p95, slowest }) =>
      html`<tr data-words="${operation.toLowerCase()}">
        <th scope="row">${operationName(operation)}</th>
        <td class="plot">
          <svg height="16" aria-hidden="true">
            ${grid}
            <line class="range" x1="${at(fastest)}" x2="${at(slowest)}" y1="8" y2="8" />
            <line class="usual" x1="${at(median)}" x2="${at(p95)}" y1="8" y2="8" />
            <circle cx="${at(median)}" cy="8" r="4" />
          </svg>
        </td>
        <td>${time(median)}</td>
        <td>${time(p95)}</td>
        <td>${time(slowest)}</td>
        <td>${grouped(answers)}</td>
      </tr>`,
  );
  return html`<div class="scroll">
    <table class="timings">
      <thead>
        <tr>
          <th scope="col">operation</th>
          <th scope="col" class="plot"><svg height="16" role="img" aria-label="Time, logarithmic">${labels}</svg></th>
          <th scope="col">median</th>
          <th scope="col">95 %</th>
          <th scope="col">slowest</th>
          <th scope="col">answers</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function time(milliseconds: number): string {
  if (milliseconds >= 1000) return `${Number((milliseconds / 1000).toPrecision(3))} s`;
  return `${Number(milliseconds.toPrecision(2))} ms`;
}
