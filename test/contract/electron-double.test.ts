import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { createElectronDouble } from '../support/electron-double/electron-double.ts';
import { PageDouble } from '../support/electron-double/page.ts';
import { WebContentsDouble } from '../support/electron-double/web-contents.ts';

type Kind = 'method' | 'property';
interface Declared {
  readonly members: Map<string, Kind>;
  readonly events: Set<string>;
  readonly bases: string[];
}

/** Interfaces, classes and module members of Electron's own declarations. */
const declared = readDeclarations('node_modules/electron/electron.d.ts');

function readDeclarations(file: string): Map<string, Declared> {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = new Map<string, Declared>();
  const visit = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) {
      const name = node.name?.text ?? '';
      const entry: Declared = found.get(name) ?? { members: new Map(), events: new Set(), bases: [] };
      found.set(name, entry);
      for (const clause of node.heritageClauses ?? [])
        entry.bases.push(...clause.types.map(type => type.expression.getText(source)));
      for (const member of node.members) addMember(entry, member, source);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function addMember(entry: Declared, member: ts.ClassElement | ts.TypeElement, source: ts.SourceFile): void {
  const name = member.name?.getText(source);
  if (name === undefined) return;
  const isMethod = ts.isMethodDeclaration(member) || ts.isMethodSignature(member);
  if (!isMethod) {
    entry.members.set(name, 'property');
    return;
  }
  entry.members.set(name, 'method');
  const type = member.parameters[0]?.type;
  if (name === 'on' && type !== undefined && ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal))
    entry.events.add(type.literal.text);
}

/** A member of a type or of what it extends. */
function kindOf(type: string, member: string): Kind | undefined {
  const entry = declared.get(type);
  if (entry === undefined) return undefined;
  return (
    entry.members.get(member) ??
    entry.bases.map(base => kindOf(base, member)).find(kind => kind !== undefined)
  );
}

function hasEvent(type: string, event: string): boolean {
  const entry = declared.get(type);
  return entry !== undefined && (entry.events.has(event) || entry.bases.some(base => hasEvent(base, event)));
}

const electron = createElectronDouble();
const contents = new WebContentsDouble();
const page = new PageDouble(electron.ipcMain, contents);
const channel = new electron.MessageChannelMain();
await electron.app.becomeReady();
const { defaultSession } = electron.session;

/** What the double has only for tests: how they play the user, the page and the machine. */
const FOR_TESTS: Readonly<Record<string, readonly string[]>> = {
  App: ['paths', 'protocolClients', 'windows', 'isSandboxEnabled', 'exitCode', 'becomeReady', 'windowClosed'],
  Dialog: ['errors', 'questions'],
  IpcMain: ['invoke'],
  Menu: ['applicationMenu'],
  MessagePortMain: ['take'],
  Protocol: ['schemes', 'fetch'],
  SafeStorage: ['backend', 'isAvailable'],
  Session: ['ask', 'check', 'checkDevice', 'leaves'],
  Notification: ['isShown'],
  Shell: ['opened'],
  Tray: ['menu', 'toolTip', 'gone'],
  WebContents: [
    'inbox',
    'reloads',
    'crash',
    'commit',
    'addSubframe',
    'navigateFromPage',
    'redirect',
    'openFromPage',
    'attachWebview',
    'destroy',
  ],
  BrowserWindow: ['options', 'preferences', 'loaded', 'calls'],
  WebFrameMain: ['id', 'isGone'],
};

const window = new electron.BrowserWindow();

/** The double of each type, and the members that it has. */
const doubles: readonly (readonly [type: string, double: object])[] = [
  ['App', electron.app],
  ['BrowserWindow', window],
  ['WebContents', contents],
  ['WebFrameMain', contents.mainFrame],
  ['Dialog', electron.dialog],
  ['Menu', electron.Menu],
  ['CommandLine', electron.app.commandLine],
  ['IpcMain', electron.ipcMain],
  ['MessagePortMain', channel.port1],
  ['Protocol', electron.protocol],
  ['SafeStorage', electron.safeStorage],
  ['Session', defaultSession],
  ['WebRequest', defaultSession.webRequest],
  ['Shell', electron.shell],
  ['NativeImage', electron.nativeImage],
  ['Notification', new electron.Notification({})],
  ['Tray', new electron.Tray({ isEmpty: () => false })],
  ['IpcRenderer', page.ipcRenderer],
  ['ContextBridge', page.contextBridge],
];

