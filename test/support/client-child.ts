import process from 'node:process';
import { AccountId } from '../../contract/ids.ts';
import { createNodeClient } from '../../main/app/create-node-client.ts';
import { attachTerminal, openTestWindow } from './client-world.ts';

/** A client in a process of its own, to be killed: opens a session, shows some output, prints the session's id, and waits. */
const [, , profileFolder, accountId, grantId] = process.argv;
if (profileFolder === undefined || accountId === undefined || grantId === undefined)
  throw new Error('usage: client-child PROFILE ACCOUNT GRANT');
const app = createNodeClient({ profileFolder, environment: process.env });
const account = app.accounts().find(each => each.enrolled.account.id === AccountId.parse(accountId))
  ?.enrolled.account;
if (account === undefined) throw new Error('no such account');
const window = await openTestWindow(app, account);
const { sessionId } = await window.ask('session.open', { grantId, cols: 80, rows: 24 });
const terminal = attachTerminal(window, sessionId);
terminal.type('echo "=$((8 * 8))="\r');
await terminal.until(/=64=/);
process.stdout.write(`${sessionId}\n`);
