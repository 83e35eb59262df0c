import type { ShellCapability } from '../../../contract/shell.ts';
import { plural } from '../format.ts';

/** The window around the views: first contact, enrolment, rail, menus, banners. */
export const app = {
  doesNotAnswer: 'Sallyport does not answer',
  reachingMain: 'Reaching Sallyport on this machine…',
  notDrawn: 'This view could not be drawn',
  reload: 'Reload the window',
  notDrawnMeans: 'Your sessions and recordings are not touched by this. Reload the window to go on.',

  skipToContent: 'Skip to content',
  views: 'Views',
  placeToDecide: (place: string, count: number) => plural(count, { other: `${place}, # to decide` }),
  placeToReview: (place: string, count: number) =>
    plural(count, { other: `${place}, # to review by a date` }),
  messages: 'Messages',
  closeMessage: 'Close message',

  mainIsGone: 'Sallyport on this machine is out of reach.',
  mainIsGoneMeans: 'It is tried again by itself. If it was restarted, open the new address that it printed.',
  reachingServer: 'Reaching the server…',
  serverIsGone: 'The server is out of reach.',
  checkNetwork: 'Check your network.',
  serverIsGoneMeans:
    'Running sessions lock when their lease runs out, and reopen when the server answers within the grace.',
  serverOnline: 'Server online',
  serverConnecting: 'Reaching the server',
  serverOffline: 'Server out of reach',

  account: 'Account',
  accountOf: (name: string, roles: string, server: string) => `Account: ${name}, ${roles}. ${server}`,
  actAs: 'Act as',
  enrolAnother: 'Enrol another account',

  about:
    'Temporary access to production: granted for a reason, for a time, recorded, with personal data hidden. Enrol this machine once to begin.',
  addressIsNone: 'Write the whole address, beginning with https:// or http://.',
  codeIsShort: 'The code has at least 8 characters; ask your administrator for a new one.',
  serverAddress: 'Server address',
  oneTimeCode: 'One-time code',
  codeHint: 'From your administrator. It works once; the key that it confirms never leaves this machine.',
  enrolling: 'Enrolling…',
  enrol: 'Enrol this machine',

  signInAt: (provider: string) => `Sign in at ${provider}`,
  onAnotherDevice: 'On another device',
  orEnrol: 'Or enrol with a one-time code:',
  signInOnPage: 'Sign in on the provider’s page. This window goes on by itself.',
  signInOnDevice: 'Open the page on any device, sign in, and compare this code:',
  openSignInPage: 'Open the sign-in page',

  help: 'Help',
  showGuide: 'Show the guide',
  keyboardShortcuts: 'Keyboard shortcuts',
  commandPalette: 'Command palette',
  shell: 'Shell',
  desktopShell: 'Desktop application',
  webShell: 'Browser window (web shell)',
  server: 'Server',
  noServer: 'none yet',
  lacksNothing: 'This shell lacks nothing',
  lacks: 'What this shell lacks',

  accessApproved: (target: string) => `Access to ${target} approved`,
  accessDenied: (target: string) => `Access to ${target} denied`,
  approvedBy: (name: string) => `Approved by ${name}. The time runs.`,
  approvedNow: 'Approved. The time runs.',
  deniedBy: (name: string) => `Denied by ${name}. The reason is in the launcher.`,
  deniedNow: 'Denied. The reason is in the launcher.',
  asksFor: (name: string, target: string) => `${name} asks for ${target}`,
  asksForMore: (name: string, target: string) => `${name} asks for more time on ${target}`,
  askedAs: (duration: string, account: string, environment: string) =>
    `${duration} as ${account}, ${environment}.`,
  sessionOn: (target: string) => `Session on ${target}`,
  alertOfSession: 'Alert of a running session',
};

/** What shells may lack. */
export const capabilities = {
  'safe-storage': 'safe storage',
  'power-monitor': 'power monitor',
  'content-protection': 'content protection',
  menus: 'menus',
  'deep-links': 'deep links',
  'single-instance': 'single instance',
} satisfies Partial<Record<ShellCapability, string>>;
