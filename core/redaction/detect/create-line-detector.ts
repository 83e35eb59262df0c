import type { Entity, Finding, RedactionPolicy } from '../../../contract/redaction.ts';
import type { LineDetector, OpenCandidate } from '../line-detector.ts';
import { effectiveAction } from '../policy.ts';
import type { AllowList } from '../policy/allow-list.ts';
import { allowListOf } from '../policy/allow-list.ts';
import { createNameGazetteer } from '../gazetteer/name-gazetteer.ts';
import type { Block } from '../structure/block.ts';
import { blockAfter, blockHits } from '../structure/block.ts';
import { markupHitsAtStart } from '../structure/markup.ts';
import type { LineKernel } from '../kernel/line-kernel.ts';
import { createLineKernel } from '../kernel/line-kernel.ts';
import type { Schema } from '../structure/schema.ts';
import { schemaAfter } from '../structure/schema.ts';
import type { Table } from '../structure/table.ts';
import { NO_TABLE } from '../structure/table.ts';
import { tableAfter } from '../structure/table-memory.ts';
import { insertHits, pairHits, tableHits } from '../structure/table-rows.ts';
import { meantBy } from './meant.ts';
import { authorizationDetector } from './secrets/authorization.ts';
import { MARK } from './gate/character-kinds.ts';
import { clearKnowledgeOf } from './clear/clear-knowledge.ts';
import type { Clearance } from './clear/clearance.ts';
import { createClearance } from './clear/clearance.ts';
import { KernelLines } from './clear/kernel-lines.ts';
import type { ShortWay } from './clear/plain-lines.ts';
import { PlainLines } from './clear/plain-lines.ts';
import { createCommandPasswordDetector } from './secrets/command-passwords.ts';
import { contextValueDetector } from './context/context-values.ts';
import { isUnderLine, onlyColumnAfter } from './context/context-register.ts';
import type { DecodedLine } from './decoded.ts';
import { decodedSoFar } from './decoded.ts';
import type { Detector, Hit, LineText } from './detector.ts';
import { emailDetector } from './contact/email.ts';
import type { Gate } from './gate/gate.ts';
import { createGate, SIGHT } from './gate/gate.ts';
import { ibanDetector } from './identifiers/iban.ts';
import { createIdentifierDetector, ID_RULES } from './identifiers/identifiers.ts';
import { jwtDetector } from './secrets/jwt.ts';
import type { KeyNames } from './context/key-names.ts';
import { createKeyNames } from './context/key-names.ts';
import { createKeyValueDetector } from './context/key-value.ts';
import type { WordKnowledge } from './names/known-word.ts';
import { createWordKnowledge } from './names/known-word.ts';
import { nameTail } from './names/name-tail.ts';
import { networkDetector } from './contact/network.ts';
import { earliest, tailCandidate } from './open-candidate.ts';
import type { PemBlock } from './secrets/pem.ts';
import { isPemBody, pemAfter, pemDetector } from './secrets/pem.ts';
import { createPersonDetector } from './names/person.ts';
import { phoneDetector } from './contact/phone.ts';
import { withAsciiDigits, withPlainBlanks } from './plain-characters.ts';
import type { OpenAddress } from './postal/address-lines.ts';
import { ideographicAddressDetector } from './postal/ideographic-address.ts';
import { addressLine, openAddressAfter } from './postal/address-lines.ts';
import { streetTail } from './postal/street-tail.ts';
import { resolve } from './resolve.ts';
import { secretDetector } from './secrets/secrets.ts';
import { SECRET_RULES } from './secrets/secret-rules.ts';
import { createStreetAddressDetector } from './postal/street-address.ts';
import { urlCredentialDetector } from './secrets/url-credentials.ts';
import { walletDetector } from './identifiers/wallet.ts';

export interface LineDetectorOptions {
  /** Claims under this score are dropped; 0.5 is what the redactor uses, a scan may ask for less. */
  readonly minScore?: number;
}

/** What the rules of a policy know: all that takes time to make. */
interface Rules {
  readonly gate: Gate;
  readonly isClear: Clearance;
  /** Reads lines as bytes; null where WebAssembly is not allowed. */
  readonly kernel: LineKernel | null;
  readonly names: KeyNames;
  readonly detectors: readonly Detector[];
  readonly nameWords: WordKnowledge;
  readonly minScore: number;
  readonly hidesPrivateIps: boolean;
}

