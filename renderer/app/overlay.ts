/** What lies over the views and is opened from anywhere; one at a time. */
export type Overlay =
  | { readonly kind: 'palette' }
  | { readonly kind: 'shortcuts' }
  /** `targetId`: chosen already */
  | { readonly kind: 'request'; readonly targetId?: string };
