/**
 * Writes the word lists of core/redaction/gazetteer from two packages that were unpacked beforehand:
 *
 *     npm pack @faker-js/faker@10.6.0 && tar xf faker-js-faker-10.6.0.tgz
 *     apt-get download scowl && dpkg -x scowl_2020.12.07-2_all.deb scowl
 *     node scripts/build-gazetteer.ts package/dist/index.js scowl/usr/share/dict/scowl
 *
 * The same versions give the same files. Licences are in the headers that it writes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NAME_FLAG } from '../core/redaction/gazetteer/name-flags.ts';
import { foldName } from '../core/redaction/gazetteer/fold-name.ts';
import { frontCoded } from '../core/redaction/gazetteer/front-coding.ts';

const [fakerPath, scowlFolder] = process.argv.slice(2);
if (fakerPath === undefined || scowlFolder === undefined) {
  throw new Error('usage: node scripts/build-gazetteer.ts FAKER/dist/index.js SCOWL/usr/share/dict/scowl');
}
const OUT = new URL('../core/redaction/gazetteer/', import.meta.url);
/** Scripts with capital letters, in which a name stands out; others are found by keys and columns. */
const NAME = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]{3,}$/u;
const FAKER_NOTICE = `Names and places: @faker-js/faker 10.6.0 (https://github.com/faker-js/faker), MIT License,
Copyright (c) 2022-2025 Faker; see docs/third-party-data.md.`;
const SCOWL_NOTICE = `English words: SCOWL 2020.12.07 (http://wordlist.aspell.net), Copyright 2000-2019 by Kevin Atkinson; permission to use,
copy, modify, distribute and sell these word lists is granted without fee; see docs/third-party-data.md.`;

interface FakerLike {
  readonly rawDefinitions: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
}

const { allFakers } = (await import(pathToFileURL(resolve(fakerPath)).href)) as {
  allFakers: Readonly<Record<string, FakerLike>>;
};

/** All strings in lists and lists of lists, e.g. by gender. */
function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : [];
}

function wordsIn(value: unknown): readonly string[] {
  return stringsIn(value)
    .flatMap(text => text.split(/[\s’'-]+/))
    .map(foldName)
    .filter(word => NAME.test(word));
}

function scowlWords(category: string, sizes: readonly number[]): readonly string[] {
  return sizes.flatMap(size =>
    readFileSync(`${scowlFolder}/${category}.${String(size)}`, 'latin1')
      .split('\n')
      .filter(word => /^[a-z]{3,}$/.test(word)),
  );
}

/** The sizes up to 50 come from lists in the public domain; the spellings of single countries have other owners. */
const words = new Set(scowlWords('english-words', [10, 20, 35, 40, 50]));

/** English words that are names in nearly all texts in which they are capitalised. */
const MOSTLY_NAMES = new Set(
  'john,jack,peter,victor,carol,tony,henry,martin,jenny,jimmy,billy,tommy,robin,willy,betty,dolly,fanny,kitty,molly,nelly,polly,terry,warren,wally,simon,timothy,marvin,roger,jerry,ned,ted,toby,teddy,harry,larry,barry,andrew,joseph,louis,oscar,emma,emily,maria,mary,lisa,anna,eric,jane,jill,kate,sally,sue,andy,alan,brian,carl,dave,david,derek,gary,george,jason,james,jim,joe,ken,kevin,mike,paul,philip,rob,robert,sam,sean,stephen,steve,steven,thomas,tim,tom'.split(
    ',',
  ),
);

/** Words of every sentence, and of every list of names somewhere in the world. */
const NEVER_NAMES = new Set(
  'the,that,than,this,tho,thy,till,none,nil,per,such,even,else,every,among,amid,alone,along,and,are,but,can,did,for,had,has,her,him,his,how,its,may,not,now,off,one,our,out,own,she,too,two,use,via,was,who,why,yes,yet,you,all,any,from,into,just,many,more,most,much,must,nor,once,only,over,same,some,them,then,they,very,what,when,with,your,come,been,being,does,done,were,here,there,their,where,which,while,would,could,should,about,after,again,before,below,both,each,few,further,other,these,those,through,under,until,please,nan,name,line,lines,file,files,host,hosts,server,user,admin,root,test,demo,sample'.split(
    ',',
  ),
);

const flags = new Map<string, number>();
const mark = (list: readonly string[], flag: number): void => {
  for (const word of list) if (!NEVER_NAMES.has(word)) flags.set(word, (flags.get(word) ?? 0) | flag);
};
const places = new Set<string>();
for (const [locale, { rawDefinitions }] of Object.entries(allFakers)) {
  const { person, location } = rawDefinitions;
  mark(wordsIn([person?.['first_name'], person?.['middle_name']]), NAME_FLAG.given);
  mark(wordsIn(person?.['last_name']), NAME_FLAG.family);
  const towns = locale.startsWith('en') ? location?.['city_name'] : undefined;
  // of a name of several words, none is a place by itself
  for (const place of stringsIn([location?.['country'], location?.['state'], towns]).map(foldName))
    if (NAME.test(place)) places.add(place);
}
for (const [word, flag] of flags) {
  flags.set(
    word,
    flag |
      (words.has(word) && !MOSTLY_NAMES.has(word) ? NAME_FLAG.word : 0) |
      (places.has(word) ? NAME_FLAG.place : 0),
  );
}

/** A form whose stem is in the list needs no entry of its own; `isCommonWord` takes endings off in the same way. */
const stems = [...words].filter(
  word =>
    !['s', 'es', 'ed', 'd', 'ing', 'ly', 'er', 'ers', 'ness'].some(
      end => word.endsWith(end) && words.has(word.slice(0, -end.length)),
    ),
);

function write(file: string, name: string, body: string, notice: string): void {
  const text = `/* Generated by scripts/build-gazetteer.ts; do not edit.\n${notice} */\nexport const ${name} =\n  ${JSON.stringify(body)};\n`;
  writeFileSync(new URL(file, OUT), text);
  process.stdout.write(`${file}: ${String(Buffer.byteLength(text))} bytes\n`);
}

const names = [...flags].map(([word, flag]) => ({ word, mark: String.fromCharCode(0x30 + flag) }));
write('names-data.ts', 'NAMES', frontCoded(names), FAKER_NOTICE);
write('words-data.ts', 'WORDS', frontCoded(stems.map(word => ({ word, mark: '' }))), SCOWL_NOTICE);
const placeWords = [...places].filter(place => !flags.has(place));
write('places-data.ts', 'PLACES', frontCoded(placeWords.map(word => ({ word, mark: '' }))), FAKER_NOTICE);
process.stdout.write(
  `${String(names.length)} names, ${String(stems.length)} words, ${String(placeWords.length)} places\n`,
);