/** What does not change from line to line; shared by all forks. */
interface Knowledge extends Rules {
  readonly isAllowed: (entity: Entity) => boolean;
  readonly allowList: AllowList | null;
}

/** What later lines need of earlier ones: immutable values, so that a fork is a copy of references. */
interface Memory {
  readonly pem: PemBlock | null;
  readonly block: Block | null;
  readonly table: Table;
  readonly schema: Schema | null;
  readonly address: OpenAddress | null;
  /** The lines are the only column of a table whose header names nobody. */
  readonly isOnlyColumn: boolean;
  readonly previous: string;
}

/** A line as it was read once: what the gate saw and what was found. */
interface Reading {
  readonly line: string;
  readonly sights: number;
  readonly marks: number;
  readonly findings: readonly Finding[];
}

/** Where claims with a lower score count, no line is clear. */
const SURE_SCORE = 0.5;
const NO_FINDINGS: readonly Finding[] = [];
const NO_MEMORY: Memory = {
  pem: null,
  block: null,
  table: NO_TABLE,
  schema: null,
  address: null,
  isOnlyColumn: false,
  previous: '',
};
/** What must not be remembered where lines pass by their codes. */
const EMPTY_WHERE_PLAIN = (Object.keys(NO_MEMORY) as (keyof Memory)[]).filter(
  key => key !== 'table' && key !== 'previous',
);
/** A header is never longer; longer lines are not remembered. */
const MAX_REMEMBERED = 8192;

/**
 * The detectors of a policy as one line detector. Entities that the policy allows and values on its allow lists are not reported.
 * The first one costs 50 ms of processor time (the automaton of the gate); others with the same columns, and forks, are free.
 */
export function createLineDetector(policy: RedactionPolicy, options: LineDetectorOptions = {}): LineDetector {
  const minScore = options.minScore ?? SURE_SCORE;
  const { columns, privateIps } = policy;
  const key = JSON.stringify([columns, privateIps, minScore]);
  if (newest?.key !== key) newest = { key, rules: rulesOf(columns, privateIps, minScore) };
  const isAllowed = (entity: Entity): boolean => effectiveAction(policy, entity) === 'allow';
  return lineDetector({ ...newest.rules, isAllowed, allowList: allowListOf(policy) }, NO_MEMORY);
}

/** What was built last: a process reads streams of one policy. */
let newest: { readonly key: string; readonly rules: Rules } | null = null;

/** What is done with a value that they find is the policy's own. */
function rulesOf(columns: readonly string[], privateIps: boolean, minScore: number): Rules {
  const names = createKeyNames(columns);
  const gazetteer = createNameGazetteer();
  const gate = createGate(
    SECRET_RULES.map(rule => rule.prefixes),
    columns,
  );
  const detectors: readonly Detector[] = [
    pemDetector,
    secretDetector,
    jwtDetector,
    urlCredentialDetector,
    authorizationDetector,
    createCommandPasswordDetector(),
    createKeyValueDetector(names),
    emailDetector,
    ibanDetector,
    createIdentifierDetector(),
    phoneDetector,
    networkDetector,
    walletDetector,
    contextValueDetector,
    createStreetAddressDetector(gazetteer),
    ideographicAddressDetector,
    createPersonDetector(gazetteer),
  ];
  const clear = clearKnowledgeOf(gate.literals, {
    detectors,
    identifiers: ID_RULES,
    secrets: SECRET_RULES,
    gazetteer,
    hidesPrivateIps: privateIps,
  });
  return {
    gate,
    isClear: createClearance(clear),
    kernel: createLineKernel(gate.tables, clear),
    names,
    detectors,
    nameWords: createWordKnowledge(gazetteer),
    minScore,
    hidesPrivateIps: privateIps,
  };
}

