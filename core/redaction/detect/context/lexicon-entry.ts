import type { Entity } from '../../../../contract/redaction.ts';

/**
 * Words that speak for an entity. `keys` name it as a key or column: the whole value is hidden whatever is in it. `words` only
 * support a shape nearby. Lower case, words separated by one space; `keyForms` and the gate also read `_`, `-`, `.` and nothing
 * between them. Sources: column names of public schemas (schema.org Person, vCard RFC 6350, OpenID Connect claims, LDAP RFC 4519,
 * FHIR Patient), and dictionary words in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Russian.
 */
export interface LexiconEntry {
  readonly entity: Entity;
  readonly keys: readonly string[];
}
