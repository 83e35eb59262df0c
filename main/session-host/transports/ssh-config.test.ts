import { describe, expect, it } from 'vitest';
import type { SshHop } from './ssh-config.ts';
import { formatKnownHosts, formatSshConfig } from './ssh-config.ts';
import { explainSshFailure, isShellAccepted, lastWords } from './ssh-log.ts';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f';
const FILES = { program: '/usr/bin/ssh', configPath: '/tmp/x/config' };

function hop(change: Partial<SshHop> = {}): SshHop {
  return {
    host: 'db.example',
    port: 2222,
    account: 'deploy',
    trust: { pinnedKeys: [KEY], hostCaKeys: [] },
    agentPath: '/tmp/x/agent-0',
    knownHostsPath: '/tmp/x/known-hosts-0',
    logPath: '/tmp/x/log-0',
    connectPort: null,
    ...change,
  };
}

describe('the configuration of ssh', () => {
  it('is as strict for each jump host as for the target', () => {
    const config = formatSshConfig([hop({ host: 'jump.example' }), hop()], FILES);
    for (const rule of [
      'StrictHostKeyChecking yes',
      'PasswordAuthentication no',
      'ForwardAgent no',
      'PermitLocalCommand no',
      'EscapeChar none',
      'ControlMaster no',
      'BatchMode yes',
      'GlobalKnownHostsFile /dev/null',
    ]) {
      expect(config.split(rule).length - 1).toBe(2);
    }
    expect(config).toContain(`-W '[%h]:%p' sallyport-0 2>>/tmp/x/log-0`);
  });

  it('refuses what ssh or a shell would expand', () => {
    expect(() => formatSshConfig([hop({ account: 'a%h' })], FILES)).toThrow(/%/);
    expect(() => formatSshConfig([hop(), hop()], { ...FILES, program: '/opt/my tools/ssh' })).toThrow(/path/);
    expect(() => formatSshConfig([hop(), hop()], { ...FILES, configPath: '/tmp/$(id)/config' })).toThrow(
      /path/,
    );
  });

  it('keeps a hostile comment of a pinned key out of known_hosts', () => {
    const trust = { pinnedKeys: [`${KEY} comment * ssh-rsa`], hostCaKeys: [`${KEY}`] };
    expect(formatKnownHosts({ host: 'DB.example', trust })).toBe(
      `db.example ${KEY}\n@cert-authority db.example ${KEY}\n`,
    );
  });

  it('connects to the loopback port that leads there, under the name of the host', () => {
    const config = formatSshConfig([hop({ connectPort: 4000 })], FILES);
    expect(config).toMatch(/HostName 127\.0\.0\.1\n {2}Port 4000\n/);
    expect(config).toContain('HostKeyAlias db.example');
  });
});

describe('the log of ssh', () => {
  it('is not fooled by a server that sends the words of an open session', () => {
    expect(isShellAccepted('debug1: Remote: debug2: shell request accepted on channel 0')).toBe(false);
    expect(isShellAccepted('debug1: x\ndebug2: shell request accepted on channel 0\n')).toBe(true);
  });

  it('gives the reason of the host that did not get through, not of those behind it', () => {
    const failure = explainSshFailure(
      [
        'debug1: Connecting\nssh: connect to host jump port 22: Connection refused\n',
        'kex_exchange_identification: Connection closed by remote host\nConnection closed by UNKNOWN port 65535\n',
      ],
      [hop({ host: 'jump.example' }), hop()],
    );
    expect(failure.code).toBe('target-unreachable');
    expect(failure.message).toContain('jump.example:2222');
    expect(failure.message).toContain('Connection refused');
  });

  const REACHED = 'debug1: Connection established.\ndebug1: Remote protocol version 2.0, remote software x\n';
  const LOGGED_IN = `${REACHED}Authenticated to 127.0.0.1 ([127.0.0.1]:2222) using "publickey".\n`;
  it.each([
    [
      'debug1: Connecting\nssh: connect to host db port 22: No route to host\n',
      'target-unreachable',
      'could not be reached',
    ],
    [
      'debug1: Connection established.\nkex_exchange_identification: Connection closed by remote host\n',
      'target-unreachable',
      'Something answers at db.example:2222',
    ],
    [
      `${REACHED}Unable to negotiate with h port 22: no matching key exchange method found. Their offer: x\n`,
      'target-unreachable',
      'was reached, but there was no login: Unable to negotiate',
    ],
    [`${REACHED}u@h: Permission denied (publickey).\n`, 'credential-refused', 'refused the login'],
    [
      `${LOGGED_IN}PTY allocation request failed on channel 0\n`,
      'credential-refused',
      'allows it no terminal',
    ],
    [
      `${LOGGED_IN}channel 0: open failed: connect failed: open failed\n`,
      'credential-refused',
      'opens no session for it: connect failed: open failed',
    ],
    [
      `Warning: old words\n${LOGGED_IN}Connection to h closed by remote host.\n`,
      'session-ended',
      'ended before there was a terminal: Connection to h closed by remote host',
    ],
    [
      `${LOGGED_IN}Received disconnect from h port 22:2: u@h: Permission denied (publickey).\n`,
      'session-ended',
      'accepted the login',
    ],
    [`Warning: old words\n${LOGGED_IN}`, 'session-ended', 'gave no terminal in time'],
  ])('tells how far the connection came: %j', (log, code, words) => {
    const failure = explainSshFailure([log], [hop()]);
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(words);
  });

  it('says why a jump host that was logged into did not lead on', () => {
    const failure = explainSshFailure(
      [
        `${LOGGED_IN}channel 0: open failed: connect failed: Connection refused\nstdio forwarding failed\n`,
        'kex_exchange_identification: Connection closed by remote host\nConnection closed by UNKNOWN port 65535\n',
      ],
      [hop({ host: 'jump.example' }), hop()],
    );
    expect(failure.code).toBe('target-unreachable');
    expect(failure.message).toMatch(
      /^db\.example:2222 could not be reached: connect failed: Connection refused\./,
    );
  });

  it('ends with words that are no debugging', () => {
    expect(lastWords('debug1: a\nConnection to h closed by remote host.\ndebug1: b\n')).toBe(
      'Connection to h closed by remote host',
    );
    expect(lastWords('debug1: a\n')).toBeNull();
  });
});