function lineDetector(knowledge: Knowledge, initial: Memory): LineDetector {
  let memory = initial;
  let complete: Reading | null = null;
  let growing: Reading | null = null;
  /** Made when it is asked for: most forks read one line of a screen. */
  let plain: ShortWay | null = null;
  const remember = (): void => {
    if (plain?.isOpen === true) memory = { ...NO_MEMORY, ...plain.takeMemory() };
  };
  /** The short way; null where it cannot be taken now. */
  const opened = (): ShortWay | null => {
    if (knowledge.minScore < SURE_SCORE) return null;
    const { kernel, isClear, gate } = knowledge;
    plain ??= kernel === null ? new PlainLines(isClear, gate) : new KernelLines(kernel);
    return plain.isOpen || (isEmpty(memory) && plain.begin(memory.table)) ? plain : null;
  };
  const read = (line: string): Reading => {
    if (complete === null || complete.line !== line) complete = readLine(knowledge, memory, line, true);
    return complete;
  };
  // asked for the findings and for the candidate of one growing line, at the end of each chunk
  const readSoFar = (line: string): Reading => {
    if (growing === null || growing.line !== line) growing = readLine(knowledge, memory, line, false);
    return growing;
  };
  return {
    findings(line, isComplete) {
      remember();
      return (isComplete ? read(line) : readSoFar(line)).findings;
    },
    openCandidate(line) {
      remember();
      return line === ''
        ? null
        : openCandidateOf(knowledge, withAsciiDigits(withPlainBlanks(line)), readSoFar(line).findings);
    },
    commit(line) {
      remember();
      memory = after(knowledge, memory, read(line));
      complete = null;
      growing = null;
    },
    passes(codes, length) {
      if (opened()?.take(codes, length) !== true) return false;
      complete = null;
      growing = null;
      return true;
    },
    takeLines(bytes, from, cols) {
      const taken = opened()?.takeLines?.(bytes, from, cols) ?? null;
      if (taken === null || taken.end === from) return taken;
      complete = null;
      growing = null;
      return taken;
    },
    previousLine() {
      remember();
      return memory.previous;
    },
    fork() {
      remember();
      return lineDetector(knowledge, memory);
    },
  };
}

/** Nothing but a table and a line is remembered. */
function isEmpty(memory: Memory): boolean {
  return EMPTY_WHERE_PLAIN.every(key => memory[key] === NO_MEMORY[key]);
}

function readLine(knowledge: Knowledge, memory: Memory, printed: string, isComplete: boolean): Reading {
  const columns = withPlainBlanks(printed);
  const line = withAsciiDigits(columns);
  const sightings = knowledge.gate.look(line);
  const { sights, marks } = sightings;
  const hits: Hit[] = [];
  structureHits(knowledge, memory, { line: columns, isComplete, marks }, hits);
  const isInTable = memory.isOnlyColumn || (memory.table.kind !== 'none' && memory.table.kind !== 'voting');
  if (!isComplete || isInTable || knowledge.minScore < SURE_SCORE || !knowledge.isClear(sightings)) {
    const { hidesPrivateIps } = knowledge;
    const isCell = isInTable || isUnderLine(line, memory.previous);
    lineHits(knowledge, { line, isComplete, sightings, hidesPrivateIps, isInTable: isCell }, hits);
    for (const meant of meantBy(line, sightings)) decodedHits(knowledge, meant, isComplete, hits);
  }
  const findings = hits.length === 0 ? NO_FINDINGS : findingsOf(knowledge, line, hits);
  return { line: printed, sights, marks, findings };
}

function findingsOf(knowledge: Knowledge, line: string, hits: readonly Hit[]): readonly Finding[] {
  const kept = hits.filter(
    hit =>
      hit.score >= knowledge.minScore &&
      !knowledge.isAllowed(hit.entity) &&
      knowledge.allowList?.(hit.entity, line.slice(hit.start, hit.end)) !== true,
  );
  return resolve(kept);
}

/** What the line itself says, without what was before it. */
function lineHits(knowledge: Knowledge, text: LineText, hits: Hit[]): void {
  const { sights } = text.sightings;
  if (sights === 0) return;
  const emit = (hit: Hit): void => {
    if (hit.end > hit.start) hits.push(hit);
  };
  for (const detector of knowledge.detectors) if ((detector.needs & sights) !== 0) detector.find(text, emit);
}

/** What the line says with its escapes undone. */
function decodedHits(knowledge: Knowledge, plain: DecodedLine, isComplete: boolean, hits: Hit[]): void {
  const meant: Hit[] = [];
  const sightings = knowledge.gate.look(plain.text);
  const { hidesPrivateIps } = knowledge;
  lineHits(knowledge, { line: plain.text, isComplete, sightings, hidesPrivateIps }, meant);
  for (const hit of meant) hits.push({ ...hit, ...plain.spanOf(hit.start, hit.end) });
}

