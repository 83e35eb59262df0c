import { z } from 'zod';

/** What the server may give to accounts on a MariaDB: nothing with which one could leave something behind that acts later. */
export const MariadbPrivilege = z.enum([
  'SELECT',
  'INSERT',
  'UPDATE',
  'DELETE',
  'CREATE',
  'ALTER',
  'DROP',
  'INDEX',
  'REFERENCES',
  'CREATE TEMPORARY TABLES',
  'LOCK TABLES',
  'SHOW VIEW',
  'EXECUTE',
]);
export type MariadbPrivilege = z.infer<typeof MariadbPrivilege>;

/** What a session may do beside its terminal; nothing unless the target says so. */
export const SshPermit = z.enum(['port-forwarding', 'agent-forwarding', 'X11-forwarding']);
export type SshPermit = z.infer<typeof SshPermit>;

/** Credential that the server keeps for a target; never leaves it but as a short-lived one for a session host. */
export const TargetSecret = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** a certificate per session, which ends with the grant (OpenSSH, PROTOCOL.certkeys: critical options and extensions) */
  z.strictObject({
    kind: z.literal('ssh-ca'),
    /** addresses or CIDR networks from which the certificate is taken */
    sourceAddresses: z
      .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))
      .min(1)
      .max(50)
      .optional(),
    /** what runs in place of a shell or a command, whatever was asked for */
    forceCommand: z
      .string()
      .regex(/^[^\0\r\n]{1,500}$/, 'must be one line')
      .optional(),
    permit: z.array(SshPermit).max(3).optional(),
  }),
  z.strictObject({ kind: z.literal('password'), username: z.string(), password: z.string() }),
  /** an administrator login with which the server makes a role per grant (`VALID UNTIL` its end) */
  z.strictObject({
    kind: z.literal('postgres-admin'),
    username: z.string(),
    password: z.string(),
    memberOf: z.array(z.string()).max(20),
  }),
  /** an administrator login with which the server makes an account per grant, with these privileges on the target's database */
  z.strictObject({
    kind: z.literal('mariadb-admin'),
    username: z.string(),
    password: z.string(),
    privileges: z.array(MariadbPrivilege).min(1).max(20),
  }),
]);
export type TargetSecret = z.infer<typeof TargetSecret>;
