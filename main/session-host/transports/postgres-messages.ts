/** Messages of the PostgreSQL frontend/backend protocol 3 (documentation, chapter "Message Formats"). */

export const CANCEL_REQUEST_CODE = 80877102;
export const SSL_REQUEST_CODE = 80877103;
export const GSS_REQUEST_CODE = 80877104;
export const PROTOCOL_3_0 = 196608;
/** A start-up packet is bounded by the server itself (MAX_STARTUP_PACKET_LENGTH). */
export const MAX_STARTUP_BYTES = 10_000;

export interface BackendMessage {
  /** one letter, the type byte */
  readonly type: string;
  readonly body: Buffer;
}

/** A start-up message: protocol version, then pairs of name and value. */
export function startupMessage(protocol: number, parameters: Readonly<Record<string, string>>): Buffer {
  const pairs = Object.entries(parameters).flatMap(([name, value]) => [name, value]);
  const body = Buffer.from([...pairs.map(text => `${text}\0`), '\0'].join(''));
  const head = Buffer.alloc(8);
  head.writeInt32BE(body.length + 8, 0);
  head.writeInt32BE(protocol, 4);
  return Buffer.concat([head, body]);
}

/** The pairs of a start-up message, from the bytes after the protocol version. */
export function readParameters(bytes: Buffer): Record<string, string> {
  const texts = bytes.toString('utf8').split('\0');
  const parameters: Record<string, string> = {};
  for (let i = 0; i + 1 < texts.length && texts[i] !== ''; i += 2) {
    parameters[texts[i] ?? ''] = texts[i + 1] ?? '';
  }
  return parameters;
}

/** Length and code without a type byte: SSLRequest and CancelRequest. */
export function requestMessage(code: number, body: Uint8Array = new Uint8Array()): Buffer {
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + body.length, 0);
  head.writeInt32BE(code, 4);
  return Buffer.concat([head, body]);
}

/** A message with its type byte. */
export function typedMessage(type: string, body: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** The password answer to any of the authentication requests. */
export function passwordMessage(body: Uint8Array | string): Buffer {
  return typedMessage('p', typeof body === 'string' ? Buffer.from(`${body}\0`) : body);
}

/** A fatal error as psql shows it. */
export function errorMessage(sqlState: string, text: string): Buffer {
  return typedMessage('E', Buffer.from(`SFATAL\0VFATAL\0C${sqlState}\0M${text}\0\0`));
}

/** An error of one statement, after which the connection goes on. */
export function statementErrorMessage(sqlState: string, text: string): Buffer {
  return typedMessage('E', Buffer.from(`SERROR\0VERROR\0C${sqlState}\0M${text}\0\0`));
}

/** The fields of an ErrorResponse by their letter. */
export function readErrorFields(body: Buffer): ReadonlyMap<string, string> {
  return new Map(
    body
      .toString('utf8')
      .split('\0')
      .filter(field => field !== '')
      .map(field => [field.slice(0, 1), field.slice(1)]),
  );
}
