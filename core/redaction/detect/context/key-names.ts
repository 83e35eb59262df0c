import type { Entity } from '../../../../contract/redaction.ts';
import { KEY_LEXICON } from './lexicon.ts';
import { WEAK_SECRET_KEYS } from '../secrets/secret-keys.ts';

/** Tells what a key or a column is called after. */
export interface KeyNames {
  /** The entity that a key, a column header or a JSON member names; null for a harmless name. */
  entityOf(name: string): Entity | null;
}

/** Only a whole table column or a quoted key may be called so; in prose and logs the word means something else. */
export const AMBIGUOUS: ReadonlySet<string> = new Set(
  'cc,pass,zip,mail,rue,cep,patente,portable,plaka,mobile,cell,tel,lat,lon,lng,inn,rut,nie,nif,dni,nir,oib,egn,cnp,cpf,aba,bsb,hetu,handy,mobil,passi,treatment,cookie,street,token,secret,psk,otp,patient,religion,allergies,coordinates,gps,prescription,fax,nhs,account no,diagnose,immatriculation,matricula,targa,license no,licence no,license number,licence number,identity card,personal number,id number,mdp,passport'.split(
    ',',
  ),
);

const WEAK: ReadonlySet<string> = new Set(WEAK_SECRET_KEYS.flatMap(key => [key, key.replaceAll(' ', '')]));

/** Whether a literal names a secret only where its value looks like one. */
export function isWeakKey(literal: string): boolean {
  return WEAK.has(literal);
}

/** Keys that start so ask a question; their values say yes or no. */
const QUESTION =
  /^(is|has|had|can|should|must|needs?|allow|allows|enable|enabled|disable|disabled|require|requires|required|use|uses|show|hide|send|skip|no|num|count|total|max|min|max_|min_)$/;

/** Builds the table of names from the lexicon and the policy's further columns. */
export function createKeyNames(columns: readonly string[]): KeyNames {
  const table = new Map<string, Entity>();
  for (const { entity, keys } of KEY_LEXICON) {
    for (const key of keys) {
      const lower = key.toLowerCase();
      if (isWeakKey(lower)) continue;
      if (!table.has(lower)) table.set(lower, entity);
      const joined = lower.replaceAll(' ', '');
      if (joined.length > 3 && !table.has(joined)) table.set(joined, entity);
    }
  }
  for (const column of columns) table.set(wordsOf(column).join(' '), 'named-column');
  const memo = new Map<string, Entity | null>();
  const look = (name: string): Entity | null => {
    const words = wordsOf(name);
    if (words.length === 0 || words.length > 12 || (words.length > 1 && QUESTION.test(words[0] ?? '')))
      return null;
    // `FLAGS_TO_PASS`: what is handed on
    if (words.at(-1) === 'pass' && words.at(-2) === 'to') return null;
    for (let from = Math.max(0, words.length - 6); from < words.length; from++) {
      const entity = table.get(words.slice(from).join(' ')) ?? table.get(words.slice(from).join(''));
      if (entity !== undefined) return entity;
    }
    return null;
  };
  return {
    entityOf(name) {
      if (name.length === 0 || name.length > 128) return null;
      const known = memo.get(name);
      if (known !== undefined) return known;
      const entity = look(name);
      if (memo.size < 2000) memo.set(name, entity);
      return entity;
    },
  };
}

/** `billingEmail_2` → `billing email`: lower case, humps and separators split, quotes and a counter at the end dropped. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[\s_\-.:/"'`[\]()*#]+/g, ' ')
    .trim()
    .replace(/([^\d\s])\d{1,2}$/, '$1')
    .replace(/ \d{1,2}$/, '')
    .split(' ')
    .filter(word => word !== '');
}
