import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EndProof, Transport } from '../../main/session-host/transports/transport.ts';
import type { CollectedTerminal } from '../support/terminal-of.ts';
import { collectTerminal } from '../support/terminal-of.ts';

/** What the suite has to know of a transport. */
export interface TransportSubject {
  /** Opens a session; `cols` by `rows` is its size. */
  readonly open: (size: { readonly cols: number; readonly rows: number }) => Transport;
  /** The line for the program on the terminal that runs a script of sh. */
  readonly scriptLine: (path: string) => string;
  /** The line that ends the program, and the status that it then ends with. */
  readonly exitLine: string;
  readonly exitStatus: number;
  /** Matches once the program waits for input. */
  readonly prompt: RegExp;
  /** Processes run on this machine, so that their end can be seen. */
  readonly isLocal: boolean;
  readonly proof: EndProof;
  /** How much the program may write while it is paused and still come to its end: what the terminal itself holds. */
  readonly pausedLines: number;
}

const SIZE = { cols: 90, rows: 20 };
const RUNS = 20;
/** each run logs in anew: seconds by OpenSSH on a busy machine */
const MANY_RUNS = { timeout: 180_000 };
/** node-pty destroys its socket 200 ms after the child's exit: a paused session must be longer than that. */
const PAUSED_MS = 450;

