/** Groups findings by cause, echoes with what they echo, and puts both into the order in which people should read them. */
import type { Confidence } from '../cases/case.ts';
import { compareText } from './collect-results.ts';
import { compareConfidence } from './exit-code.ts';
import { findEchoes } from './find-echoes.ts';
import { findHabits, type Habit } from './find-habits.ts';
import { causeId } from './finding-id.ts';
import { entryOf } from './outcome-counts.ts';
import type { Cause, Finding } from './report.ts';

/** Causes (unexcused first, surest first, largest first) and their findings in the same order; `operations` is the document's order. */
export function groupCauses(
  findings: readonly Finding[],
  operations: readonly string[],
): { readonly causes: Cause[]; readonly findings: Finding[] } {
  const place = new Map(operations.map((operation, index) => [operation, index]));
  const heads = findEchoes(findings);
  const habits = findHabits(findings.filter((finding) => !heads.has(finding)));
  const echoes = new Set([...heads.keys()].map(({ id }) => id));
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const head = heads.get(finding) ?? finding;
    const habit = habits.get(head);
    const { check, known, topic: own } = head;
    const topic = habit?.topic ?? own;
    const group = entryOf(groups, `${check}\n${topic}\n${known === undefined}`, () => ({
      topic,
      habit,
      findings: [],
    }));
    group.findings.push({ ...finding, cause: causeId(check, topic) });
  }
  const sorted = [...groups.values()]
    .map((group) => {
      const ordered = group.findings.toSorted(
        (a, b) => Number(echoes.has(a.id)) - Number(echoes.has(b.id)) || compareFindings(a, b, place),
      );
      return { cause: describe(group, ordered, place), findings: ordered };
    })
    .toSorted((a, b) => compareCauses(a.cause, b.cause));
  return { causes: sorted.map((group) => group.cause), findings: sorted.flatMap((group) => group.findings) };
}

interface Group {
  readonly topic: string;
  readonly habit: Habit | undefined;
  readonly findings: Finding[];
}

type Places = ReadonlyMap<string, number>;

/** The one that tells the cause best comes first: surest, with the shortest command to reproduce it. */
function compareFindings(a: Finding, b: Finding, place: Places): number {
  return (
    compareConfidence(a.confidence, b.confidence) ||
    effort(a) - effort(b) ||
    placeOf(a.operation, place) - placeOf(b.operation, place) ||
    compareText(a.operation, b.operation)
  );
}

/** Length of the request behind the finding; one without a request is the hardest to reproduce. */
function effort(finding: Finding): number {
  const request = finding.evidence?.request;
  return request === undefined ? Number.MAX_SAFE_INTEGER : request.url.length + (request.body?.bytes ?? 0);
}

function placeOf(operation: string, place: Places): number {
  return place.get(operation) ?? place.size;
}

function describe({ topic, habit }: Group, findings: readonly Finding[], place: Places): Cause {
  const best = findings[0];
  if (best === undefined) throw new TypeError('a cause has at least one finding');
  const confidence: Confidence = best.confidence;
  return {
    id: best.cause,
    check: best.check,
    topic,
    confidence,
    known: best.known !== undefined,
    message: `${best.message}${habit?.told(new Set(findings.map((one) => one.topic)).size - 1) ?? ''}`,
    operations: [...new Set(findings.map((finding) => finding.operation))].toSorted(
      (a, b) => placeOf(a, place) - placeOf(b, place) || compareText(a, b),
    ),
    echoes: [...new Set(findings.map(({ check }) => check))].filter((check) => check !== best.check),
    findings: findings.map((finding) => finding.id),
    count: findings.reduce((sum, finding) => sum + finding.count, 0),
    suites: [...new Set(findings.flatMap((finding) => finding.suites))],
  };
}

function compareCauses(a: Cause, b: Cause): number {
  return (
    Number(a.known) - Number(b.known) ||
    compareConfidence(a.confidence, b.confidence) ||
    b.operations.length - a.operations.length ||
    b.count - a.count ||
    compareText(a.check, b.check) ||
    compareText(a.topic, b.topic)
  );
}
