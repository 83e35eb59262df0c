import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { AlertNotice, AlertSink } from '../alert-sink.ts';

export interface SyslogOptions {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: 'udp' | 'tcp' | 'tls';
  /** PEM; the machine's own authorities where absent */
  readonly caPem?: string | undefined;
  /** the HOSTNAME field: who sends */
  readonly hostName: string;
}

/** Facility 10 (security, `authpriv`), severity 4 (warning). */
const PRIORITY = 10 * 8 + 4;
/** Private enterprise number of the examples in RFC 5612: structured data needs one, and this product has none of its own. */
const STRUCTURED_ID = 'sallyport@32473';

/**
 * Sends alerts as RFC 5424 messages: one a datagram over UDP (RFC 5426); over TCP and TLS framed by their length (RFC 6587, RFC 5425),
 * with the server's certificate checked. UDP has no answer: sent counts as taken.
 */
export function createSyslogSink(options: SyslogOptions): AlertSink {
  const { host, port, protocol } = options;
  return {
    name: options.name,
    async deliver(notice, signal) {
      const message = Buffer.from(syslogMessage(notice, options.hostName));
      if (protocol === 'udp') return sendDatagram(message, host, port);
      const secure = { host, port, servername: /[a-z]/i.test(host) ? host : '' };
      const socket =
        protocol === 'tcp'
          ? connect({ host, port })
          : connectTls({ ...secure, ...(options.caPem === undefined ? {} : { ca: options.caPem }) });
      try {
        await once(socket, protocol === 'tcp' ? 'connect' : 'secureConnect', { signal });
        socket.resume();
        socket.end(Buffer.concat([Buffer.from(`${String(message.length)} `), message]));
        await once(socket, 'close', { signal });
      } finally {
        socket.destroy();
      }
    },
  };
}

async function sendDatagram(message: Buffer, host: string, port: number): Promise<void> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.send(message, port, host, error => (error === null ? resolve() : reject(error)));
    });
  } finally {
    socket.close();
  }
}

/** The message after RFC 5424, section 6. */
export function syslogMessage(notice: AlertNotice, hostName: string): string {
  const { rule, sessionId, grantId, operator, target, account, id } = notice;
  const fields = { id, rule, session: sessionId, grant: grantId, operator, target, account };
  const data = Object.entries(fields)
    .map(([name, value]) => `${name}="${value.replace(/["\\\]]/g, '\\$&').replace(/\p{Cc}/gu, ' ')}"`)
    .join(' ');
  const head = `<${String(PRIORITY)}>1 ${new Date(notice.atMs).toISOString()} ${hostName} sallyport - alert`;
  return `${head} [${STRUCTURED_ID} ${data}] \uFEFF${notice.text.replace(/\p{Cc}/gu, ' ')}`;
}
