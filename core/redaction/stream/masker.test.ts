import { expect, it } from 'vitest';
import { RedactionPolicy } from '../../../contract/redaction.ts';
import { createLineDetector } from '../detect/create-line-detector.ts';
import { createRedactor } from './create-redactor.ts';
import { bytesOf } from './testing/terminal.ts';

const policy = RedactionPolicy.parse({});
const detector = createLineDetector(policy);
const ROWS = [
  '  1 | olga.ivanova@corp.ru | +44 20 7946 0958 | 4012888888881881 | DE89370400440532013000',
  '  2 | ann.lee@corp.uk      | +44 20 7946 0123 | 4111111111111111 | GB29NWBK60161331926819',
];
const HEAD =
  ' id |        email         |      phone       |   card_number    |          iban          \r\n' +
  '----+----------------------+------------------+------------------+------------------------\r\n';
const TABLE = bytesOf(`${HEAD}${ROWS.join('\r\n')}\r\n(2 rows)\r\n`);

it('a value is told when its mask was let go, not while it is held back, wherever the output is cut', () => {
  for (let at = HEAD.length; at < TABLE.length; at++) {
    let told = 0;
    const redactor = createRedactor({
      cols: 120,
      rows: 24,
      policy,
      detector: detector.fork(),
      tokenOf: null,
      onMask: () => told++,
      onBlock: () => undefined,
    });
    let text = '';
    const steps = [
      () => redactor.write(TABLE.subarray(0, at)),
      () => redactor.write(TABLE.subarray(at)),
      () => redactor.end(),
    ];
    for (const step of steps) {
      text += Buffer.from(step()).toString();
      const masked = text.split(/[|\n]/).filter(cell => /[•*]/.test(cell)).length;
      expect(told, `cut at ${at}`).toBeLessThanOrEqual(masked);
    }
    expect(told).toBe(8);
  }
});
