import { describe, expect, it } from 'vitest';
import { POLICY_PRESETS } from '../../contract/policy-source.ts';
import { ENTITIES } from '../../contract/redaction.ts';
import { DEFAULT_POLICY, effectiveAction, hasTokens, parsePolicy } from './policy.ts';

describe('a redaction policy', () => {
  it('masks every entity by default and leaves private addresses alone', () => {
    expect(DEFAULT_POLICY).toBe(POLICY_PRESETS.balanced);
    for (const entity of ENTITIES) expect(effectiveAction(DEFAULT_POLICY, entity)).toBe('mask');
    expect(DEFAULT_POLICY.privateIps).toBe(false);
    expect(POLICY_PRESETS.strict.privateIps).toBe(true);
  });

  it('acts by entity before it acts by default', () => {
    const policy = parsePolicy({ default: 'allow', entities: { card: 'block' } });
    expect(effectiveAction(policy, 'card')).toBe('block');
    expect(effectiveAction(policy, 'email')).toBe('allow');
  });

  it('shows people and hides keys under secrets-only', () => {
    expect(effectiveAction(POLICY_PRESETS['secrets-only'], 'person')).toBe('allow');
    expect(effectiveAction(POLICY_PRESETS['secrets-only'], 'api-key')).toBe('mask');
  });

  it('begins with a preset and replaces what it names, entity by entity', () => {
    const policy = parsePolicy({ preset: 'support', entities: { email: 'token' }, columns: ['loyalty'] });
    expect(policy.name).toBe('support, adapted');
    expect(policy.entities).toEqual({ ...POLICY_PRESETS.support.entities, email: 'token' });
    expect(policy.columns).toEqual(['loyalty']);
    expect(parsePolicy({ preset: 'strict' })).toEqual(POLICY_PRESETS.strict);
    expect(parsePolicy({ preset: 'strict', name: 'ours', privateIps: false })).toMatchObject({
      name: 'ours',
      privateIps: false,
    });
  });

  it('does not change the preset that it begins with', () => {
    parsePolicy({ preset: 'support', entities: { email: 'allow' } });
    expect(POLICY_PRESETS.support.entities.email).toBe('partial');
  });

  it('needs a key where an entity becomes a pseudonym', () => {
    expect(hasTokens(POLICY_PRESETS.support)).toBe(true);
    expect(hasTokens(parsePolicy({ default: 'token' }))).toBe(true);
    expect(hasTokens(DEFAULT_POLICY)).toBe(false);
  });

  it.each([
    [{ entities: { emial: 'mask' } }, 'entities.emial: there is no entity "emial"; did you mean "email"?'],
    [{ entities: { zzz: 'mask' } }, 'entities.zzz: there is no entity "zzz"; there are: email, phone,'],
    [
      { entities: { email: 'hide' } },
      'entities.email: "hide" is not an action; choose one of mask, partial,',
    ],
    [{ entities: { email: 'masc' } }, 'entities.email: "masc" is not an action; did you mean "mask"?'],
    [{ default: 'tokens' }, 'default: "tokens" is not an action; did you mean "token"?'],
    [{ defualt: 'mask' }, 'defualt: a policy has no key "defualt"; did you mean "default"?'],
    [{ columns: [''] }, 'columns.0'],
    [{ columns: 'ssn' }, 'columns: '],
    [{ entities: [] }, 'entities: '],
    [{ preset: 'balancd' }, 'preset: there is no preset "balancd"; did you mean "balanced"?'],
    [{ preset: 7 }, 'preset: there is no preset 7; there are: balanced, strict'],
    [{ preset: 'strict', entities: { emial: 'mask' } }, 'did you mean "email"?'],
    [{ allowNetworks: ['10.0.0.0/33'] }, 'allowNetworks.0: must be an address or a CIDR range'],
    [{ allowEmailDomains: ['@example.com'] }, 'allowEmailDomains.0: must be a domain such as "example.com"'],
    [{ allowPatterns: ['**a*'] }, 'allowPatterns.0: must have at least four characters'],
    [{ tokenScope: 'world' }, 'tokenScope: '],
    ['strict', 'JSON object'],
    [[], 'JSON object'],
    [null, 'JSON object'],
  ])('refuses %j and says %s', (input, words) => {
    expect(() => parsePolicy(input)).toThrow(words);
  });
});
