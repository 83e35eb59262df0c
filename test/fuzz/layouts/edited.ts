import { LOWER } from '../random.ts';
import type { FuzzValue, Scene } from '../scene.ts';
import { STRONG, WORDED } from '../scene.ts';
import type { Layout } from './layout.ts';
import { widthOfText } from './grid.ts';
import { sentence } from './prose.ts';

/** A line wide enough that the edited value stands in one row. */
function begin(scene: Scene): { value: FuzzValue; after: string } {
  const value = scene.value(WORDED);
  const [before, after] = sentence(scene, value);
  scene.needs(widthOfText(before) + value.text.length + widthOfText(after) + 8);
  scene.write(before);
  return { value, after };
}

const upper = (random: Scene['random'], length: number): string => random.text(LOWER.slice(16), length);

/** Values that come about by correcting what stands there. */
export const EDITED_LAYOUTS: readonly Layout[] = [
  {
    name: 'backspace',
    write(scene) {
      const { value, after } = begin(scene);
      const at = scene.random.int(1, value.text.length - 1);
      const wrong = upper(scene.random, scene.random.int(1, 3));
      scene.writeValue(value, { to: at });
      const erase = scene.random.pick(['\b \b', '\b']);
      scene.write(wrong + erase.repeat(wrong.length));
      scene.writeValue(value, { from: at });
      scene.write(`${after}   \r\n`);
    },
  },
  {
    name: 'backspace-each-character',
    write(scene) {
      const { value, after } = begin(scene);
      for (let at = 0; at < value.text.length; at++) {
        scene.writeValue(value, { from: at, to: at + 1 });
        scene.write('\b');
        scene.writeValue(value, { from: at, to: at + 1 });
      }
      scene.write(`${after}\r\n`);
    },
  },
  {
    name: 'carriage-return-over',
    write(scene) {
      const { value, after } = begin(scene);
      scene.writeValue(value);
      scene.write(after);
      const { cols } = scene.size;
      scene.write(
        scene.random.pick([
          `\r${' '.repeat(cols - 1)}\rdone\r\n`,
          '\r\x1b[Kdone\r\n',
          `\r${'='.repeat(cols - 1)}\r\n`,
        ]),
      );
    },
  },
  {
    name: 'carriage-return-under',
    write(scene) {
      const value = scene.value(STRONG);
      scene.needs(value.text.length + 10);
      scene.write(`${'-'.repeat(scene.random.int(3, scene.size.cols - 2))}\r`);
      scene.write('now ');
      scene.writeValue(value);
      scene.write(' \x1b[K\r\n');
    },
  },
  {
    name: 'insert-mode',
    write(scene) {
      const { value, after } = begin(scene);
      const [from, to] = middle(scene, value);
      scene.writeValue(value, { to: from });
      scene.writeValue(value, { from: to });
      scene.write(after);
      scene.write(`${'\b'.repeat(value.text.length - to + widthOfText(after))}\x1b[4h`);
      scene.writeValue(value, { from, to });
      scene.write('\x1b[4l\r\n');
    },
  },
  {
    name: 'insert-characters',
    write(scene) {
      const { value, after } = begin(scene);
      const [from, to] = middle(scene, value);
      scene.writeValue(value, { to: from });
      scene.writeValue(value, { from: to });
      scene.write(after);
      scene.write(`\x1b[${value.text.length - to + widthOfText(after)}D\x1b[${to - from}@`);
      scene.writeValue(value, { from, to });
      scene.write('\r\n');
    },
  },
  {
    name: 'delete-characters',
    write(scene) {
      const { value, after } = begin(scene);
      const at = scene.random.int(1, value.text.length - 1);
      const wrong = upper(scene.random, scene.random.int(1, 4));
      scene.writeValue(value, { to: at });
      scene.write(wrong);
      scene.writeValue(value, { from: at, isBroken: true });
      const back = value.text.length - at + widthOfText(after) + wrong.length;
      scene.write(after);
      // the value is whole when what is wrong in it is gone
      const end = value.text.length;
      scene.writeValue(value, { from: end, as: () => `\x1b[${back}D\x1b[${wrong.length}P` });
      scene.write('\r\n');
    },
  },
  {
    name: 'repeat',
    write(scene) {
      const { value, after } = begin(scene);
      for (let at = 0; at < value.text.length; ) {
        const first = value.text.charAt(at);
        let end = at + 1;
        while (value.text.charAt(end) === first) end++;
        scene.writeValue(value, { from: at, to: at + 1 });
        if (end - at > 1)
          scene.writeValue(value, { from: at + 1, to: end, as: () => `\x1b[${end - at - 1}b` });
        at = end;
      }
      scene.write(`${after}\r\n`);
    },
  },
  {
    name: 'cursor-over-gap',
    write(scene) {
      const { value, after } = begin(scene);
      const at = scene.random.int(1, value.text.length - 1);
      const rest = value.text.length - at;
      scene.write(`\x1b[${at}C`);
      scene.writeValue(value, { from: at });
      scene.write(`\x1b[${at + rest}D`);
      scene.writeValue(value, { to: at });
      scene.write(`\x1b[${rest}C${after}\r\n`);
    },
  },
];

function middle(scene: Scene, value: FuzzValue): readonly [number, number] {
  const from = scene.random.int(1, value.text.length - 2);
  return [from, scene.random.int(from + 1, value.text.length - 1)];
}
