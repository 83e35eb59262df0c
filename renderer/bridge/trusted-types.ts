/** What Chromium has of Trusted Types (https://www.w3.org/TR/trusted-types/), as far as it is needed here. */
interface TrustedTypePolicyFactory {
  createPolicy(name: 'default', rules: { createHTML(text: string): string | null }): unknown;
}

/**
 * Imported before everything else: the content security policy lets nothing become markup or script that did not go through this policy,
 * and it lets nothing through but the empty string (react-aria clears its live region with it). Null makes the browser refuse.
 */
export function refuseMarkup(page: { readonly trustedTypes?: TrustedTypePolicyFactory }): void {
  page.trustedTypes?.createPolicy('default', { createHTML: text => (text === '' ? '' : null) });
}

refuseMarkup(globalThis as { readonly trustedTypes?: TrustedTypePolicyFactory });
