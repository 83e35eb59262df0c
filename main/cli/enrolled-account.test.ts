import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openProfile } from '../vault/profile-folder.ts';
import { chooseAccount } from './enrolled-account.ts';

it('says how to enrol where nobody is enrolled', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-accounts-'));
  try {
    const profile = openProfile(join(folder, 'profile'), {});
    expect(() => chooseAccount(profile, { name: 'Rita', role: 'reviewer' })).toThrow(
      'no account is enrolled here. See "sallyport keys enrol --help".',
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
