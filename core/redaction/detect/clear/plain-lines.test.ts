import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RedactionPolicy } from '../../../../contract/redaction.ts';
import type { LineDetector } from '../../line-detector.ts';
import { createLineDetector } from '../create-line-detector.ts';
import { randomLine } from './testing/random-line.ts';

const policy = RedactionPolicy.parse({});
const fresh = createLineDetector(policy);
/** Nothing is clear to it: below the usual score, every line is looked at by all detectors. */
const thorough = createLineDetector(policy, { minScore: 0.4999 });

const codesOf = (line: string): Uint16Array => Uint16Array.from(line, char => char.charCodeAt(0));

/** Reads a line as the stream does: the short way where it can be taken. */
function readShort(detector: LineDetector, line: string): boolean {
  if (detector.passes?.(codesOf(line), line.length) === true) return true;
  detector.commit(line);
  return false;
}

const passes = (line: string): boolean => readShort(fresh.fork(), line);

describe('a line that passes by its codes', () => {
  it('holds nothing, and later lines are read as if it had been read as a string', () => {
    fc.assert(
      fc.property(fc.array(randomLine, { minLength: 1, maxLength: 12 }), lines => {
        const [slow, short] = [thorough.fork(), fresh.fork()];
        const kept: Uint16Array[] = [];
        for (const each of lines) {
          const expected = slow.findings(each, true);
          slow.commit(each);
          const codes = codesOf(each);
          kept.push(codes);
          if (short.passes?.(codes, each.length) === true) {
            expect(expected, each).toEqual([]);
            // only those of the last line that passed are still needed
            for (const old of kept.splice(0, kept.length - 1)) old.fill(0x78);
          } else {
            expect(short.findings(each, true), each).toEqual(expected);
            short.commit(each);
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    'nothing to look at here',
    '',
    '2026-03-01T10:00:07Z INFO  worker-3 finished job batch in 812 ms, queue depth 7, cache warm',
    '2026-03-01 10:00:07,123 WARN  c.a.pool - 3 of 12 connections idle for 45 s',
    'Mar  1 10:00:07 web-1 kernel: [ 1234.567890] eth0: link is up at 1000 Mbps',
    '-rw-r--r-- 1 root root  14336 Mar  1 10:00 libfoo.so.1.2.3',
    'drwxr-xr-x 2 root root 4096 Mar  1 10:00 ..',
    '[ 42%] Building CXX object src/CMakeFiles/app.dir/main.cpp.o',
    ' src/render/paint.ts | 23 +++++++++++-----------',
    'a3f09c1 Fix the row that a table ends with',
    'commit 9fceb02d0ae598e95dc970b74767f19372d61af8',
    '    at run (/srv/app/worker.js:17:5)',
    'GET /api/v1/items/17 200 31ms "curl/8.5.0"',
    'Get:140 http://deb.example.org/debian bookworm/main amd64 libindex5 amd64 0.9-3 [114 kB]',
    'c048eaa Update fixtures',
    'order 4012888888881882 shipped',
  ])('is a line such as %j', text => {
    expect(passes(text)).toBe(true);
  });

  it.each([
    'order 4012888888881881 shipped',
    '0970000000',
    'code is503-555-0178',
    'code is06939220743',
    'libindex5 was given to AB123456C and others',
    'ssn 4012888888881882',
  ])('is no line such as %j', text => {
    expect(passes(text)).toBe(false);
  });
});
