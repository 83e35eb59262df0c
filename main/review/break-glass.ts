import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { combine, split } from 'shamir-secret-sharing';
import { z } from 'zod';
import { SallyportError } from '../../contract/errors.ts';

/** Two people, whoever they are: one alone opens nothing. */
export const CUSTODIANS_NEEDED = 2;
/** Shamir's scheme over GF(2^8) has 255 shares; nobody keeps more than these in order. */
const MAX_CUSTODIANS = 20;

/** What is inside of a share file, sealed to its custodian. The share alone says nothing of the identity. */
const Share = z.strictObject({
  version: z.literal(1),
  /** the break-glass recipient that recordings are sealed to */
  breakGlass: z.string(),
  /** whose share it is: an age recipient */
  custodian: z.string(),
  share: z.base64(),
});
type Share = z.infer<typeof Share>;

export interface BreakGlassKey {
  readonly recipient: string;
  /** age files, one for each custodian, in their order */
  readonly shares: readonly Uint8Array[];
}

/**
 * Makes a break-glass key and forgets its identity: any two of the shares bring it back. Throws `bad-input` for fewer than two custodians, for
 * one that is named twice (who would hold two shares alone), or that is no recipient.
 */
export async function createBreakGlassKey(custodians: readonly string[]): Promise<BreakGlassKey> {
  if (custodians.length < CUSTODIANS_NEEDED || custodians.length > MAX_CUSTODIANS)
    throw new SallyportError(
      'bad-input',
      `A break-glass key has 2 to ${MAX_CUSTODIANS} custodians; name each with --custodian.`,
    );
  if (new Set(custodians).size < custodians.length)
    throw new SallyportError(
      'bad-input',
      'A custodian is named twice, and could open everything alone. Name different people.',
    );
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const parts = await split(new TextEncoder().encode(identity), custodians.length, CUSTODIANS_NEEDED);
  const shares = await Promise.all(
    custodians.map((custodian, i) =>
      sealShare(
        {
          version: 1,
          breakGlass: recipient,
          custodian,
          share: Buffer.from(parts[i] ?? []).toString('base64'),
        },
        custodian,
      ),
    ),
  );
  return { recipient, shares };
}

/** Opens one's own share and seals it to the one who needs two: it travels to nobody else. Throws as `openShare`. */
export async function passShare(sealed: Uint8Array, identity: string, to: string): Promise<Uint8Array> {
  return sealShare(await openShare(sealed, identity), to);
}

export interface OpenedBreakGlass {
  readonly recipient: string;
  readonly identity: string;
  readonly custodians: readonly string[];
}

/**
 * Puts the identity together from two shares that are sealed to the one who asks. `announce` comes first, and where it throws nothing is put together.
 * Throws `bad-input` for shares of different keys, of one custodian, or that do not make the identity of their recipient.
 */
export async function unlockBreakGlass(
  sealed: readonly Uint8Array[],
  identity: string,
  announce: (what: { readonly recipient: string; readonly custodians: string[] }) => Promise<unknown>,
): Promise<OpenedBreakGlass> {
  const shares = await Promise.all(sealed.map(each => openShare(each, identity)));
  const custodians = [...new Set(shares.map(({ custodian }) => custodian))];
  const [recipient = '', ...others] = new Set(shares.map(({ breakGlass }) => breakGlass));
  if (others.length > 0)
    throw new SallyportError('bad-input', 'The shares are of different break-glass keys.');
  if (custodians.length < CUSTODIANS_NEEDED)
    throw new SallyportError(
      'bad-input',
      'It takes the shares of two custodians. Ask another one to pass theirs to you.',
    );
  await announce({ recipient, custodians });
  const found = await combine(shares.map(({ share }) => Uint8Array.from(Buffer.from(share, 'base64'))))
    .then(bytes => new TextDecoder().decode(bytes))
    .catch(() => '');
  const made = await identityToRecipient(found).catch(() => null);
  if (made !== recipient)
    throw new SallyportError('bad-input', 'The shares do not fit together: one of them is damaged.');
  return { recipient, identity: found, custodians };
}

async function sealShare(share: Share, to: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(to);
  } catch (cause) {
    throw new SallyportError('bad-input', `"${to.slice(0, 80)}" is no age recipient ("age1…").`, { cause });
  }
  return encrypter.encrypt(JSON.stringify(share));
}

/** Throws `recording-unreadable` where the share is sealed to somebody else, `bad-input` where it is none. */
async function openShare(sealed: Uint8Array, identity: string): Promise<Share> {
  const decrypter = new Decrypter();
  for (const each of identity.split('\n')) decrypter.addIdentity(each);
  const text = await decrypter.decrypt(sealed, 'text').catch((cause: unknown) => {
    throw new SallyportError(
      'recording-unreadable',
      'The share is sealed to somebody else. Its custodian has to pass it to you first: "sallyport keys break-glass pass".',
      { cause },
    );
  });
  const share = Share.safeParse(parseJson(text));
  if (share.success) return share.data;
  throw new SallyportError('bad-input', 'The file is no share of a break-glass key.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
