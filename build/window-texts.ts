/**
 * Lint rules that keep the window's words in one place: `no-restricted-syntax` entries for renderer/ without renderer/texts/.
 * Selectors: https://eslint.org/docs/latest/extend/selectors
 */
const TO_CATALOGUE = 'A text of the window: it belongs into renderer/texts/ (docs/languages.md).';
/** any but the product's name */
const WORD = '^(?!\\s*Sallyport\\s*$)[^]*[A-Za-z]{2}';
/** any but a media query */
const SENTENCE = "^(?!\\()[^]*[A-Za-z]{2,}[’'…,.:;!?]* [A-Za-z]{2,}";
/** `Hidden`, not `Ctrl` */
const CAPITAL = '^[A-Z](?=[a-z]*[aeiou])[a-z]{2}';
const SPOKEN_PROPS =
  'label|title|name|hint|note|placeholder|description|empty|what|error|alt|aria-(label|description|roledescription|valuetext|placeholder)';
const SPOKEN_KEYS = 'label|title|text|words|hint|meaning|note|detail|message|body';

const notSelector = (node: string) =>
  `:not(CallExpression[callee.property.name=/^(matches|closest|querySelector|querySelectorAll)$/] ${node})`;

/** Words for the makers, selectors and class names, are no texts of the window. */
const notSpoken = (node: string) =>
  `:not(NewExpression ${node}):not(JSXAttribute[name.name=/^(className|d|key|placement|viewBox|rel|style)$/] ${node}):not(TSLiteralType ${node})${notSelector(node)}`;

const literal = (test: string) => `Literal[value=/${test}/]`;
const template = (test: string) => `TemplateElement[value.raw=/${test}/]`;

const texts = [
  `JSXText[value=/${WORD}/]`,
  `JSXAttribute[name.name=/^(${SPOKEN_PROPS})$/] :not(BinaryExpression, MemberExpression) > ${literal(WORD)}`,
  `JSXAttribute[name.name=/^(${SPOKEN_PROPS})$/] > ${literal(WORD)}`,
  `JSXAttribute[name.name=/^(${SPOKEN_PROPS})$/] ${template(WORD)}`,
  `Property[key.name=/^(${SPOKEN_KEYS})$/] > ${literal(WORD)}`,
  `Property[key.name=/^(${SPOKEN_KEYS})$/] > TemplateLiteral > ${template(WORD)}`,
  `${literal(SENTENCE)}${notSpoken('Literal')}`,
  `${template(SENTENCE)}${notSpoken('TemplateElement')}`,
  `ReturnStatement > ${literal(CAPITAL)}`,
  `ConditionalExpression > ${literal(CAPITAL)}`,
  `ArrowFunctionExpression > ${literal(CAPITAL)}`,
];

export const windowTexts = [
  ...texts.map(selector => ({ selector, message: TO_CATALOGUE })),
  {
    selector: 'MemberExpression[property.name=/^toLocale/], MemberExpression[object.name="Intl"]',
    message: 'Numbers, dates and plurals become text in renderer/texts/format.ts.',
  },
  {
    selector: 'MemberExpression[object.name="t"]:not(:function MemberExpression)',
    message: 'Read texts when something is drawn: while a module is loaded the language is not known yet.',
  },
];
