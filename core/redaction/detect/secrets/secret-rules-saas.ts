import {
  ALNUM,
  BASE64,
  BASE64_PARTS,
  DOTTED,
  HEX,
  HEX_GROUPS,
  UPPER,
  UPPER_GROUPS,
  URL64,
  WORD,
} from './secret-alphabets.ts';
import type { SecretFamily } from './secret-rule.ts';

/** Offices, documents, design, identity, vaults of passwords. */
export const SERVICES = [
  {
    source: 'Linear, Notion, Airtable, Figma, Postman, ClickUp documentation of tokens',
    rules: [
      ['linear-key', 'lin_api_ lin_oauth_ lin_wh_', ALNUM, 32, 64],
      ['notion-key', 'ntn_', ALNUM, 40, 50],
      ['notion-legacy-key', 'secret_', ALNUM, 40, 50, { entropy: 3.5 }],
      ['airtable-token', 'pat', DOTTED, 79, 79, { shape: /^[A-Za-z0-9]{14}\.[0-9a-f]{64}$/ }],
      ['figma-token', 'figd_ figp_ figo_ figu_ figoh_', BASE64, 30, 64],
      ['postman-key', 'PMAK- PMAT-', HEX_GROUPS, 26, 70],
      ['clickup-key', 'pk_', WORD, 36, 45, { shape: /^\d{5,9}_[A-Z0-9]{32}$/ }],
    ],
  },
  {
    source:
      'Contentful, Mapbox, Dropbox, Adobe, Adafruit IO, Voiceflow, Cal.com, n8n, Inngest, Trigger.dev documentation',
    rules: [
      ['contentful-token', 'CFPAT-', URL64, 40, 50],
      ['mapbox-secret', 'sk.eyJ', BASE64_PARTS, 50, 240],
      ['mapbox-temporary-token', 'tk.eyJ', BASE64_PARTS, 50, 400],
      ['dropbox-token', 'sl.u. sl.', URL64, 100, 1600],
      ['adobe-secret', 'p8e- p8-', URL64, 32, 40, { shape: /\d/ }],
      ['adafruit-key', 'aio_', ALNUM, 28, 28],
      ['voiceflow-key', 'VF.', DOTTED, 41, 48, { shape: /^(?:(?:DM|WS)\.)?[0-9a-fA-F]{24}\./ }],
      ['calcom-key', 'cal_live_ cal_test_', HEX, 32, 64],
      ['n8n-key', 'n8n_api_', URL64, 30, 80],
      ['inngest-key', 'signkey-prod- signkey-test- signkey-branch-', HEX, 32, 64],
      ['triggerdev-key', 'tr_prod_ tr_dev_ tr_stg_ tr_pat_', ALNUM, 18, 48],
      ['svix-key', 'testsk_', BASE64, 24, 80],
    ],
  },
  {
    source:
      '1Password, "Secret Key" and service accounts; Bitwarden; Dashlane; Nightfall; Authress; Clerk; Unkey; age (C2SP)',
    rules: [
      ['onepassword-key', 'ops_eyJ', BASE64, 100, 2048],
      [
        'onepassword-secret-key',
        'A3-',
        UPPER_GROUPS,
        30,
        40,
        { shape: /^[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}$/ },
      ],
      ['dashlane-key', 'dls_', WORD, 40, 120],
      ['nightfall-key', 'NF-', ALNUM, 32, 32, { entropy: 3.5 }],
      ['authress-key', 'authress_ scauth_', BASE64_PARTS, 50, 200],
      ['unkey-key', 'unkey_', URL64, 20, 48],
      ['age-identity', 'AGE-SECRET-KEY-1 AGE-SECRET-KEY-PQ-1', UPPER, 50, 70],
    ],
  },
  {
    source: 'Ubidots, Wix documentation',
    rules: [
      ['ubidots-key', 'BBFF- BBUS-', ALNUM, 30, 40],
      ['wix-key', 'IST.', DOTTED, 100, 1200],
    ],
  },
] satisfies readonly SecretFamily[];
