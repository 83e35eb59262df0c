import { Buffer } from 'node:buffer';
import type { Scene } from '../scene.ts';
import { STRONG, WORDED } from '../scene.ts';
import type { Layout } from './layout.ts';
import { sentence } from './prose.ts';

const ended = (scene: Scene): string => scene.random.pick(['\x07', '\x1b\\']);

/** Values in control strings: titles, directories, links, the clipboard, and strings that nothing needs. */
export const STRING_LAYOUTS: readonly Layout[] = [
  {
    name: 'title',
    write(scene) {
      const value = scene.value(WORDED);
      const [before, after] = sentence(scene, value);
      scene.write(`$ \x1b]${scene.random.pick(['0', '1', '2'])};${before}`);
      scene.writeValue(value);
      scene.write(`${after}${ended(scene)}ok\r\n`);
    },
  },
  {
    name: 'directory',
    write(scene) {
      const value = scene.value(STRONG);
      const encode = scene.random.chance(0.5)
        ? encodeURIComponent
        : (text: string) => text.replaceAll(' ', '%20');
      scene.write(`\x1b]7;file://host/home/`);
      scene.writeValue(value, { as: encode });
      scene.write(`/files${ended(scene)}$ \r\n`);
    },
  },
  {
    name: 'link',
    write(scene) {
      const value = scene.value(STRONG);
      const encode = scene.random.chance(0.5)
        ? encodeURIComponent
        : (text: string) => text.replaceAll(' ', '%20');
      scene.write(`\x1b]8;${scene.random.pick(['', 'id=7'])};https://intra.example/find?q=`);
      scene.writeValue(value, { as: encode });
      scene.write(`&page=2${ended(scene)}`);
      scene.writeValue(value);
      scene.write(`\x1b]8;;${ended(scene)} found\r\n`);
    },
  },
  {
    name: 'clipboard',
    write(scene) {
      const value = scene.value(STRONG);
      scene.write('\x1b]52;c;');
      scene.writeValue(value, { as: text => Buffer.from(text).toString('base64') });
      scene.write(`${ended(scene)}copied\r\n`);
    },
  },
  {
    name: 'other-strings',
    write(scene) {
      const value = scene.value(STRONG);
      scene.write(
        scene.random.pick([
          '\x1bP',
          '\x1b_G',
          '\x1b^',
          '\x1bX',
          '\x1b]1337;SetUserVar=',
          '\x1b]777;notify;x;',
          '\x1b]9;',
        ]),
      );
      scene.writeValue(value);
      scene.write('\x1b\\done\r\n');
    },
  },
];