function structureHits(
  knowledge: Knowledge,
  memory: Memory,
  { line, isComplete, marks }: { line: string; isComplete: boolean; marks: number },
  hits: Hit[],
): void {
  const { names } = knowledge;
  if (memory.table.kind !== 'none') hits.push(...tableHits(memory.table, line, { isComplete, names }));
  else if (line.charCodeAt(0) === 0x3c) hits.push(...markupHitsAtStart(line, { isComplete, names }));
  if (memory.block !== null) hits.push(...blockHits(memory.block, line));
  const rest = memory.address === null ? null : addressLine(line, memory.address);
  if (rest !== null)
    hits.push({
      entity: 'address',
      ...rest,
      score: 0.55,
      rule: 'address.line',
      evidence: ['under a street'],
    });
  if ((marks & (MARK.pipe | MARK.tab)) !== 0) hits.push(...pairHits(line, { isComplete, names }));
  if (
    memory.pem !== null &&
    line.trim() !== '' &&
    (isPemBody(memory.pem, line) || line.includes('-----END '))
  ) {
    const start = line.length - line.trimStart().length;
    hits.push({
      entity: 'private-key',
      start,
      end: line.trimEnd().length,
      score: 1,
      rule: 'private-key.pem',
      evidence: ['inside a PEM block'],
    });
  }
  if ((marks & MARK.parenthesis) !== 0 && line.length > 20 && /insert|replace/i.test(line.slice(0, 64)))
    hits.push(...insertHits(line, { isComplete, names }, memory.schema));
}

function openCandidateOf(
  knowledge: Knowledge,
  line: string,
  findings: readonly Finding[],
): OpenCandidate | null {
  const tail = tailOf(knowledge, line);
  const plain = decodedSoFar(line);
  const meant = plain === null ? null : tailOf(knowledge, plain.text);
  const meantTail =
    plain === null || meant === null
      ? null
      : { start: plain.spanOf(meant.start, meant.start + 1).start, strength: meant.strength };
  const dashes = /-{1,5}(?:B(?:E(?:G(?:I(?:N(?: [A-Z ]*-{0,5})?)?)?)?)?)?$/.exec(line.slice(-64));
  const open =
    dashes !== null && dashes[0].length >= 5
      ? { start: line.length - dashes[0].length, strength: 'weak' as const }
      : null;
  const name = nameTail(line, knowledge.nameWords);
  return earliest([tail, meantTail, open, name, streetTail(line), openFinding(line, findings)]);
}

function tailOf(knowledge: Knowledge, line: string): OpenCandidate | null {
  const { hidesPrivateIps } = knowledge;
  return tailCandidate({ line, isComplete: false, sightings: knowledge.gate.look(line), hidesPrivateIps });
}

/** A finding that touches the end of a growing line may go on. */
function openFinding(line: string, findings: readonly Finding[]): OpenCandidate | null {
  const last = findings.at(-1);
  if (last === undefined) return null;
  const gap = line.slice(last.end);
  const isOpen =
    gap === '' ||
    (/^[ .,;:'")\]-]{1,2}$/.test(gap) &&
      /\.(?:column|column-vote|key|block)$|^phone|^card|^iban|^person|^address/.test(last.rule));
  return isOpen ? { start: last.start, strength: 'strong' } : null;
}

function after(knowledge: Knowledge, memory: Memory, reading: Reading): Memory {
  const { names } = knowledge;
  const { line, sights, marks, findings } = reading;
  const { pem, block, table, schema, address, isOnlyColumn, previous } = memory;
  return {
    pem: pem === null && (sights & SIGHT.pem) === 0 ? null : pemAfter(pem, line),
    block: blockAfter(block, line, names),
    table: tableAfter(table, { line, previous, findings, names, marks, schema }),
    schema: schemaAfter(schema, line),
    address: openAddressAfter(address, line, findings),
    isOnlyColumn: onlyColumnAfter(isOnlyColumn, line, previous),
    previous: line.length <= MAX_REMEMBERED ? line : '',
  };
}
