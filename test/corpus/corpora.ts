import { existsSync, readFileSync } from 'node:fs';
import type { Entity } from '../../contract/redaction.ts';
import { createLineDetector } from '../../core/redaction/detect/create-line-detector.ts';
import type { LineDetector } from '../../core/redaction/line-detector.ts';
import { DEFAULT_POLICY } from '../../core/redaction/policy.ts';
import type { TextFinding } from '../../core/redaction/scan-text.ts';
import { createTextScanner } from '../../core/redaction/scan-text.ts';

/** Public test data beside the repository; not part of it. `SALLYPORT_CORPORA` names another folder. */
const FOLDER =
  process.env['SALLYPORT_CORPORA'] ?? new URL('../../../shared/corpora', import.meta.url).pathname;

export interface Span {
  readonly entity: string;
  /** In code points. */
  readonly start: number;
  readonly end: number;
  readonly score_min?: number | null;
}

export interface Case {
  readonly text: string;
  readonly spans: readonly Span[];
  readonly entity?: string;
  readonly kind?: string;
  /** How many findings are expected; 0 for a text that must be left alone. */
  readonly n?: number | null;
  /** Of `validate` cases: whether the whole text is a value; null where the recogniser leaves it open. */
  readonly valid?: boolean | null;
}

/** Null where the corpus is not on this machine. */
export function readCorpus(name: string): readonly Case[] | null {
  const path = `${FOLDER}/${name}`;
  if (!existsSync(path)) return null;
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map(line => {
    const parsed = JSON.parse(line) as Partial<Case> & { text: string };
    return { ...parsed, spans: parsed.spans ?? [] };
  });
}

/** What the corpora call our entities; absent ones (organisations, places, ages, dates, URLs) are out of scope. */
export const OURS: Readonly<Record<string, readonly Entity[]>> = {
  EMAIL_ADDRESS: ['email'],
  PHONE_NUMBER: ['phone'],
  PH_MOBILE_NUMBER: ['phone'],
  TR_PHONE_NUMBER: ['phone'],
  CREDIT_CARD: ['card'],
  IBAN_CODE: ['iban'],
  US_BANK_NUMBER: ['bank-account'],
  ABA_ROUTING_NUMBER: ['bank-account'],
  US_SSN: ['ssn'],
  US_ITIN: ['ssn'],
  IP_ADDRESS: ['ip'],
  MAC_ADDRESS: ['mac'],
  CRYPTO: ['crypto-wallet'],
  PERSON: ['person'],
  STREET_ADDRESS: ['address'],
  ZIP_CODE: ['address'],
  UK_POSTCODE: ['address'],
  DE_PLZ: ['address'],
  US_DRIVER_LICENSE: ['driving-licence'],
  UK_DRIVING_LICENCE: ['driving-licence'],
  DE_FUEHRERSCHEIN: ['driving-licence'],
  IT_DRIVER_LICENSE: ['driving-licence'],
  KR_DRIVER_LICENSE: ['driving-licence'],
  US_PASSPORT: ['passport'],
  UK_PASSPORT: ['passport'],
  IN_PASSPORT: ['passport'],
  ES_PASSPORT: ['passport'],
  IT_PASSPORT: ['passport'],
  KR_PASSPORT: ['passport'],
  DE_PASSPORT: ['passport'],
  DE_KFZ: ['vehicle-plate'],
  IN_VEHICLE_REGISTRATION: ['vehicle-plate'],
  NG_VEHICLE_REGISTRATION: ['vehicle-plate'],
  TR_LICENSE_PLATE: ['vehicle-plate'],
  UK_VEHICLE_REGISTRATION: ['vehicle-plate'],
  US_MBI: ['health'],
  ...Object.fromEntries(
    'AU_ABN AU_ACN AU_MEDICARE AU_TFN CA_SIN DE_HEALTH_INSURANCE DE_HANDELSREGISTER DE_ID_CARD DE_LANR DE_BSNR DE_SOCIAL_SECURITY DE_TAX_ID DE_TAX_NUMBER DE_VAT_ID ES_NIE ES_NIF FI_PERSONAL_IDENTITY_CODE FIN IN_AADHAAR IN_GSTIN IN_PAN IN_VOTER IT_FISCAL_CODE IT_IDENTITY_CARD IT_VAT_CODE KR_BRN KR_FRN KR_RRN MEDICAL_LICENSE NG_NIN PH_TIN PL_PESEL SE_ORGANISATIONSNUMMER SE_PERSONNUMMER SG_NRIC_FIN SG_UEN TH_TNIN TR_NATIONAL_ID UK_NHS UK_NINO US_NPI ZA_ID_NUMBER'
      .split(' ')
      .map(name => [name, ['national-id'] as const]),
  ),
};

/** What reads the texts: as the redactor does; private addresses count, as the corpora count them. */
export const corpusDetector = (minScore = 0.5): LineDetector =>
  createLineDetector({ ...DEFAULT_POLICY, privateIps: true }, { minScore });

/** What reads the project's own vectors: the policy as it ships. */
export const productDetector = (minScore = 0.5): LineDetector =>
  createLineDetector(DEFAULT_POLICY, { minScore });

/** Findings of a text; the detector is left as it was. */
export function findingsOf(text: string, detector: LineDetector): readonly TextFinding[] {
  const scanner = createTextScanner({ detector: detector.fork() });
  return [...scanner.feed(text), ...scanner.end()];
}

/** All letters and digits of the span are masked, whatever the findings are called. */
export function isCovered(text: string, span: Span, findings: readonly TextFinding[]): boolean {
  const chars = [...text];
  for (let at = span.start; at < span.end; at++) {
    const isMasked = findings.some(finding => finding.start <= at && finding.end > at);
    if (!isMasked && /[\p{L}\p{N}]/u.test(chars[at] ?? '')) return false;
  }
  return true;
}
