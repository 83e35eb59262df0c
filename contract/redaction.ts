import { z } from 'zod';

/**
 * What the redactor can find. Names are stable: they stand in policies, findings, markers and counters.
 * The detector of each says in its docstring where its rule comes from.
 */
export const ENTITIES = [
  'email',
  'phone',
  'card',
  'iban',
  'bank-account',
  'ssn',
  'national-id',
  'passport',
  'driving-licence',
  'date-of-birth',
  'ip',
  'mac',
  'geo',
  'person',
  'address',
  'vehicle-plate',
  'health',
  'crypto-wallet',
  'jwt',
  'private-key',
  'api-key',
  'password',
  'named-column',
] as const;

export const Entity = z.enum(ENTITIES);
export type Entity = z.infer<typeof Entity>;

/** `mask`: every character; `partial`: a recognisable rest stays; `token`: a keyed pseudonym; `allow`: shown; `block`: locks the session. */
export const RedactionAction = z.enum(['mask', 'partial', 'token', 'allow', 'block']);
export type RedactionAction = z.infer<typeof RedactionAction>;

/** Who shares a pseudonym: the values of one session, or those of every session of one server. */
export const TokenScope = z.enum(['session', 'organisation']);
export type TokenScope = z.infer<typeof TokenScope>;

const MAX_LISTED = 1000;
const EmailDomain = z
  .string()
  .max(253)
  .regex(
    /^(?:\*\.)?[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u,
    'must be a domain such as "example.com", or "*.example.com" for every domain under it',
  );
const Network = z
  .union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()], {
    error: 'must be an address or a CIDR range such as "192.0.2.0/24" or "2001:db8::/32"',
  })
  .describe('an address or a CIDR range');
/** `*` stands for any characters. Four others are the least: a shorter pattern would show nearly everything. */
const AllowPattern = z
  .string()
  .max(256)
  .refine(
    pattern => [...pattern].filter(c => c !== '*' && c !== ' ').length >= 4,
    'must have at least four characters besides "*"',
  )
  .refine(pattern => pattern.split('*').length <= 9, 'may have at most eight "*"');

/**
 * A redaction policy. `default` acts for an entity that `entities` does not name.
 * `columns` are further column or key names (case-insensitive, `_`, `-` and spaces alike) whose whole value is hidden.
 * `privateIps` says whether private and loopback ranges count as `ip`. `tokenScope` says how far the pseudonyms of `token` can be
 * compared.
 *
 * Never hidden, whatever finds it: `allowValues`, literal values (separators and case aside, outside secrets);
 * `allowEmailDomains`, e-mail addresses at `example.com`, or `*.example.com` for every domain under it; `allowNetworks`, IP addresses
 * in these CIDR ranges; `allowPatterns`, whole values with `*` for any characters, case-insensitive.
 */
export const RedactionPolicy = z.strictObject({
  name: z.string().min(1).max(80).default('policy'),
  default: RedactionAction.default('mask'),
  entities: z.partialRecord(Entity, RedactionAction).default({}),
  columns: z.array(z.string().min(1).max(128)).max(MAX_LISTED).default([]),
  allowValues: z.array(z.string().min(1).max(256)).max(MAX_LISTED).default([]),
  allowEmailDomains: z.array(EmailDomain).max(MAX_LISTED).default([]),
  allowNetworks: z.array(Network).max(MAX_LISTED).default([]),
  allowPatterns: z.array(AllowPattern).max(100).default([]),
  privateIps: z.boolean().default(false),
  tokenScope: TokenScope.default('session'),
});
export type RedactionPolicy = z.infer<typeof RedactionPolicy>;

/** A found value, without the value. `start`/`end`: UTF-16 offsets into the text that was looked at, end exclusive. */
export interface Finding {
  readonly entity: Entity;
  readonly start: number;
  readonly end: number;
  /** 0..1 */
  readonly score: number;
  /** Stable name of the rule that found it, e.g. `card.luhn`, `column.name`. */
  readonly rule: string;
  /** Words for "why was this masked?", e.g. `checksum passes`, `column "ssn"`. Never the value. */
  readonly evidence: readonly string[];
}

/** Bounds of what a mark says about its evidence. */
export const MAX_EVIDENCE = 6;
export const MAX_EVIDENCE_LENGTH = 120;

/** One masked value, as it is counted and marked in a recording: never the value itself. */
export const MaskMark = z.object({
  entity: Entity,
  rule: z.string().max(80),
  action: RedactionAction,
  score: z.number(),
  /** width of the mask in terminal cells */
  cells: z.int().nonnegative(),
  /** words for "why was this masked?" as in `Finding`, shortened; never the value. Absent in recordings of older versions. */
  evidence: z.array(z.string().max(MAX_EVIDENCE_LENGTH)).max(MAX_EVIDENCE).optional(),
  /** the keyed pseudonym, only where the action is `token` */
  token: z.string().max(64).optional(),
});
export type MaskMark = z.infer<typeof MaskMark>;

/** How many values were masked, by entity; entities with none are absent. */
export const MaskCounts = z.partialRecord(Entity, z.int().nonnegative());
export type MaskCounts = z.infer<typeof MaskCounts>;

/** Masks of one session that were made for the same reason: what "why was this masked?" lists. `evidence` and `score`: of the last one. */
export const MaskReason = MaskMark.pick({
  entity: true,
  rule: true,
  action: true,
  score: true,
  evidence: true,
}).extend({
  count: z.int().positive(),
});
export type MaskReason = z.infer<typeof MaskReason>;
/** A session keeps the reasons that it saw last, at most so many. */
export const MAX_MASK_REASONS = 60;
