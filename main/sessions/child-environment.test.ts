import { expect, test } from 'vitest';
import { childEnvironment } from './child-environment.ts';

test('a child knows who and where it is, and nothing else of the environment', () => {
  const own = {
    HOME: '/home/olga',
    PATH: '/usr/bin',
    LANG: 'C.UTF-8',
    LC_TIME: 'de_DE.UTF-8',
    TERM: 'dumb',
    AWS_SECRET_ACCESS_KEY: 'x',
    SSH_AUTH_SOCK: '/tmp/agent',
    NODE_OPTIONS: '--require=/tmp/evil.js',
    LD_PRELOAD: '/tmp/evil.so',
    USER: undefined,
  };
  expect(childEnvironment(own)).toEqual({
    HOME: '/home/olga',
    PATH: '/usr/bin',
    LANG: 'C.UTF-8',
    LC_TIME: 'de_DE.UTF-8',
    TERM: 'xterm-256color',
  });
});
