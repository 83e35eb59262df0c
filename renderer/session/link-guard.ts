import { t } from '../texts/t.ts';

/** What a link in the terminal leads to, as a person is asked about it; or why it is none. */
export type LinkVerdict =
  | {
      readonly kind: 'ask';
      /** as a browser understands it: names of other scripts in their ASCII form, so that no letter passes for another */
      readonly address: string;
      readonly host: string;
      /** what the terminal shows in its place, where that is not the address */
      readonly shownAs: string | null;
      readonly warnings: readonly LinkWarning[];
    }
  | { readonly kind: 'refuse'; readonly message: string };

/** `international-name`: letters of other scripts may pass for ASCII ones; `login-in-address`: what stands before the @ is no host. */
export type LinkWarning = 'international-name' | 'login-in-address' | 'unencrypted';

/** The glyphs of masks (core/redaction/mask.ts), and each as an address writes it. */
const MASKS = /[\u2022\uff0a*]|%e2%80%a2|%ef%bc%8a|%2a/i;

/**
 * Addresses in plain text: to the next blank, quote or bracket, without the punctuation of the sentence. None where a part of it is
 * masked: it would lead elsewhere, and tell that place what is left of a value.
 */
export const WEB_ADDRESS =
  /https?:\/\/(?![^\s"'`<>]*[\u2022\uff0a*])[^\s"'`<>(){}|\\^]*[^\s"'`<>(){}|\\^:,.;!?[\]~]/i;

/** @param shown the text that stands for it in the terminal */
export function judgeLink(uri: string, shown: string): LinkVerdict {
  if (MASKS.test(uri)) return { kind: 'refuse', message: t.terminal.maskedLink };
  if (!URL.canParse(uri)) return { kind: 'refuse', message: t.terminal.noAddress };
  const url = new URL(uri);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return {
      kind: 'refuse',
      message: t.terminal.noWebAddress(url.protocol),
    };
  }
  const warnings: LinkWarning[] = [];
  if (url.username !== '' || url.password !== '') warnings.push('login-in-address');
  if (/(?:^|\.)xn--/.test(url.hostname)) warnings.push('international-name');
  if (url.protocol === 'http:') warnings.push('unencrypted');
  const text = shown.trim();
  const isSame = text === uri || text === url.href || text === '' || uri.startsWith(text);
  return { kind: 'ask', address: url.href, host: url.host, shownAs: isSame ? null : text, warnings };
}
