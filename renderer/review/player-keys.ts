import { t } from '../texts/t.ts';
/** Speeds of replay, as a multiple of real time. */
export const SPEEDS = [0.25, 0.5, 1, 1.5, 2, 4, 8, 16, 32, 64] as const;

export type PlayerCommand =
  | { readonly kind: 'toggle' }
  | { readonly kind: 'step'; readonly byMs: number }
  | { readonly kind: 'jump'; readonly to: JumpTarget; readonly direction: Direction }
  | { readonly kind: 'speed'; readonly direction: 'faster' | 'slower' }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'search' }
  | { readonly kind: 'copy-link' }
  | { readonly kind: 'copy-text' }
  | { readonly kind: 'keys' };

export type Direction = 'next' | 'previous';
/** What a step goes to: any mark, a mask, a command, the next output, a hit of the search. */
export type JumpTarget = 'mark' | 'mask' | 'command' | 'event' | 'hit';

/** The keys of the player, for its sheet of keys. */
export const PLAYER_KEYS: readonly { readonly keys: string; readonly meaning: string }[] = [
  keysOf('Space', 'toggle'),
  keysOf('← →', 'step'),
  keysOf('Shift+← →', 'mark'),
  keysOf('[ ]', 'command'),
  keysOf('M m', 'mask'),
  keysOf(', .', 'output'),
  keysOf('/', 'search'),
  keysOf('N n', 'hit'),
  keysOf('< >', 'speed'),
  // eslint-disable-next-line no-restricted-syntax -- names of keys, as on the buttons
  keysOf('Home End', 'ends'),
  keysOf('l', 'copyLink'),
  keysOf('c', 'copyText'),
  keysOf('?', 'keys'),
];

function keysOf(keys: string, id: keyof typeof t.playerKeys) {
  return {
    keys,
    get meaning() {
      return t.playerKeys[id];
    },
  };
}

type KeyFacts = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>;

/** What a key does in the player (`PLAYER_KEYS`). Null: not ours. */
export function playerCommand(event: KeyFacts): PlayerCommand | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const isArrow = event.key === 'ArrowRight' || event.key === 'ArrowLeft';
  if (isArrow && event.shiftKey)
    return { kind: 'jump', to: 'mark', direction: event.key === 'ArrowRight' ? 'next' : 'previous' };
  return COMMANDS.get(event.key) ?? null;
}

const COMMANDS: ReadonlyMap<string, PlayerCommand> = new Map(
  Object.entries<PlayerCommand>({
    ' ': { kind: 'toggle' },
    ArrowRight: { kind: 'step', byMs: 5_000 },
    ArrowLeft: { kind: 'step', byMs: -5_000 },
    '[': { kind: 'jump', to: 'command', direction: 'previous' },
    ']': { kind: 'jump', to: 'command', direction: 'next' },
    M: { kind: 'jump', to: 'mask', direction: 'previous' },
    m: { kind: 'jump', to: 'mask', direction: 'next' },
    ',': { kind: 'jump', to: 'event', direction: 'previous' },
    '.': { kind: 'jump', to: 'event', direction: 'next' },
    N: { kind: 'jump', to: 'hit', direction: 'previous' },
    n: { kind: 'jump', to: 'hit', direction: 'next' },
    '/': { kind: 'search' },
    Home: { kind: 'start' },
    End: { kind: 'end' },
    '>': { kind: 'speed', direction: 'faster' },
    '<': { kind: 'speed', direction: 'slower' },
    l: { kind: 'copy-link' },
    c: { kind: 'copy-text' },
    '?': { kind: 'keys' },
  }),
);

/** The next speed of the list; the last one stays. */
export function otherSpeed(speed: number, direction: 'faster' | 'slower'): number {
  const next =
    direction === 'faster'
      ? SPEEDS.find(candidate => candidate > speed)
      : SPEEDS.findLast(candidate => candidate < speed);
  return next ?? speed;
}
