import { createTransport } from 'nodemailer';
import type { AlertSink } from '../alert-sink.ts';

/** Sends alerts as plain e-mail over SMTP. Without TLS from the first byte (`smtps`) the server must offer STARTTLS, but on loopback. */
export function createMailSink(options: {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly login?: { readonly user: string; readonly password: string } | undefined;
  readonly from: string;
  readonly to: readonly string[];
}): AlertSink {
  const isLoopback = ['127.0.0.1', '::1', 'localhost'].includes(options.host);
  const transport = createTransport({
    host: options.host,
    port: options.port,
    secure: options.isTls,
    requireTLS: !options.isTls && !isLoopback,
    ignoreTLS: isLoopback && !options.isTls,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 8_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(options.login === undefined
      ? {}
      : { auth: { user: options.login.user, pass: options.login.password } }),
  });
  return {
    name: options.name,
    async deliver(notice) {
      await transport.sendMail({
        from: options.from,
        to: [...options.to],
        subject: `Sallyport: ${notice.rule} (${notice.operator} on ${notice.target})`,
        messageId: `<${notice.id}@sallyport>`,
        text: [
          notice.text,
          '',
          `Rule:     ${notice.rule}`,
          `Operator: ${notice.operator}`,
          `Target:   ${notice.target}, as ${notice.account}`,
          `Session:  ${notice.sessionId}`,
          `Time:     ${new Date(notice.atMs).toISOString()}`,
        ].join('\n'),
      });
    },
  };
}
