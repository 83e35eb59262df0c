import type { ErrorCode } from '../../../contract/errors.ts';
import { EVENT_SEQUENCE_HEADER, EVENTS_PATH } from '../../../contract/server-routes.ts';
import type { JsonSchema } from './components.ts';

/** A route that speaks something else than JSON: the event stream and the bytes of recordings. */
export interface ByteRoute {
  readonly name: string;
  readonly method: 'get' | 'head' | 'patch' | 'post';
  readonly path: `/${string}`;
  readonly about: string;
  readonly refusals: readonly ErrorCode[];
  readonly parameters: readonly JsonSchema[];
  readonly requestBody?: JsonSchema;
  /** answers that are no problem, by status */
  readonly answers: Readonly<Record<string, JsonSchema>>;
}

const text = { type: 'string' };
const integer = { type: 'integer', minimum: 0 };
const header = (name: string, schema: JsonSchema, about: string) => ({
  name,
  in: 'header',
  required: true,
  description: about,
  schema,
});
const answerHeader = (schema: JsonSchema, about: string) => ({ description: about, schema });
const id = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'of the recording',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
};
const tusVersion = header('Tus-Resumable', { const: '1.0.0' }, 'version of the upload protocol (tus 1.0)');
const offset = answerHeader(integer, 'how many bytes are stored durably');
const receipt = answerHeader(
  text,
  'signed receipt of what is stored (compact JWS); absent before the first record',
);
const bytes = { schema: { type: 'string', contentEncoding: 'binary' } };

const upload = '/v1/recordings/upload';
const uploadRefusals: readonly ErrorCode[] = [
  'not-allowed',
  'not-found',
  'conflict',
  'recording-corrupt',
  'recording-deleted',
];

/** Every route that is not in SERVER_ROUTES. */
export const BYTE_ROUTES: readonly ByteRoute[] = [
  {
    name: 'followEvents',
    method: 'get',
    path: EVENTS_PATH,
    about:
      'Numbered events of the account as they happen, and leases in between. It ends when the device is revoked, the sign-in runs out or the server ends; resume with the number of the last event.',
    refusals: ['conflict'],
    parameters: [
      {
        name: 'after',
        in: 'query',
        required: false,
        description:
          'number of the last event that was taken in; without it the stream begins with what comes next',
        schema: integer,
      },
    ],
    answers: {
      '200': {
        description: 'server-sent events (WHATWG HTML, section 9.2): data is one JSON line, id the number',
        headers: {
          [EVENT_SEQUENCE_HEADER]: answerHeader(integer, 'the number that the stream begins after'),
        },
        content: { 'text/event-stream': { schema: text } },
      },
    },
  },
  {
    name: 'createUpload',
    method: 'post',
    path: upload,
    about:
      'Creates the upload of a recording (tus 1.0, creation with deferred length), by the device of its session.',
    refusals: uploadRefusals,
    parameters: [
      tusVersion,
      header('Upload-Metadata', text, '"recordingId" and the id in base64'),
      header('Upload-Defer-Length', { const: '1' }, 'the length is told with the last bytes'),
    ],
    answers: {
      '201': { description: 'created', headers: { Location: answerHeader(text, 'path of the upload') } },
    },
  },
  {
    name: 'readUpload',
    method: 'head',
    path: `${upload}/{id}`,
    about: 'How much of an upload is stored.',
    refusals: uploadRefusals,
    parameters: [id, tusVersion],
    answers: {
      '200': {
        description: 'there is such an upload',
        headers: { 'Upload-Offset': offset, 'sallyport-receipt': receipt },
      },
    },
  },
  {
    name: 'appendUpload',
    method: 'patch',
    path: `${upload}/{id}`,
    about: 'Appends to an upload. Every record is checked against the chain of those before it.',
    refusals: uploadRefusals,
    parameters: [
      id,
      tusVersion,
      header('Upload-Offset', integer, 'where the bytes begin: all that is stored'),
    ],
    requestBody: { required: true, content: { 'application/offset+octet-stream': bytes } },
    answers: {
      '204': {
        description: 'stored durably',
        headers: { 'Upload-Offset': offset, 'sallyport-receipt': receipt },
      },
    },
  },
  {
    name: 'readRecording',
    method: 'get',
    path: '/v1/recordings/{id}/content',
    about: 'The bytes of a recording, for its reviewers: ciphertext that only they can open.',
    refusals: ['not-allowed', 'not-found', 'recording-deleted'],
    parameters: [
      id,
      { ...header('Range', text, 'one range of bytes (RFC 9110, section 14)'), required: false },
    ],
    answers: {
      '200': { description: 'all of it', content: { 'application/octet-stream': bytes } },
      '206': { description: 'the range', content: { 'application/octet-stream': bytes } },
    },
  },
];
