import { Buffer } from 'node:buffer';
import type { Random } from '../random.ts';
import { ALNUM } from '../random.ts';
import type { Scene } from '../scene.ts';
import type { ValueKind } from '../values/kind.ts';
import { kind } from '../values/kind.ts';
import type { Layout } from './layout.ts';

const LINE = 64;
const named = (name: string, make: (random: Random) => string): ValueKind =>
  kind({ name, need: 'key', label: name, key: name, make });

const KEY_BODY = named('private-key', random =>
  Buffer.from(random.text(ALNUM, 48 * random.int(3, 12))).toString('base64'),
);
const URL_PASSWORD = named('url-password', random => random.text(ALNUM, random.int(6, 14)));
const BASIC = named('basic-credentials', random =>
  Buffer.from(`${random.text(ALNUM, 6)}:${random.text(ALNUM, 10)}`).toString('base64'),
);

function pem(scene: Scene, lineEnd: string): void {
  const label = scene.random.pick([
    'RSA PRIVATE KEY',
    'PRIVATE KEY',
    'OPENSSH PRIVATE KEY',
    'EC PRIVATE KEY',
  ]);
  const body = scene.value(KEY_BODY);
  scene.write(`-----BEGIN ${label}-----${lineEnd}`);
  for (let from = 0; from < body.text.length; from += LINE) {
    scene.writeValue(body, { from, to: Math.min(body.text.length, from + LINE), isNamed: true });
    scene.write(lineEnd);
  }
  scene.write(`-----END ${label}-----`);
}

/** Secrets that have a form of their own. */
export const KEY_LAYOUTS: readonly Layout[] = [
  {
    name: 'private-key',
    write(scene) {
      scene.write('$ cat key.pem\r\n');
      pem(scene, '\r\n');
      scene.write('\r\n$ ');
    },
  },
  {
    name: 'private-key-in-json',
    write(scene) {
      scene.write('{"type":"service_account","private_key":"');
      pem(scene, '\\n');
      scene.write('\\n","project":"demo"}\r\n');
    },
  },
  {
    name: 'private-key-in-yaml',
    write(scene) {
      scene.write('tls:\r\n  key: |\r\n    ');
      pem(scene, '\r\n    ');
      scene.write('\r\n  port: 443\r\n');
    },
  },
  {
    name: 'connection-url',
    write(scene) {
      const password = scene.value(URL_PASSWORD);
      scene.write(
        `${scene.random.pick(['postgres', 'mysql', 'redis', 'https', 'amqp', 'mongodb+srv'])}://app:`,
      );
      scene.writeValue(password, { isNamed: true });
      scene.write('@db.internal:5432/prod\r\n');
    },
  },
  {
    name: 'authorization',
    write(scene) {
      const credentials = scene.value(BASIC);
      scene.write(
        scene.random.pick([
          'Authorization: Basic ',
          "curl -H 'Authorization: Basic ",
          '> authorization: Bearer ',
        ]),
      );
      scene.writeValue(credentials, { isNamed: true });
      scene.write("'\r\n");
    },
  },
  {
    name: 'sql-password',
    write(scene) {
      const password = scene.value(URL_PASSWORD);
      scene.write(
        scene.random.pick([
          "CREATE ROLE app LOGIN PASSWORD '",
          "ALTER USER app IDENTIFIED BY '",
          "alter role app with password '",
        ]),
      );
      scene.writeValue(password, { isNamed: true });
      scene.write("';\r\n");
    },
  },
];
