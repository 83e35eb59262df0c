import { parseArgs } from 'node:util';
import type { LinkView } from '../../contract/link.ts';
import { parseDeepLink } from '../shell/deep-link.ts';

/** What the desktop program was started with. */
export interface Launch {
  /** the client's folder; the platform's own place where not given */
  readonly profileFolder: string | undefined;
  /** The demo enrols its people before the desktop shell runs, so their throw-away keys lie in files. */
  readonly hasDemoKeys: boolean;
  /** `sallyport://…`, as Linux and Windows hand it over when the link starts the program */
  readonly link: LinkView | null;
}

/** Reads a command line without its program; Chromium's own switches and, in a checkout, the program's folder are passed over. */
export function readLaunch(args: readonly string[]): Launch {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: { profile: { type: 'string' }, 'demo-keys': { type: 'boolean' } },
  });
  return {
    profileFolder: typeof values.profile === 'string' ? values.profile : undefined,
    hasDemoKeys: values['demo-keys'] === true,
    link: linkAmong(args),
  };
}

/** The first deep link of a command line; null where there is none, or where it is not a good one. */
export function linkAmong(args: readonly string[]): LinkView | null {
  const text = args.find(each => each.startsWith('sallyport://'));
  return text === undefined ? null : parseDeepLink(text);
}
