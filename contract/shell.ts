import { z } from 'zod';
import { LinkView } from './link.ts';

/** What only one shell can do; what a shell lacks is named here and shown to the user. */
export const ShellCapability = z.enum([
  'safe-storage',
  'power-monitor',
  'content-protection',
  'menus',
  'deep-links',
  'single-instance',
]);
export type ShellCapability = z.infer<typeof ShellCapability>;
export const ShellFacts = z.object({
  kind: z.enum(['desktop', 'web']),
  lacks: z.array(z.object({ capability: ShellCapability, meaning: z.string() })),
});
export type ShellFacts = z.infer<typeof ShellFacts>;

export const ShellNotification = z.strictObject({
  title: z.string().min(1).max(200),
  body: z.string().max(500),
  /** where a click on it leads */
  link: LinkView,
});
export type ShellNotification = z.infer<typeof ShellNotification>;
