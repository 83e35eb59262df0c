import { SallyportError } from '../../contract/errors.ts';

/** A bucket for recordings. */
export interface S3Settings {
  readonly bucket: string;
  /** null: Amazon's own */
  readonly endpoint: string | null;
  readonly region: string;
  /** of every key, ending in "/" or empty */
  readonly prefix: string;
  /** null: what the SDK finds by itself, such as the role of the machine */
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  } | null;
}

const PREFIX = 'recordings/';
export const S3_BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
export const S3_ENDPOINT = /^https?:\/\/[^/?#]+\/?$/;
export const S3_PREFIX = /^([\w.-]+\/)*$/;

/**
 * Reads the bucket from the environment: SALLYPORT_S3_BUCKET, SALLYPORT_S3_ENDPOINT, SALLYPORT_S3_REGION, SALLYPORT_S3_PREFIX and Amazon's own
 * names of credentials. Null where no bucket is named. Throws `bad-input` with the name of the key that is wrong.
 */
export function readS3Settings(environment: Readonly<Record<string, string | undefined>>): S3Settings | null {
  const read = (key: string) => (environment[key] === '' ? undefined : environment[key]);
  const bucket = read('SALLYPORT_S3_BUCKET');
  if (bucket === undefined) {
    const other = ['SALLYPORT_S3_ENDPOINT', 'SALLYPORT_S3_REGION', 'SALLYPORT_S3_PREFIX'].find(
      key => read(key) !== undefined,
    );
    if (other !== undefined)
      refuse('SALLYPORT_S3_BUCKET', `is missing, and ${other} is set. Name the bucket.`);
    return null;
  }
  if (!S3_BUCKET.test(bucket))
    refuse(
      'SALLYPORT_S3_BUCKET',
      `names no bucket: "${bucket}". It is 3 to 63 small letters, digits, "." and "-".`,
    );
  const endpoint = read('SALLYPORT_S3_ENDPOINT') ?? null;
  if (endpoint !== null && !S3_ENDPOINT.test(endpoint))
    refuse(
      'SALLYPORT_S3_ENDPOINT',
      `must be an address such as "https://s3.example.com", not "${endpoint}".`,
    );
  const prefix = read('SALLYPORT_S3_PREFIX') ?? PREFIX;
  if (!S3_PREFIX.test(prefix))
    refuse('SALLYPORT_S3_PREFIX', `must be folders that end in "/", such as "${PREFIX}", not "${prefix}".`);
  return {
    bucket,
    endpoint,
    region: read('SALLYPORT_S3_REGION') ?? 'us-east-1',
    prefix,
    credentials: readCredentials(read),
  };
}

function readCredentials(read: (key: string) => string | undefined): S3Settings['credentials'] {
  const accessKeyId = read('AWS_ACCESS_KEY_ID');
  const secretAccessKey = read('AWS_SECRET_ACCESS_KEY');
  const sessionToken = read('AWS_SESSION_TOKEN');
  if (accessKeyId === undefined && secretAccessKey === undefined) return null;
  if (accessKeyId === undefined)
    return refuse('AWS_ACCESS_KEY_ID', 'is missing, and AWS_SECRET_ACCESS_KEY is set.');
  if (secretAccessKey === undefined)
    return refuse('AWS_SECRET_ACCESS_KEY', 'is missing, and AWS_ACCESS_KEY_ID is set.');
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

function refuse(key: string, why: string): never {
  throw new SallyportError('bad-input', `${key} in the environment ${why}`);
}
