import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../policy.ts';
import { createLineDetector } from '../create-line-detector.ts';

const BASE64 = 'AAAAB3NzaC1yc2EAAAADAQABAAABgQC7vbqajDhAFGqk5n0dW1i9uX2mZ0pQ4rT6';

/** Which of the lines are masked, whole, when they are read one after the other. */
function maskedOf(lines: readonly string[]): readonly string[] {
  const detector = createLineDetector(DEFAULT_POLICY);
  return lines.filter(line => {
    const isMasked = detector
      .findings(line, true)
      .some(each => each.entity === 'private-key' && each.start === 0 && each.end === line.length);
    detector.commit(line);
    return isMasked;
  });
}

describe('private keys over several lines', () => {
  it('are hidden in the files of PuTTY, between the number of lines and the MAC', () => {
    const secret = [BASE64, BASE64, 'c2VjcmV0cGFydA=='];
    const lines = [
      'PuTTY-User-Key-File-3: ssh-rsa',
      'Encryption: none',
      'Comment: rsa-key-20240101',
      'Public-Lines: 1',
      BASE64,
      'Private-Lines: 3',
      ...secret,
      'Private-MAC: 9f86d081884c7d659a2feaa0c55ad0159f86d081884c7d659a2feaa0c55ad015',
      'root@web-1:~#',
    ];
    expect(maskedOf(lines)).toEqual(secret);
  });

  it('are hidden in static keys of OpenVPN, line by line', () => {
    const secret = Array.from({ length: 16 }, (_, i) => `9f86d081884c7d659a2feaa0c55ad01${i.toString(16)}`);
    const begin = `-----BEGIN OpenVPN ${'Static key V1'}-----`;
    const end = `-----END OpenVPN ${'Static key V1'}-----`;
    expect(maskedOf(['#', begin, ...secret, end, 'root@web-1:~#'])).toEqual([begin, ...secret, end]);
  });
});
