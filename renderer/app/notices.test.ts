import { expect, test } from 'vitest';
import { createNotices } from './notices.ts';

test('warnings about a session go when what they warned of has come; everything else stays', () => {
  const notices = createNotices();
  notices.add('warning', 'One minute left', 'a');
  notices.add('error', 'A process could not be ended', 'a');
  notices.add('warning', 'One minute left there', 'b');
  notices.add('warning', 'The server is slow');
  notices.settle('a');
  expect(notices.get().map(({ message }) => message)).toEqual([
    'A process could not be ended',
    'One minute left there',
    'The server is slow',
  ]);
});
