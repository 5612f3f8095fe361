import { describe, expect, it } from 'vitest';
import { podmanHost } from '../../../../src/targets/container/engine.ts';

const user = '/run/user/7/podman/podman.sock';
const system = '/run/podman/podman.sock';

describe('Podman', () => {
  it.each([
    { why: 'its socket of the user is there', there: [system, user], want: `unix://${user}` },
    { why: 'its socket of the system is there', there: [system], want: `unix://${system}` },
  ])('is the engine when $why and nothing of Docker', ({ there, want }) => {
    expect(podmanHost({ XDG_RUNTIME_DIR: '/run/user/7' }, '/home/me', (path) => there.includes(path))).toBe(want);
  });

  it.each([
    { why: 'its socket is nowhere', there: [], env: {} },
    { why: 'an address is named', there: [system], env: { DOCKER_HOST: 'tcp://engine:2375' } },
    { why: 'its socket of the user is there and no folder of the user is named', there: [user], env: {} },
    { why: 'Docker’s socket is there', there: [system, '/var/run/docker.sock'], env: {} },
    { why: 'Docker’s socket of the user is there', there: [system, '/run/user/7/docker.sock'], env: { XDG_RUNTIME_DIR: '/run/user/7' } },
    { why: 'Docker’s socket is in the home folder', there: [system, '/home/me/.docker/run/docker.sock'], env: {} },
    { why: 'testcontainers has its properties', there: [system, '/home/me/.testcontainers.properties'], env: {} },
  ])('is not taken when $why', ({ there, env }) => {
    expect(podmanHost(env, '/home/me', (path) => there.includes(path))).toBeUndefined();
  });
});