/** Its own members and those of its classes, short of Node's EventEmitter. */
function membersOf(double: object): Map<string, Kind> {
  const members = new Map<string, Kind>();
  for (
    let level: object | null = double;
    level !== null && level !== EventEmitter.prototype && level !== Object.prototype;
    level = Object.getPrototypeOf(level) as object | null
  ) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(level))) {
      if (name !== 'constructor' && !name.startsWith('_') && !(name in EventEmitter.prototype))
        members.set(name, typeof value === 'function' ? 'method' : 'property');
    }
  }
  return members;
}

describe('the double of Electron', () => {
  it.each(doubles)('has nothing in %s that Electron has not, and of the same kind', (type, double) => {
    const own = [...membersOf(double)].filter(([name]) => !(FOR_TESTS[type] ?? []).includes(name));
    expect(own.length).toBeGreaterThan(0);
    expect(own.map(([name]) => [name, kindOf(type, name)])).toEqual(own);
  });

  it.each(Object.entries(FOR_TESTS))('names no member of %s that Electron has as its own', (type, names) => {
    const taken = names.filter(name => kindOf(type, name) !== undefined);
    expect(taken).toEqual([]);
  });

  it('exports what Electron exports', () => {
    const source = readFileSync('node_modules/electron/electron.d.ts', 'utf8');
    const exported = /namespace CrossProcessExports \{[\s\S]*?\n {2}\}/.exec(source)?.[0] ?? '';
    const isExported = (name: string) => new RegExp(`\\b(const ${name}:|class ${name} )`).test(exported);
    expect(Object.keys(electron).filter(name => !isExported(name))).toEqual([]);
    expect(isExported('ipcMains')).toBe(false);
  });

  it('finds nothing that is not there', () => {
    expect(kindOf('App', 'enableSandboxes')).toBeUndefined();
    expect(kindOf('App', 'isPackaged')).toBe('property');
    expect(kindOf('BrowserWindow', 'loadURL')).toBe('method');
    expect(hasEvent('App', 'second-instances')).toBe(false);
  });
});

describe('events that the shell listens to and the double emits', () => {
  it.each([
    [
      'App',
      ['ready', 'before-quit', 'will-quit', 'quit', 'window-all-closed', 'second-instance', 'open-url'],
    ],
    ['App', ['activate', 'web-contents-created']],
    ['WebContents', ['will-frame-navigate', 'will-navigate', 'will-redirect', 'will-attach-webview']],
    ['WebContents', ['destroyed', 'render-process-gone']],
    ['App', ['child-process-gone']],
    ['BrowserWindow', ['ready-to-show', 'close', 'closed']],
    ['MessagePortMain', ['message', 'close']],
    ['UtilityProcess', ['spawn', 'message', 'exit', 'error']],
    ['PowerMonitor', ['resume', 'unlock-screen', 'lock-screen', 'suspend', 'shutdown']],
    ['App', ['render-process-gone']],
    ['Notification', ['click', 'close']],
    ['Tray', ['click']],
  ])('are events of %s: %s', (type, events) => {
    expect(events.filter(event => !hasEvent(type, event))).toEqual([]);
  });

  it('are all that the sources name', () => {
    const sources = [
      'main',
      'guards',
      'ipc',
      'window',
      'fork-utility-host',
      'reload-after-crash',
      'crash-notes',
      'notifications',
      'tray',
    ]
      .map(name => readFileSync(`main/electron/${name}.ts`, 'utf8'))
      .join('\n');
    const named = [...sources.matchAll(/(\w+)\.(?:on|once)\('([a-z-]+)'/g)].map(match => match[2] ?? '');
    expect(named.length).toBeGreaterThan(10);
    const types = [...declared.keys()];
    expect(named.filter(event => !types.some(type => hasEvent(type, event)))).toEqual([]);
  });
});
