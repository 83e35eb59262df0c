import type { CommandLine } from 'electron';

/**
 * Switches of Chromium that let another program into the window, or take its walls away. The fuses refuse Node's own (`--inspect`);
 * these are Chromium's, for which there is no fuse.
 */
const REFUSED_SWITCHES = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'no-sandbox',
  'disable-setuid-sandbox',
  'single-process',
  'disable-web-security',
  'disable-site-isolation-trials',
  'allow-file-access-from-files',
  'ignore-certificate-errors',
  'host-rules',
  'host-resolver-rules',
  'load-extension',
  'js-flags',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
] as const;

/** The first of them that a program was started with, or null. */
export function foreignSwitch(commandLine: Pick<CommandLine, 'hasSwitch'>): string | null {
  return REFUSED_SWITCHES.find(name => commandLine.hasSwitch(name)) ?? null;
}

/** Why the program does not start with it, and what to do. */
export function foreignSwitchWords(name: string): string {
  const sandbox =
    name === 'no-sandbox'
      ? ' An AppImage adds it by itself where the system gives it no sandbox: install the package for Debian or Fedora there.'
      : '';
  return `It was started with --${name}, which opens its windows to other programs or takes their sandbox away. Start it without.${sandbox}`;
}
