import {
  ALNUM,
  BASE64,
  BASE64_PARTS,
  DOTTED,
  HEX,
  HEX_GROUPS,
  PATH,
  TILDE,
  UNPADDED,
  UPPER,
  URL64,
  WORD,
} from './secret-alphabets.ts';
import { endsInBase62Crc } from './secret-checksums.ts';
import type { SecretFamily } from './secret-rule.ts';

/** Clouds, hosting and content delivery. */
export const CLOUD = [
  {
    source: 'AWS IAM user guide, "Unique identifiers"; guides of Bedrock, Amazon MWS, Login with Amazon',
    rules: [
      ['aws-access-key', 'AKIA ASIA ABIA ACCA AGPA AIDA AROA', UPPER, 16, 16, { entropy: 2.5 }],
      ['aws-session-token', 'IQoJb3JpZ2lu FwoGZXIvYXdz FQoGZXIvYXdz FQoDYXdz', BASE64, 40, 4096],
      ['aws-bedrock-key', 'ABSK', BASE64, 100, 280, { entropy: 3.5 }],
      ['aws-bedrock-short-key', 'bedrock-api-key-', BASE64, 40, 4096],
      ['amazon-mws-token', 'amzn.mws.', HEX_GROUPS, 36, 36],
      ['amazon-oauth-secret', 'amzn1.oa2-cs.v1.', HEX, 40, 80],
    ],
  },
  {
    source:
      'Google Cloud documentation: API keys, OAuth 2.0, HMAC keys of Cloud Storage; Firebase Cloud Messaging',
    rules: [
      ['gcp-api-key', 'AIza', URL64, 35, 35],
      ['gcp-oauth-secret', 'GOCSPX-', URL64, 20, 40],
      ['gcp-oauth-token', 'ya29.', DOTTED, 20, 2048],
      ['gcp-oauth-code', '4/0A', URL64, 24, 120],
      ['gcp-hmac-key', 'GOOG1E', UPPER, 55, 57],
      ['firebase-token', ':APA91b', URL64, 120, 200, { head: { body: URL64, min: 11, max: 40 } }],
    ],
  },
  {
    source:
      'Microsoft Learn: connection strings and keys of Storage, Service Bus and Container Registry; SAS; Entra ID',
    rules: [
      ['azure-storage', 'AccountKey=', BASE64, 40, 100],
      ['azure-shared-access', 'SharedAccessKey= SharedAccessSignature=', BASE64_PARTS, 30, 400],
      ['azure-sas', 'sig=', BASE64_PARTS, 40, 90],
      [
        'azure-client-secret',
        '~',
        TILDE,
        31,
        34,
        { entropy: 3.5, isExact: true, head: { body: TILDE, min: 5, max: 5, shape: /^.{3}\dQ$/ } },
      ],
      [
        'azure-storage-key',
        '+ASt',
        BASE64,
        8,
        10,
        { entropy: 1.5, isExact: true, head: { body: UNPADDED, min: 70, max: 76 } },
      ],
      ['azure-registry-key', '+ACR', ALNUM, 6, 6, { entropy: 1, head: { body: UNPADDED, min: 42, max: 42 } }],
    ],
  },
  {
    source:
      'DigitalOcean API reference; Linode, UpCloud and Exoscale documentation; Backblaze B2 application keys',
    rules: [
      ['digitalocean-token', 'dop_v1_ doo_v1_ dor_v1_', HEX, 40, 80],
      ['digitalocean-spaces-key', 'DO00', UPPER, 16, 16],
      ['upcloud-token', 'ucat_', WORD, 20, 60],
      ['exoscale-key', 'EXO', HEX, 24, 24],
      ['scaleway-key', 'SCW', UPPER, 17, 17],
      ['backblaze-key', 'K001 K002 K003 K004 K005', BASE64, 27, 27, { entropy: 3.5 }],
    ],
  },
  {
    source:
      'Alibaba Cloud RAM, "AccessKey pair"; Tencent Cloud CAM; Volcengine; Baidu AI Cloud; Yandex Cloud IAM and Yandex ID',
    rules: [
      ['alibaba-key', 'LTAI', ALNUM, 12, 26],
      ['alibaba-sts-key', 'STS.', ALNUM, 20, 40],
      ['tencent-key', 'AKID', ALNUM, 32, 32],
      ['volcengine-key', 'AKLT', ALNUM, 40, 46],
      ['baidu-key', 'bce-v3/ALTAK-', PATH, 40, 90],
      ['yandex-key', 'AQVN', URL64, 35, 45],
      ['yandex-static-key', 'YCM YCN YCO YCP', URL64, 37, 37, { entropy: 3.5 }],
      ['yandex-iam-token', 't1.', DOTTED, 90, 400, { shape: /^[\w-]+\.[\w-]{80,}$/ }],
      ['yandex-oauth-token', 'y0_ y1_ y2_ y3_', URL64, 40, 80],
    ],
  },
  {
    source:
      'Cloudflare docs, "API token formats" and "Origin CA keys"; Fastly, Akamai EdgeGrid documentation',
    rules: [
      ['cloudflare-token', 'cfut_ cfat_ cfk_', ALNUM, 40, 64],
      ['cloudflare-origin-key', 'v1.0-', HEX_GROUPS, 100, 200],
      ['fastly-key', 'fastly_', URL64, 32, 32],
      ['akamai-key', 'akab-', URL64, 30, 40],
    ],
  },
  {
    source:
      'Vercel changelog, "New token formats"; Netlify, Render, Heroku, Fly.io, Scalingo, Deno Deploy documentation',
    rules: [
      ['vercel-token', 'vcp_ vci_ vca_ vcr_ vck_', URL64, 24, 80, { checksum: endsInBase62Crc }],
      ['vercel-blob-token', 'vercel_blob_rw_', WORD, 30, 80],
      ['netlify-token', 'nfp_ nfc_ nfo_ nfu_', ALNUM, 30, 64],
      ['render-key', 'rnd_', ALNUM, 24, 40],
      ['heroku-key', 'HRKU-', URL64, 30, 80],
      ['flyio-token', 'fo1_ fm1r_ fm1a_ fm2_', BASE64, 40, 2048],
      ['scalingo-token', 'tk-us-', URL64, 40, 60],
      ['deno-token', 'ddp_ ddw_ ddo_', ALNUM, 30, 48],
    ],
  },
] satisfies readonly SecretFamily[];
