import { connect } from 'node:net';
import type { GrantTarget, TargetKind } from '../../contract/grant.ts';
import type { TargetProbe } from '../../contract/target-record.ts';
import { assertNever } from '../../core/assert-never.ts';

export interface ProbeOptions {
  readonly timeoutMs: number;
  readonly nowMs: () => number;
}

/** Of what a stranger says first, no more is read. */
const MOST_BYTES = 1024;

type Place = Pick<GrantTarget, 'kind' | 'host' | 'port'>;

/**
 * Whether a target's address answers from this machine, and as what: it speaks the first words of the target's protocol and signs in
 * nowhere. Behind jump hosts only the first of these can be tried. Never throws: what went wrong is the answer.
 */
export async function probeTarget(
  target: Pick<GrantTarget, 'kind' | 'host' | 'port' | 'via'>,
  options: ProbeOptions,
): Promise<TargetProbe> {
  if (target.kind === 'local') {
    return {
      isReachable: true,
      said: 'A shell on the machine of whoever connects; there is nothing to reach.',
      tookMs: 0,
    };
  }
  const [hop] = target.via;
  const place: Place = hop === undefined ? target : { kind: 'ssh', host: hop.host, port: hop.port };
  const startedMs = options.nowMs();
  const tookMs = () => Math.max(0, Math.round(options.nowMs() - startedMs));
  const where = `${place.host}:${place.port}`;
  try {
    const words = wordsOf(place.kind, await firstWords(place, options.timeoutMs));
    const said =
      words === null ? `${where} answers, but not as ${place.kind}.` : `${where} answers: ${words}.`;
    const behind =
      hop === undefined ? '' : ' That is the first jump host; what is behind it cannot be tried from here.';
    return { isReachable: words !== null, said: `${said}${behind}`, tookMs: tookMs() };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { isReachable: false, said: `${where}: ${FAILURES[code] ?? 'no connection'}.`, tookMs: tookMs() };
  }
}

const FAILURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no such host name is known on this machine',
  EAI_AGAIN: 'the host name could not be looked up',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  ETIMEDOUT: 'it did not answer in time',
};

/** What a client says so that the other side answers at all. */
function greetingOf(kind: TargetKind): Uint8Array | null {
  switch (kind) {
    case 'ssh':
    case 'mysql':
    case 'local':
      return null;
    case 'postgres':
      // SSLRequest (https://www.postgresql.org/docs/current/protocol-message-formats.html)
      return Uint8Array.of(0, 0, 0, 8, 4, 210, 22, 47);
    case 'redis':
      return new TextEncoder().encode('PING\r\n');
    default:
      return assertNever(kind);
  }
}

/** What the answer is of; null where it is of something else. */
function wordsOf(kind: TargetKind, answer: Uint8Array): string | null {
  const text = Buffer.from(answer).toString('latin1');
  switch (kind) {
    case 'ssh': {
      // RFC 4253, section 4.2
      const version = /^SSH-2\.0-([\x21-\x7e]{1,80})/m.exec(text)?.[1];
      return version === undefined ? null : `SSH, ${version}`;
    }
    case 'mysql': {
      // Protocol::HandshakeV10: length (3), number (1), 0x0a, the server's version as text to a zero byte
      const version = /^.{4}\n([\x20-\x7e]{1,80})\0/s.exec(text)?.[1];
      return version === undefined ? null : `MySQL protocol, ${version}`;
    }
    case 'postgres':
      return text === 'S' ? 'PostgreSQL, with TLS' : text === 'N' ? 'PostgreSQL, without TLS' : null;
    case 'redis':
      if (text.startsWith('+PONG')) return 'Redis, without a password';
      return /^-(?:NOAUTH|ERR|DENIED)/.test(text) ? 'Redis' : null;
    case 'local':
      return null;
    default:
      return assertNever(kind);
  }
}

function firstWords({ kind, host, port }: Place, timeoutMs: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const end = (settle: () => void) => {
      socket.destroy();
      settle();
    };
    socket.setTimeout(timeoutMs, () =>
      end(() => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }))),
    );
    socket.once('connect', () => {
      const greeting = greetingOf(kind);
      if (greeting !== null) socket.write(greeting);
    });
    socket.once('data', bytes => end(() => resolve(bytes.subarray(0, MOST_BYTES))));
    socket.once('end', () => end(() => resolve(new Uint8Array())));
    socket.once('error', error => end(() => reject(error)));
  });
}
