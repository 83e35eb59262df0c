import type { Scene } from '../scene.ts';
import type { Cell } from './grid.ts';
import { gridOf, recordOf, rowOf, rowsIn, textOf, writeCell } from './grid.ts';
import type { Layout } from './layout.ts';

const jsonText = (text: string): string => JSON.stringify(text);
const escapedJson = (text: string): string =>
  jsonText(text).replaceAll(/[^\x20-\x7e]|[@/]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function jsonLine(scene: Scene, quote: (text: string) => string): void {
  const record = recordOf(scene);
  scene.write('{');
  record.forEach(([key, cell], i) => {
    scene.write(`${i > 0 ? ',' : ''}"${key}":`);
    writeCell(scene, cell, quote);
  });
  scene.write('}\r\n');
}

function jsonPretty(scene: Scene): void {
  const indent = ' '.repeat(scene.random.pick([2, 4]));
  scene.write(`[\r\n${indent}{\r\n`);
  const record = recordOf(scene);
  record.forEach(([key, cell], i) => {
    scene.write(`${indent}${indent}"${key}": `);
    writeCell(scene, cell, jsonText);
    scene.write(i < record.length - 1 ? ',\r\n' : '\r\n');
  });
  scene.write(`${indent}}\r\n]\r\n`);
}

/** The colours of jq 1.7. */
function jsonColoured(scene: Scene): void {
  scene.write('\x1b[1;39m{\r\n');
  const record = recordOf(scene);
  record.forEach(([key, cell], i) => {
    scene.write(`  \x1b[0m\x1b[34;1m"${key}"\x1b[0m\x1b[1;39m:\x1b[0m \x1b[0;32m`);
    writeCell(scene, cell, jsonText);
    scene.write(`\x1b[0m${i < record.length - 1 ? '\x1b[1;39m,' : ''}\r\n`);
  });
  scene.write('\x1b[1;39m}\x1b[0m\r\n');
}

function yaml(scene: Scene): void {
  scene.write('customer:\r\n');
  for (const [key, cell] of recordOf(scene)) {
    const needsQuote = /[:#'"%]/.test(textOf(cell));
    scene.write(`  ${key}: `);
    writeCell(scene, cell, needsQuote || scene.random.chance(0.3) ? jsonText : undefined);
    scene.write('\r\n');
  }
}

function pairs(scene: Scene, separator: string, quote: (text: string) => string): void {
  recordOf(scene).forEach(([key, cell], i) => {
    scene.write(`${i > 0 ? separator : ''}${key}=`);
    writeCell(scene, cell, quote);
  });
  scene.write('\r\n');
}

const logfmtText = (text: string): string => (/[\s"=]/.test(text) ? jsonText(text) : text);

function environment(scene: Scene): void {
  for (const [key, cell] of recordOf(scene)) {
    scene.write(`${scene.random.chance(0.3) ? 'export ' : ''}${key.toUpperCase()}=`);
    writeCell(scene, cell, text => (/[\s#!%]/.test(text) ? `"${text}"` : text));
    scene.write('\r\n');
  }
}

function headers(scene: Scene): void {
  scene.write('HTTP/1.1 200 OK\r\n');
  for (const [key, cell] of recordOf(scene)) {
    scene.write(`X-${key.replaceAll('_', '-').replaceAll(/\b[a-z]/g, c => c.toUpperCase())}: `);
    writeCell(scene, cell);
    scene.write('\r\n');
  }
  scene.write('\r\n');
}

function insert(scene: Scene): void {
  const columns = gridOf(scene, 4);
  const isEach = scene.random.chance(0.5);
  const head = `INSERT INTO customers (${columns.map(({ name }) => name).join(', ')}) VALUES`;
  for (let row = 0; row < rowsIn(columns); row++) {
    scene.write(isEach || row === 0 ? `${head} (` : '(');
    rowOf(columns, row).forEach((cell, i) => {
      if (i > 0) scene.write(', ');
      writeCell(scene, cell, columns[i]?.isNumber === true ? undefined : sqlText);
    });
    scene.write(isEach || row === rowsIn(columns) - 1 ? ');\r\n' : '),\r\n');
  }
}

function copy(scene: Scene): void {
  const columns = gridOf(scene);
  scene.write(`COPY public.customers (${columns.map(({ name }) => name).join(', ')}) FROM stdin;\r\n`);
  for (let row = 0; row < rowsIn(columns); row++) {
    rowOf(columns, row).forEach((cell: Cell, i) => {
      if (i > 0) scene.write('\t');
      writeCell(scene, cell);
    });
    scene.write('\r\n');
  }
  scene.write('\\.\r\n');
}

/** Records that name what is in them. */
export const DOCUMENT_LAYOUTS: readonly Layout[] = [
  { name: 'json-line', write: scene => jsonLine(scene, jsonText) },
  { name: 'json-escaped', write: scene => jsonLine(scene, escapedJson) },
  { name: 'json-pretty', write: jsonPretty },
  { name: 'json-coloured', write: jsonColoured },
  { name: 'yaml', write: yaml },
  { name: 'logfmt', write: scene => pairs(scene, ' ', logfmtText) },
  { name: 'query-string', write: scene => pairs(scene, '&', encodeURIComponent) },
  { name: 'environment', write: environment },
  { name: 'http-headers', write: headers },
  { name: 'sql-insert', write: insert },
  { name: 'sql-copy', write: copy },
];
