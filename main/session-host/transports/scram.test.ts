import { describe, expect, it } from 'vitest';
import { startScram } from './scram.ts';

/** RFC 7677 section 3. */
const NONCE = 'rOprNGfwEbeRWgbNEkqO';
const SERVER_FIRST = 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096';
const CLIENT_FINAL =
  'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=';
const SERVER_FINAL = 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=';

describe('SCRAM-SHA-256', () => {
  it('answers as in RFC 7677, and knows a server that has the password', () => {
    const client = startScram('pencil', { nonce: NONCE, username: 'user' });
    expect(client.first).toBe(`n,,n=user,r=${NONCE}`);
    expect(client.answer(SERVER_FIRST)).toBe(CLIENT_FINAL);
    expect(client.isServerProven(SERVER_FINAL)).toBe(true);
  });

  it('does not believe a server that has another password', () => {
    const client = startScram('pencil', { nonce: NONCE, username: 'user' });
    expect(client.isServerProven(SERVER_FINAL)).toBe(false);
    client.answer(SERVER_FIRST);
    expect(client.isServerProven(SERVER_FINAL.replace('6rri', '7rri'))).toBe(false);
    expect(client.isServerProven('e=invalid-proof')).toBe(false);
  });

  it.each([
    ['another nonce', SERVER_FIRST.replace('r=rO', 'r=xO')],
    ['a nonce without a part of the server', `r=${NONCE},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`],
    ['no salt', SERVER_FIRST.replace(/s=[^,]+,/, '')],
    ['no iterations', SERVER_FIRST.replace('i=4096', 'i=0')],
    ['endless iterations', SERVER_FIRST.replace('i=4096', 'i=100000000')],
  ])('refuses %s', (_name, serverFirst) => {
    expect(() => startScram('pencil', { nonce: NONCE }).answer(serverFirst)).toThrow(/SCRAM/);
  });
});
