/** Writes what a run found: reports and overlay to their files, the results to stdout. */
import { appendFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { HarnessError, isHarnessError } from '../errors.ts';
import { renderAccessLock } from '../report/render-access-lock.ts';
import { renderAnnotations } from '../report/render-annotations.ts';
import { renderCtrf } from '../report/render-ctrf.ts';
import { renderJson } from '../report/render-json.ts';
import { renderJunit } from '../report/render-junit.ts';
import { renderMarkdown } from '../report/render-markdown.ts';
import { renderNdjson } from '../report/render-ndjson.ts';
import { renderSarif } from '../report/render-sarif.ts';
import { renderText } from '../report/render-text.ts';
import { renderWfc } from '../report/render-wfc.ts';
import type { Report } from '../report/report.ts';
import { suggestOverlay } from '../report/suggest-overlay.ts';
import { accessFile } from '../run/environment.ts';
import { reportKinds, type ReportKind } from '../run/settings.ts';
import type { Contract } from '../spec/contract.ts';
import { writeWhole } from '../spec/lock.ts';
import type { ReportedEnvironment } from './create-report.ts';
import { usesColor, type Io } from './io.ts';
import { renderPage } from './render-page.ts';
import { writeAllure } from './write-allure.ts';
import { writeTests } from './write-tests.ts';

/** All but HAR, which is written while the run lasts, and Allure's, which is a folder. */
const renderers: Readonly<Record<Exclude<ReportKind, 'har' | 'allure'>, (report: Report, contract: Contract) => string | Promise<string>>> =
  {
    html: renderPage,
    json: renderJson,
    ndjson: renderNdjson,
    junit: renderJunit,
    sarif: renderSarif,
    ctrf: renderCtrf,
    markdown: renderMarkdown,
    wfc: renderWfc,
  };

/**
 * Writes everything that the settings ask for.
 * @throws HarnessError `E_WRITE`; `E_USAGE` where there is nothing to lock
 */
export async function writeResults(report: Report, open: ReportedEnvironment, io: Io): Promise<void> {
  const { contract, plan } = open;
  const { settings } = plan;
  const written: string[] = [];
  let unwritten: HarnessError | undefined;
  for (const kind of reportKinds) {
    const file = settings.reports?.[kind];
    // the report of the run that a replay looks back at stays
    if (file === undefined || settings.replay !== undefined) continue;
    try {
      if (kind === 'allure') await writeAllure(report, file);
      else if (kind !== 'har') await writeWhole(file, await renderers[kind](report, contract));
      written.push(relative(io.cwd, file) || file);
    } catch (error) {
      if (!isHarnessError(error)) throw error;
      // what was found is told all the same
      unwritten ??= error;
    }
  }
  written.push(...new Set(report.logs.map((file) => `${dirname(file)}/`)));
  if (settings.suggestOverlay !== undefined) {
    const overlay = suggestOverlay(report, contract);
    if (overlay === undefined) io.stderr.write('specproof: nothing to suggest: no undeclared 4xx was answered\n');
    else {
      await writeWhole(settings.suggestOverlay, overlay);
      written.push(relative(io.cwd, settings.suggestOverlay));
    }
  }
  if (settings.writeTests !== undefined) {
    const { writeTests: folder, randomCases } = settings;
    written.push(...(await writeTests(report, { folder, locked: plan.folder, randomCases })).map((file) => relative(io.cwd, file)));
  }
  const reviewed = settings.lockAccess === true && !report.interrupted ? await writeAccessLock(report, open) : undefined;
  if (reviewed !== undefined) written.push(relative(io.cwd, reviewed));
  const { format = 'text' } = settings;
  if (format !== 'text') io.stdout.write(await renderers[format](report, contract));
  else
    io.stdout.write(
      renderText(report, { color: usesColor(io.stdout, io.env, settings.color), width: io.stdout.columns ?? 100, reports: written }),
    );
  await tellGithub(report, io);
  if (unwritten !== undefined) throw unwritten;
}

/** The file of the reviewed matrix, written. */
async function writeAccessLock({ access }: Report, { plan, accessLock }: ReportedEnvironment): Promise<string> {
  if (access === undefined || plan.folder === undefined) {
    const why = access === undefined ? 'fewer than two identities were asked' : 'there is no configuration, and so no folder for it';
    throw new HarnessError('E_USAGE', `--lock-access has nothing to lock: ${why}`, {
      hint: 'configure two identities, and let the access phase run',
    });
  }
  const file = join(plan.folder, accessFile);
  await writeWhole(file, renderAccessLock(access, accessLock));
  return file;
}

/** Annotations and the job summary, where GitHub Actions runs this. @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands */
async function tellGithub(report: Report, io: Io): Promise<void> {
  if (io.env['GITHUB_ACTIONS'] !== 'true') return;
  const checkout = io.env['GITHUB_WORKSPACE'] ?? '';
  const folder = checkout === '' ? '' : relative(checkout, io.cwd);
  io.stderr.write(renderAnnotations(report, folder.startsWith('..') ? '' : folder));
  const summary = io.env['GITHUB_STEP_SUMMARY'] ?? '';
  if (summary !== '') await appendFile(summary, renderMarkdown(report));
}
