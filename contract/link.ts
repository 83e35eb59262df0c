import { z } from 'zod';

/** Views that a link can lead to by their name alone. */
export const LINK_PLACES = [
  'launcher',
  'approvals',
  'recordings',
  'keys',
  'audit',
  'insights',
  'admin',
  'settings',
] as const;

const Id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** Where a `sallyport://` link or a notification leads. It only shows a view: it opens no session and sends no request. */
export const LinkView = z.discriminatedUnion('view', [
  z.strictObject({ view: z.literal('request'), id: Id }),
  z.strictObject({ view: z.literal('session'), id: Id }),
  /** `atMs`: the moment, milliseconds since its start */
  z.strictObject({ view: z.literal('recording'), id: Id, atMs: z.number().nonnegative().optional() }),
  z.strictObject({ view: z.literal('place'), place: z.enum(LINK_PLACES) }),
  /** the form for a new request, with the target chosen; the person still fills in the rest and sends it */
  z.strictObject({ view: z.literal('new-request'), targetId: Id }),
]);
export type LinkView = z.infer<typeof LinkView>;
