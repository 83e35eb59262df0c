import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../policy.ts';
import { createLineDetector } from '../create-line-detector.ts';

const detector = createLineDetector(DEFAULT_POLICY);

function addresses(text: string): readonly string[] {
  const fork = detector.fork();
  return text.split('\n').flatMap(line => {
    const found = fork.findings(line, true).filter(each => each.entity === 'address');
    fork.commit(line);
    return found.map(each => line.slice(each.start, each.end));
  });
}

describe('a street with its number', () => {
  it.each([
    ['ship to «24 Oak Street»'],
    ['ship to «24 Oak St., Apt. 4»'],
    ['ship to «221B Baker Street»'],
    ['ship to «742 Evergreen Terrace, Springfield, IL 62704»'],
    ['ship to «12 Mill Court, Flat 3»'],
    ['ship to «1 Infinite Loop, Cupertino, CA 95014»'],
    ['wohnhaft «Hauptstraße 5»'],
    ['wohnhaft «Hauptstr. 5a, 80331 München»'],
    ['wohnhaft «Kurfürstendamm 12, 10719 Berlin»'],
    ['«Am Markt 3, 20095 Hamburg»'],
    ['«Lange Strasse 40» is closed'],
    ['livré au «12 rue de la Paix»'],
    ['livré au «10 bis, avenue Victor Hugo, 75016 Paris»'],
    ['spedito a «Via Roma 3»'],
    ['spedito a «Piazza Garibaldi 12, 20121 Milano»'],
    ['enviado a «Calle Mayor 7, 2º»'],
    ['enviado a «Av. Paulista 1578»'],
    ['«ul. Długa 4» jest'],
    ['«Kungsgatan 12» i dag'],
    ['«Lindevej 31, 5000 Odense»'],
    ['«Keizersgracht 123, 1015 CJ Amsterdam»'],
    ['«Mannerheimintie 4, 00100 Helsinki»'],
    ['«Kossuth utca 8»'],
    ['«Atatürk Caddesi 12»'],
    ['«ул. Ленина 5» сегодня'],
    ['box: «P.O. Box 1234»'],
    ['box: «Postfach 1234»'],
    ['box: «PSC 1234, Box 5678»'],
    ['mail to «APO AE 09123»'],
    ['he lives at «17 Quellmatt 9»'],
    ['«8 Zanderhof 7 Apt. 11»'],
    ['«12 Lyngveien 46 Apt. 5 Bergen» today'],
    ['to «4 Rahu 53 Apt. 6, Tartu, Estonia 50090»'],
    ['to «18 Rue du Moulin 3, Dusino San Michele, AT 31295»'],
  ])('is found in %s', marked => {
    const start = marked.indexOf('«');
    const address = marked.slice(start + 1, marked.indexOf('»'));
    expect(addresses(marked.replace(/[«»]/g, ''))).toEqual([address]);
  });

  it.each([
    '3 drive failures on Loop 5',
    'Windows Drive 2 and Disk 3 Drive',
    '12 Street',
    'Route Table 3, Close Connection 12',
    'sent 12 Packets to Node 5',
    'Via Proxy 3 and via Gateway 12',
    'Received 1203 bytes from Server 12',
    'unit 12 of Suite 3 passed, Floor 2',
    'Jun 14 15:16:01 combo sshd[19939]',
    'Copyright (C) 1994-1997, Thomas G. Lane.',
    ' 2021 Iain Lane',
    'const street = 12; // Road 5',
    'line 12 Place Order, 3 Court Orders',
    'Building 7 on Port 8080',
    'located at Node 3, address is Line 12',
    'version 2.1 Highway 61',
  ])('is not seen in %s', line => {
    expect(addresses(line)).toEqual([]);
  });

  it('goes on in the lines below it: unit, post code and town, and no further', () => {
    expect(addresses('24 Oak Street\n Apt. 12\n Springfield\n IL 62704\nLast login: Mon 12345')).toEqual([
      '24 Oak Street',
      'Apt. 12',
      'Springfield',
      'IL 62704',
    ]);
    expect(addresses('> Hauptstraße 5\n> 10115 Berlin\n> ok 12345 Foo')).toEqual([
      'Hauptstraße 5',
      '10115 Berlin',
    ]);
    expect(addresses('24 Oak Street\n Suite 4\n Pärnu\n Estonia\n Kind Regards')).toEqual([
      '24 Oak Street',
      'Suite 4',
      'Pärnu',
      'Estonia',
    ]);
    expect(addresses('Apt. 12\n10115 Berlin')).toEqual([]);
    expect(addresses('Springfield\nEstonia')).toEqual([]);
  });
});

it('streets in a long line take time in proportion to its length', () => {
  expect(addresses('12 Oak Street and Hauptstraße 5, Apt. 3 '.repeat(2000)).length).toBeGreaterThan(50);
});
