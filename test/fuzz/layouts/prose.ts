import type { FuzzValue, Scene } from '../scene.ts';
import { ANY, fillerOf, STRONG, WORDED } from '../scene.ts';
import type { Layout } from './layout.ts';

/** Sentences around a value that speaks for itself. */
const STRONG_FRAMES: readonly (readonly [string, string])[] = [
  ['please use ', ' for this order'],
  ['we got ', ', thanks!'],
  ['updated (', ') yesterday'],
  ['bitte ', ' verwenden'],
  ['merci de noter ', ' pour le dossier'],
  ['usar ', ' para el pedido'],
  ['пожалуйста, запишите ', ' сегодня'],
  ['請記下 ', ' 謝謝'],
  ['"', '" was rejected'],
  ['<', '>'],
  ['', ''],
];
const LABEL_FRAMES: readonly ((label: string) => readonly [string, string])[] = [
  label => [`${label}: `, ''],
  label => [`${label} `, ' is on file'],
  label => [`the ${label} is `, '.'],
  label => [`their ${label} `, ' was changed'],
  label => [`my ${label}: `, ', thanks'],
  label => [`* ${label} - `, ''],
];
const KEY_FRAMES: readonly ((label: string) => readonly [string, string])[] = [
  label => [`${label}: `, ''],
  label => [`${label}=`, ''],
];

/** A sentence with one value: before it, after it. */
export function sentence(scene: Scene, value: FuzzValue): readonly [string, string] {
  const { random } = scene;
  const { need, label } = value.kind;
  if (need === 'key') return random.pick(KEY_FRAMES)(label);
  if (need === 'word' || random.chance(0.4)) return random.pick(LABEL_FRAMES)(label);
  return random.pick(STRONG_FRAMES);
}

function writeSentence(scene: Scene, paint: (value: FuzzValue) => void): void {
  const value = scene.value(ANY);
  const [before, after] = sentence(scene, value);
  scene.write(before);
  paint(value);
  scene.write(`${after}\r\n`);
}

const named = (value: FuzzValue) => ({ isNamed: value.kind.need === 'key' });

const COLOURS = ['\x1b[31m', '\x1b[1;32m', '\x1b[38;5;208m', '\x1b[38;2;9;8;7m', '\x1b[7m', '\x1b[4:3m'];

/** Prose, and prose in colours. */
export const PROSE_LAYOUTS: readonly Layout[] = [
  {
    name: 'prose',
    isTypable: true,
    write(scene) {
      for (let i = scene.random.int(1, 4); i > 0; i--) {
        if (scene.random.chance(0.3)) scene.write(`${fillerOf(scene.random, scene.random.int(3, 120))}\r\n`);
        writeSentence(scene, value => scene.writeValue(value, named(value)));
      }
    },
  },
  {
    name: 'prose-long-line',
    write(scene) {
      for (let i = scene.random.int(2, 5); i > 0; i--) {
        const value = scene.value(WORDED);
        const [before, after] = sentence(scene, value);
        scene.write(`${fillerOf(scene.random, scene.random.int(5, 150))} ${before}`);
        scene.writeValue(value);
        scene.write(`${after}; `);
      }
      scene.write('\r\n');
    },
  },
  {
    name: 'sgr-around',
    write(scene) {
      writeSentence(scene, value => {
        scene.write(scene.random.pick(COLOURS));
        scene.writeValue(value, named(value));
        scene.write('\x1b[0m');
      });
    },
  },
  {
    name: 'sgr-inside',
    write(scene) {
      writeSentence(scene, value => {
        const at = scene.random.int(1, value.text.length - 1);
        scene.writeValue(value, { to: at, ...named(value) });
        scene.write(scene.random.pick(COLOURS) + (scene.random.chance(0.5) ? '\x1b[K' : ''));
        scene.writeValue(value, { from: at, ...named(value) });
        scene.write('\x1b[m');
      });
    },
  },
  {
    name: 'sgr-each-character',
    write(scene) {
      writeSentence(scene, value => {
        for (let at = 0; at < value.text.length; at++) {
          scene.write(scene.random.pick(COLOURS));
          scene.writeValue(value, { from: at, to: at + 1, ...named(value) });
        }
        scene.write('\x1b[0m');
      });
    },
  },
  {
    name: 'prompt',
    write(scene) {
      scene.write('\x1b]0;deploy@web: ~\x07\x1b[01;32mdeploy@web\x1b[00m:\x1b[01;34m~\x1b[00m$ echo ');
      const value = scene.value(STRONG);
      scene.writeValue(value);
      scene.write('\r\n');
      scene.writeValue(value);
      scene.write('\r\n\x1b[?2004hdeploy@web:~$ ');
    },
  },
];
