import { describe, expect, it } from 'vitest';
import { readS3Settings } from './s3-settings.ts';

const KEYS = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };

describe('the bucket in the environment', () => {
  it('is none where none is named', () => {
    expect(readS3Settings({})).toBeNull();
    expect(readS3Settings({ ...KEYS, SALLYPORT_S3_BUCKET: '' })).toBeNull();
  });

  it('is read with its defaults', () => {
    expect(readS3Settings({ SALLYPORT_S3_BUCKET: 'tapes' })).toEqual({
      bucket: 'tapes',
      endpoint: null,
      region: 'us-east-1',
      prefix: 'recordings/',
      credentials: null,
    });
    const all = {
      ...KEYS,
      SALLYPORT_S3_BUCKET: 'tapes',
      SALLYPORT_S3_ENDPOINT: 'https://s3.example.com',
      SALLYPORT_S3_REGION: 'eu-central-1',
      SALLYPORT_S3_PREFIX: 'a/b/',
      AWS_SESSION_TOKEN: 'token',
    };
    expect(readS3Settings(all)).toEqual({
      bucket: 'tapes',
      endpoint: 'https://s3.example.com',
      region: 'eu-central-1',
      prefix: 'a/b/',
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: 'token' },
    });
  });

  it.each([
    ['SALLYPORT_S3_BUCKET', { SALLYPORT_S3_ENDPOINT: 'https://s3.example.com' }],
    ['SALLYPORT_S3_BUCKET', { SALLYPORT_S3_BUCKET: 'Not A Bucket' }],
    ['SALLYPORT_S3_ENDPOINT', { SALLYPORT_S3_BUCKET: 'tapes', SALLYPORT_S3_ENDPOINT: 's3.example.com' }],
    ['SALLYPORT_S3_PREFIX', { SALLYPORT_S3_BUCKET: 'tapes', SALLYPORT_S3_PREFIX: 'no-end' }],
    ['AWS_SECRET_ACCESS_KEY', { SALLYPORT_S3_BUCKET: 'tapes', AWS_ACCESS_KEY_ID: 'id' }],
    ['AWS_ACCESS_KEY_ID', { SALLYPORT_S3_BUCKET: 'tapes', AWS_SECRET_ACCESS_KEY: 'secret' }],
  ])('names %s where it is wrong', (key, environment) => {
    expect(() => readS3Settings(environment)).toThrow(new RegExp(`^${key} in the environment`));
  });
});