/** The contract of a transport; every one passes all of it. */
export function describeTransport(name: string, subject: TransportSubject): void {
  describe(`${name} keeps the contract of a transport`, () => {
    const opened: Transport[] = [];
    let folder = '';
    let scripts = 0;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'sallyport-test-'));
    });
    afterEach(async () => {
      for (const transport of opened.splice(0)) await transport.end(200);
      rmSync(folder, { recursive: true, force: true });
    });

    const openAtPrompt = async (): Promise<CollectedTerminal> => {
      const transport = subject.open(SIZE);
      opened.push(transport);
      const terminal = collectTerminal(transport);
      await transport.opened;
      await terminal.until(subject.prompt);
      return terminal;
    };
    // In a file: each program has rules of its own for what is typed.
    const run = (terminal: CollectedTerminal, script: string): void => {
      scripts += 1;
      const path = join(folder, `script-${String(scripts)}`);
      writeFileSync(path, `${script}\n`);
      terminal.type(`${subject.scriptLine(path)}\n`);
    };

    it('carries input to the program and output back', async () => {
      const terminal = await openAtPrompt();
      run(terminal, "printf 'mar%s\\n' ker");
      await terminal.until(/marker/);
    });

    it('passes every byte as it is, also what is not UTF-8', async () => {
      const terminal = await openAtPrompt();
      run(terminal, "printf '<\\346\\227\\245\\377\\200\\033[1m>e%s' nd");
      await terminal.until(/>end/);
      expect(terminal.bytes().includes(Buffer.from('<\xe6\x97\xa5\xff\x80\x1b[1m>end', 'latin1'))).toBe(true);
    });

    it('loses nothing of a long output', async () => {
      const terminal = await openAtPrompt();
      run(terminal, "seq 1 30000; printf 'do%s\\n' ne");
      await terminal.until(/done/);
      expect(numbersIn(terminal.text())).toEqual(sequence(30_000));
    });

    it('tells the program its size, and each new one', async () => {
      const terminal = await openAtPrompt();
      run(terminal, 'stty size');
      await terminal.until(/20 90/);
      terminal.transport.resize(101, 33);
      run(terminal, 'stty size');
      await terminal.until(/33 101/);
    });

    it('stops output while paused and loses nothing of it', async () => {
      const terminal = await openAtPrompt();
      terminal.transport.pause();
      run(terminal, "seq 1 60000; printf 'do%s\\n' ne");
      const before = terminal.bytes().length;
      await wait(PAUSED_MS);
      expect(terminal.bytes().length).toBe(before);
      terminal.transport.resume();
      await terminal.until(/done/);
      expect(numbersIn(terminal.text())).toEqual(sequence(60_000));
    });

    it(`delivers the last line before it says that it ended (${String(RUNS)} runs)`, MANY_RUNS, async () => {
      await eachRun(async () => {
        const terminal = await openAtPrompt();
        run(terminal, "seq 1 700; printf 'la%s\\n' st");
        terminal.type(subject.exitLine);
        const end = await terminal.transport.ended;
        expect(terminal.text()).toContain('last');
        expect(numbersIn(terminal.text())).toEqual(sequence(700));
        expect(end).toEqual({ exitStatus: subject.exitStatus, signal: null, message: null });
      });
    });

    it(`loses nothing when the program exits while paused (${String(RUNS)} runs)`, MANY_RUNS, async () => {
      await eachRun(async () => {
        const terminal = await openAtPrompt();
        terminal.transport.pause();
        run(terminal, `seq 1 ${String(subject.pausedLines)}; printf 'la%s\\n' st`);
        terminal.type(subject.exitLine);
        await wait(PAUSED_MS);
        terminal.transport.resume();
        await terminal.transport.ended;
        expect(numbersIn(terminal.text())).toEqual(sequence(subject.pausedLines));
        expect(terminal.text()).toContain('last');
      });
    });

    it('ends what it started, also children that ignore the hang-up or left the session', async () => {
      const terminal = await openAtPrompt();
      const pidFile = join(folder, 'pids');
      run(
        terminal,
        `for way in '' nohup setsid; do $way sh -c 'trap "" HUP; echo $$ >>${pidFile}; exec sleep 300' </dev/null >/dev/null 2>&1 & done; ` +
          `until [ "$(wc -l <${pidFile})" = 3 ]; do sleep 0.02; done; printf 'star%s\\n' ted`,
      );
      await terminal.until(/started/);
      const pids = readFileSync(pidFile, 'utf8').trim().split('\n').map(Number);
      expect(pids.filter(isAlive)).toEqual(pids);
      const proof = await terminal.transport.end(300);
      expect(proof).toEqual(subject.proof);
      if (subject.isLocal) expect(pids.filter(isAlive)).toEqual([]);
      else for (const pid of pids.filter(isAlive)) process.kill(pid, 'SIGKILL');
      await terminal.transport.ended;
    });

    it('gives the same proof when it is ended while paused, in the middle of output', async () => {
      const terminal = await openAtPrompt();
      run(terminal, 'yes');
      await terminal.until(/y\r\ny\r\n/);
      terminal.transport.pause();
      expect(await terminal.transport.end(300)).toEqual(subject.proof);
      terminal.transport.resume();
      await terminal.transport.ended;
    });

    it('refuses input beyond the bound while the program does not read', async () => {
      const terminal = await openAtPrompt();
      run(terminal, "stty raw -echo; printf 'de%s' af; sleep 300");
      await terminal.until(/deaf/);
      const piece = new Uint8Array(64 * 1024).fill(0x61);
      let taken = 0;
      while (taken < 1000 && terminal.transport.write(piece)) {
        taken += 1;
        await wait(0);
      }
      expect(taken).toBeGreaterThan(0);
      expect(taken).toBeLessThan(1000);
    });

    it('can be ended before it is open', async () => {
      const transport = subject.open(SIZE);
      const proof = await transport.end(300);
      expect(proof).toEqual(subject.proof);
      await transport.ended;
    });
  });
}

async function eachRun(once: () => Promise<void>): Promise<void> {
  // A few at a time: the machine has few cores, and a loss shows better under some load.
  for (let done = 0; done < RUNS; done += 5) await Promise.all(Array.from({ length: 5 }, once));
}

function sequence(length: number): number[] {
  return Array.from({ length }, (_, i) => i + 1);
}

/** Lines that are a number, in order. */
function numbersIn(text: string): number[] {
  return [...text.matchAll(/(?<=\n|\r|^)(\d+)\r*\n/g)].map(found => Number(found[1]));
}

function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${String(pid)}/stat`, 'latin1'));
  } catch {
    return false;
  }
}
