import { fillerOf, STRONG, WORDED } from '../scene.ts';
import type { Layout } from './layout.ts';
import { sentence } from './prose.ts';

/** Values over the right margin. */
export const WRAPPED_LAYOUTS: readonly Layout[] = [
  {
    name: 'wrapped-by-terminal',
    write(scene) {
      const value = scene.value(WORDED);
      scene.needs(24);
      const [before, after] = sentence(scene, value);
      // the value begins at any column of some row
      const start = scene.random.int(1, Math.min(value.text.length, scene.size.cols));
      const fill = (2 * scene.size.cols - start - before.length) % scene.size.cols;
      scene.write(fill > 1 ? `${fillerOf(scene.random, fill - 1)} ` : ' '.repeat(fill));
      scene.write(before);
      scene.writeValue(value);
      scene.write(`${after}\r\n`);
    },
  },
  {
    name: 'wrapped-by-program',
    write(scene) {
      const value = scene.value(STRONG);
      const { cols } = scene.size;
      const at = scene.random.int(1, value.text.length - 1);
      if (at > cols - 2 || value.text.length - at > cols) return scene.writeValue(value);
      scene.write(`${fillerOf(scene.random, cols - at - 1)} `);
      scene.writeValue(value, { to: at });
      scene.write(scene.random.pick(['\r\n', '\n\r', '\x1bE']));
      scene.writeValue(value, { from: at });
      scene.write(' ok\r\n');
    },
  },
  {
    name: 'wrapped-in-colour',
    write(scene) {
      const value = scene.value(STRONG);
      const { cols } = scene.size;
      const start = scene.random.int(1, Math.min(value.text.length, cols - 2));
      scene.write(`\x1b[32m${fillerOf(scene.random, cols - start - 1)}\x1b[0m `);
      for (let at = 0; at < value.text.length; ) {
        const end = Math.min(value.text.length, at + scene.random.int(1, 9));
        scene.writeValue(value, { from: at, to: end });
        scene.write(scene.random.pick(['\x1b[1m', '\x1b[33m', '\x1b[m', '']));
        at = end;
      }
      scene.write('\x1b[m\r\n');
    },
  },
];
