import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../policy.ts';
import { createLineDetector } from '../create-line-detector.ts';

const detector = createLineDetector(DEFAULT_POLICY);

function persons(line: string): readonly string[] {
  return detector
    .findings(line, true)
    .filter(each => each.entity === 'person')
    .map(each => line.slice(each.start, each.end));
}

describe('a name of two words', () => {
  it.each([
    ['pull request by «Magnus Holmgren» was merged', 'given and family name'],
    ['Author: «Miriam Ruiz» <miriam@example.org>', 'before an address in angle brackets'],
    ['committer «Xqz Vwxyz» <x@example.org>', 'unknown, before an address in angle brackets'],
    ['ticket of «Lukasz Nowak» reopened', 'without its marks'],
    ['ticket of «Łukasz Kowalczyk» reopened', 'with its marks'],
    ['assigned to «Zoë Müller-Lüdenscheid»', 'hyphen'],
    ['assigned to «Anna-Maria Rossi»', 'hyphen in the given name'],
    ['signed: «Ludwig van der Berg», witness', 'particles'],
    ['signed: «María de la Cruz»', 'Spanish particles'],
    ['paid by «Sean McDonald» today', 'Mc'],
    ["paid by «Siobhan O'Connor» today", 'O’'],
    ['paid by «J. R. Becker» today', 'initials'],
    ['paid by «Susan B. Anthony» today', 'initial in the middle'],
    ['users: «Becker, Anna»', 'family name first'],
    ['user «NOVAK MARTIN» deleted', 'in capitals'],
    ['user «Martin Novak Jr.» deleted', 'suffix'],
    ['owner «Björk Guðmundsdóttir»', 'patronymic'],
    ['owner «Oksana Shevchenko»', 'Ukrainian'],
    ['владелец «Иван Петров» удалён', 'Cyrillic'],
    ['lecture of «Mark Zvbner» at noon', 'a given name that is a word, before an unknown one'],
    ['Name: «Qwimbo Zvelt»', 'unknown words behind a label'],
    ['Line Manager: «Qwimbo Zvelt»', 'unknown words behind the post of a person'],
    ['signed by «Helga K Falcon»', 'an initial makes a name of a word'],
    ['contact «Giorgi Kvirikashvili» first', 'form of a family name'],
  ])('is found in %s (%s)', marked => {
    const start = marked.indexOf('«');
    const line = marked.replace(/[«»]/g, '');
    const name = marked.slice(start + 1, marked.indexOf('»'));
    expect(persons(line)).toEqual([name]);
  });

  it.each([
    'Linux Debian 12 booted',
    'Session Manager: Qwimbo Zvelt initialised',
    'the United States and New York',
    'on Monday March 3',
    'Sun Dec 04 04:47:44 2005',
    'Visual Studio Code and Apache Tomcat started',
    'Red Hat Enterprise Linux Server release',
    'Starting Docker Engine and Oracle Database',
    'Intel Xeon Processor on Sandy Bridge',
    'ERROR MAIN Thread dumped, WARN POOL Exhausted',
    'java.lang.IllegalStateException: Session Martin.Fowler closed',
    'at org.springframework.Anna.Karenina(Anna.java:12)',
    'class AnnaBecker extends BeckerAnna',
    '/home/Anna Becker.txt/Anna/Becker',
    'Anna_Becker anna.Becker@host Anna=Becker',
    'Jenkins Job Builder ran San Jose, Port Elizabeth and Santa Barbara',
    'Martin Luther University Hospital, James Cook Street, Stanley Morgan Bank',
    'Victoria Australia, Jordan Airport',
    'Max Connections reached, Min Pool Size, Total Memory, Free Space',
    'Jan Feb Mar Apr May Jun',
    'Bitstream Vera Sans Mono',
    'Content-Type: Text Html, Accept-Language: English French',
    'Job Type Status Queue Will Run',
    '-rw-r--r-- 1 root root 4096 Mar Dec Novel Grant',
    'Failed Password for Invalid User from Host',
    'Debian Perl Group <pkg-perl@lists.example.org>',
    'GNU General Public License, Free Software Foundation',
  ])('is not seen in %s', line => {
    expect(persons(line)).toEqual([]);
  });
});

describe('a single name', () => {
  it.each([
    ['where did he see «Ottilie»?'],
    ['«Kevin» lives in the city with his wife'],
    ['Thanks, «Beatrix», you did it'],
    ['my daughter «Ingrid» has the key'],
    ['"we knew," says «Hartmann».'],
    ['your full name? «Qwxby»'],
    ['the maiden name is «Olsen»'],
    ['my name is «lukasz»'],
    ['we meet mr. «novak» at noon'],
    ['Dear «Siobhan», thank you'],
    ['meine Frau heißt «Annika», sagte er'],
  ])('is found in a sentence about people: %s', marked => {
    const start = marked.indexOf('«');
    const name = marked.slice(start + 1, marked.indexOf('»'));
    expect(persons(marked.replace(/[«»]/g, ''))).toEqual([name]);
  });

  it.each([
    'node Martin is up, Kevin restarted',
    'you can tell Git to mark your branch',
    'May I ask you to restart the server?',
    'Grant your users the role Will',
    'Mark your calendar, she said',
    'as if it was called. However you can',
    'they are your friends in Victoria and Jordan',
    'He runs Apache and she runs Oracle',
    'session Rose opened for user',
  ])('is not seen in %s', line => {
    expect(persons(line)).toEqual([]);
  });

  it('is found among other names that a list joins', () => {
    expect(persons('They have three kids: Anna, Derek and Selma.')).toEqual(['Anna', 'Derek', 'Selma']);
  });
});

it('names in a long line take time in proportion to its length', () => {
  const line = 'Anna Becker and J. R. van der '.repeat(4000);
  expect(persons(line).length).toBeGreaterThan(3999);
});
