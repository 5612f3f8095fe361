// Puts Keycloak's archive beside its Dockerfile, with the Maven of this machine: an image build reaches no repository through Java
// where the network has an authority of its own.
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';
import { keycloakVersion } from '../settings.ts';

const archive = join(import.meta.dirname, 'keycloak.zip');
const isThere = await stat(archive).then(
  () => true,
  () => false,
);
if (!isThere) {
  const aside = await mkdtemp(join(tmpdir(), 'specproof-keycloak-'));
  try {
    const artifact = `-Dartifact=org.keycloak:keycloak-quarkus-dist:${keycloakVersion}:zip`;
    await runCommand(['mvn', '--batch-mode', '--quiet', 'dependency:copy', artifact, `-DoutputDirectory=${aside}`], { cwd: aside });
    await copyFile(join(aside, `keycloak-quarkus-dist-${keycloakVersion}.zip`), archive);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
