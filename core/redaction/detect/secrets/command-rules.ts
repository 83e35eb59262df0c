import type { Entity } from '../../../../contract/redaction.ts';

export interface CommandRule {
  readonly rule: string;
  /** The literals of the gate that call for it. */
  readonly literals: RegExp;
  /** What stands in front of the literal, where it must. */
  readonly before?: RegExp;
  /** Sticky at the end of the literal; group 1 is the value. */
  readonly pattern: RegExp;
  /** A password unless it says otherwise. */
  readonly entity?: Entity;
  /** Says by the value and its line whether it is one; always where there is none. */
  readonly accepts?: (value: string, line: string) => boolean;
  readonly evidence?: string;
}

/** From the manual pages of the programs: options that differ in a letter from one to the next. */
export const COMMAND_RULES: readonly CommandRule[] = [
  {
    rule: 'password.login-option',
    literals:
      /^(docker ?login|podman ?login|az ?login|oc ?login|helm ?registry ?login|cqlsh|rdesktop|mongo(dump|restore|export|import)|evil ?winrm)$/,
    pattern: /[^|;&\n]{0,300}?\s-p[ =]?([^\s'"-][^\s'"]*|'[^']*'|"[^"]*")/y,
  },
  {
    rule: 'password.capital-option',
    literals: /^(sqlcmd|bcp|ipmitool|mosquitto ?pub|mosquitto ?sub|unzip|ssh ?keygen)$/,
    pattern: /[^|;&\n]{0,300}?\s-P ?([^\s'"-][^\s'"]*|'[^']*'|"[^"]*")/y,
  },
  {
    rule: 'password.ssh-keygen',
    literals: /^ssh ?keygen$/,
    pattern: /[^|;&\n]{0,300}?\s-N ?([^\s'"-][^\s'"]*|'[^']+'|"[^"]+")/y,
  },
  {
    rule: 'password.freerdp',
    literals: /^[xw]freerdp$/,
    pattern: /[^|;&\n]{0,300}?\s\/p:([^\s'"]+|'[^']*'|"[^"]*")/y,
  },
  {
    rule: 'password.net-user',
    literals: /^net ?user$/,
    pattern: / [\w.-]{1,60} ([^\s/*][^\s]*)(?= \/|$|\s)/y,
  },
  {
    rule: 'password.rabbitmq',
    literals: /^rabbitmqctl$/,
    pattern:
      /[^|;&\n]{0,100}? (?:add_user|change_password|authenticate_user) \S{1,100} ([^\s'"]+|'[^']*'|"[^"]*")/y,
  },
  {
    rule: 'password.user-option',
    literals: /^(etcdctl|lftp)$/,
    pattern: /[^|;&\n]{0,300}?\s(?:-u|--user)[ =]['"]?[\w.@-]{1,60}[:,]([^\s'"]+)/y,
  },
  {
    rule: 'password.openssl',
    literals: /^openssl$/,
    pattern:
      /[^|;&\n]{0,300}?\s-(?:passin|passout|pass|k)\s{1,4}['"]?(?:pass:)?(?!file:|env:|fd:|stdin)([^\s'"-][^\s'"]*)/y,
  },
  {
    rule: 'password.snmp',
    literals: /^snmp/,
    pattern: /[^|;&\n]{0,300}?\s-A ?([^\s'"-][^\s'"]*|'[^']*'|"[^"]*")/y,
  },
  {
    rule: 'password.snmp',
    literals: /^snmp/,
    pattern: /[^|;&\n]{0,300}?\s-X ?([^\s'"-][^\s'"]*|'[^']*'|"[^"]*")/y,
  },
  {
    rule: 'password.snmp-community',
    literals: /^snmp/,
    pattern: /[^|;&\n]{0,300}?\s-c ?(?!public\b)([^\s'"-][^\s'"]*|'[^']*'|"[^"]*")/y,
  },
  {
    rule: 'password.smb-user',
    literals: /^smbclient$/,
    pattern: /[^|;&\n]{0,300}?\s-U ?['"]?[\w.\\/-]{1,80}%([^\s'"]+)/y,
  },
  {
    rule: 'password.redis-auth',
    literals: /^auth$/,
    before: /(?:^|> ?|\$ )$/,
    pattern: /(?: [\w-]{1,40}(?= \S))? ([^\s'"(:=]{4,})\s*$/y,
  },
  {
    rule: 'password.mongo-auth',
    literals: /^db\.?auth$/,
    pattern: /\(\s*["'][^"']{1,80}["']\s*,\s*["']([^"']+)/y,
  },
  {
    rule: 'password.powershell',
    literals: /^convertto ?securestring$/,
    pattern: /\s{1,4}(?:-String\s{1,4})?(?:'([^']+)'|"[^"]+")/y,
  },
  {
    rule: 'password.sql-function',
    literals: /^password$/,
    before: /\b(?:set password|identified|update|insert|values|select)\b.*$/i,
    pattern: /\s?\(\s?'((?:[^']|'')+)'/iy,
  },
  {
    rule: 'api-key.vault-login',
    entity: 'api-key',
    literals: /^vault ?(login|operator ?unseal)$/,
    pattern: / (?:-\S{1,40} ){0,3}(?!-)([\w.+/=-]{16,})/y,
  },
  {
    // the legacy form of a service token, in what `vault` and `consul` print: two columns
    rule: 'api-key.vault-legacy-token',
    entity: 'api-key',
    literals: /^token$/,
    pattern: /:?\s{1,30}([sbr]\.[A-Za-z0-9]{20,26})(?![\w.])/y,
  },
];
