import { expect, onTestFinished, test } from 'vitest';
import { createIdentity } from '../../src/auth/create-identity.ts';
import { lockedContract } from '../../src/run/open-contract.ts';
import { embeddedTarget } from '../../src/targets/embedded/embedded-target.ts';
import { openPage } from '../support/browser.ts';
import { repository } from '../support/run-specproof.ts';

const secret = 'a-secret';

/** What the page has to have, asked until it is there: it loads the document by itself. */
const until = (condition: string): string =>
  `new Promise((resolve) => { const look = () => { const found = ${condition}; if (found) resolve(found); else setTimeout(look, 50); }; look(); })`;

/** Fills the fields of an operation, sends, and gives what is shown of the answer. */
const tryIt = (operation: string, fields: Readonly<Record<string, string>>): string => `(async () => {
  const details = [...document.querySelectorAll('details')].find((one) => one.querySelector('code').textContent === ${JSON.stringify(operation)});
  for (const [name, value] of Object.entries(${JSON.stringify(fields)})) details.querySelector('[name="' + name + '"]').value = value;
  details.querySelector('button').click();
  const output = details.querySelector('pre');
  return ${until(`output.textContent !== '…' && output.textContent`)};
})()`;

test('the page of the stand-in shows every operation in a browser, takes a token and tries requests', { timeout: 120_000 }, async () => {
  const { contract, document } = await lockedContract(`${repository}/specs/jobbergate`, repository);
  const claims = { email: 'a@b.test', permissions: ['jobbergate:admin'] };
  const target = await embeddedTarget(
    contract,
    { kind: 'embedded', rolesClaim: 'permissions', clients: { me: { secret, claims } } },
    { document },
  );
  onTestFinished(target.dispose);
  const page = await openPage(`${target.baseUrl}/docs`);
  const shown = await page.evaluate(`(async () => {
    await ${until(`document.querySelectorAll('details').length > 0`)};
    return [...document.querySelectorAll('details code')].map((code) => code.textContent);
  })()`);
  expect((shown as readonly string[]).toSorted()).toEqual(contract.operations.map(({ id }) => id).toSorted());

  expect(await page.evaluate(tryIt('GET /job-scripts', { 'query size': '5' }))).toContain('\n\n401 Unauthorized\n');
  const me = createIdentity('me', {
    kind: 'client-credentials',
    issuer: target.issuer,
    clientId: 'me',
    clientSecret: { testValue: secret },
  });
  const token = (await me.credential()).secret;
  await page.evaluate(`void (document.querySelector('#token').value = ${JSON.stringify(token)})`);
  const created = await page.evaluate(tryIt('POST /job-scripts', { body: '{"name":"from the page"}' }));
  expect(created).toMatch(/^POST \S+\/job-scripts\n\n201 Created\n/);
  const [, id = ''] = /"id": (\d+)/.exec(String(created)) ?? [];
  expect(await page.evaluate(tryIt('GET /job-scripts', { 'query size': '5' }))).toMatch(/^GET \S+\?size=5\n\n200 OK\n[^]*"from the page"/);
  expect(await page.evaluate(tryIt('DELETE /job-scripts/{job_script_id}', { 'path job_script_id': id }))).toMatch(
    /\/job-scripts\/\d+\n\n204 /,
  );
});
