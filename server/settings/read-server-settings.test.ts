import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { problemWords } from '../../core/settings/read-settings.ts';
import { checkServerSettings, readSecretFile, readServerSettings } from './read-server-settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
function file(text: string): string {
  const path = join(folder, `${files++}.yaml`);
  writeFileSync(path, text);
  return path;
}
const problems = async (text: string) => (await checkServerSettings(file(text))).map(problemWords);

const EVERYTHING = `version: 1
data: data
listen:
  host: 0.0.0.0
  port: 8443
  tls: { cert: tls/server.pem, key: /etc/tls/server.key }
database: { urlFile: db-url }
recordings:
  s3: { bucket: recordings, endpoint: 'https://s3.example.com', region: eu-1, prefix: a/b/ }
log: info
alerts: alerts.json
policy: ../policy.yaml
oidc: oidc.yaml
metrics: { port: 9464, host: 10.0.0.1, tokenFile: token }
limits: { perDevice: 100, perAccount: 200, perAddress: 30, enrolPerAddress: 4, wrongCodesPerAddress: 5,
  refusedPerAddress: 6, connections: 7 }
shutdown: { drainSeconds: 5, timeoutSeconds: 30 }
`;

describe('settings of a server', () => {
  test('a file with everything is taken, and its paths are those of its folder', async () => {
    const path = file(EVERYTHING);
    expect(await checkServerSettings(path)).toEqual([]);
    expect(await readServerSettings(path)).toMatchObject({
      data: join(folder, 'data'),
      listen: {
        host: '0.0.0.0',
        port: 8443,
        tls: { cert: join(folder, 'tls/server.pem'), key: '/etc/tls/server.key' },
      },
      database: { urlFile: join(folder, 'db-url') },
      policy: join(tmpdir(), 'policy.yaml'),
      metrics: { port: 9464, tokenFile: join(folder, 'token') },
    });
  });

  test('a file with the version alone is taken; JSON is, too', async () => {
    expect(await readServerSettings(file('version: 1'))).toEqual({ version: 1 });
    expect(await readServerSettings(file('{"version": 1, "log": "warn"}'))).toEqual({
      version: 1,
      log: 'warn',
    });
  });

  test.each([
    ['', ['line 1, version: must be 1.']],
    ['version: 2', ['line 1, version: must be 1.']],
    [
      'version: 1\nlisten:\n  prot: 1',
      ['line 3, listen.prot: there is no key "prot" here; did you mean "port"?'],
    ],
    ['version: 1\n\nlogs: info', ['line 3, logs: there is no key "logs" here; did you mean "log"?']],
    [
      'version: 1\nrecordings:\n  s3:\n    buckets: x',
      [
        'line 4, recordings.s3.buckets: there is no key "buckets" here; did you mean "bucket"?',
        'line 3, recordings.s3.bucket: is missing.',
      ],
    ],
    ['version: 1\nlisten:\n  tls:\n    cert: a', ['line 3, listen.tls.key: is missing.']],
    ['version: 1\nmetrics: { host: a }', ['line 2, metrics.port: is missing.']],
    [
      'version: 1\nrecordings: { s3: { bucket: B } }',
      ['line 2, recordings.s3.bucket: must be 3 to 63 small letters, digits, "." and "-".'],
    ],
    ['version: 1\nlog: info\nlog: warn', ['line 3: this is not YAML: Map keys must be unique.']],
    ['version: 1\n\tlog: info', [expect.stringMatching(/^line 2: this is not YAML/)]],
  ])('%j: %j', async (text, words) => {
    expect(await problems(text)).toEqual(words);
  });

  test('every wrong kind of value names its key and line', async () => {
    const lines = [
      'version: 1',
      'data: 5',
      'listen: { port: 70000 }',
      'log: loud',
      'limits: { perDevice: 0 }',
      'shutdown: { drainSeconds: -1 }',
    ];
    const found = await checkServerSettings(file(lines.join('\n')));
    expect(found.map(({ key, line }) => `${line} ${key}`)).toEqual([
      '2 data',
      '3 listen.port',
      '4 log',
      '5 limits.perDevice',
      '6 shutdown.drainSeconds',
    ]);
  });

  test('a file that is not valid stops the start, with every problem', async () => {
    await expect(readServerSettings(file('version: 1\nlogs: x\ndate: y'))).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/line 2, logs: .* line 3, date: .*did you mean "data"\?/) as unknown,
    });
    await expect(readServerSettings(join(folder, 'none.yaml'))).rejects.toThrow('cannot be read');
  });

  test('a secret is the first line of its file, and an empty one is none', async () => {
    expect(await readSecretFile(file('the secret\nand a note\n'), 'it')).toBe('the secret');
    await expect(readSecretFile(file('\n'), 'the token')).rejects.toThrow('must hold the token');
  });
});
