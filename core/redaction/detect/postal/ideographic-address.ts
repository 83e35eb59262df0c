import type { Detector } from '../detector.ts';
import { SIGHT } from '../gate/gate-literals.ts';

const DIGITS = '0-9０-９';
const NUMERAL = `[${DIGITS}一二三四五六七八九十〇]`;
const KANA = '\\p{Script=Hiragana}\\p{Script=Katakana}ー々ヶヵ';
const PLACE = `\\p{Script=Han}${KANA}`;
const POST_CODE = `〒 ?[${DIGITS}]{3}[-－ー−‐]?[${DIGITS}]{4}`;
/** Blocks, plots and houses: `丸の内1-9-1`, `2丁目10番7号`, `北1条西2丁目`. */
const BLOCK = `${NUMERAL}+(?:(?:丁目|番地?の?|号室?|条[東西南北]?|[-－ー−‐の])${NUMERAL}*){1,8}`;
const BUILDING = `(?:[ 　](?:[${PLACE}A-Za-zＡ-Ｚａ-ｚ]{2,24}(?:[ 　]?[${DIGITS}F]{1,5}(?:号室|階|F)?)?|[${DIGITS}]{1,5}(?:号室|階|F)))?`;

/** Japan: prefecture or city, town, block (Japan Post's rules); with a post code, whatever stands behind it. */
const JAPAN = new RegExp(
  `(?:${POST_CODE}[ 　]{0,2})?(?:東京都|北海道|京都府|大阪府|\\p{Script=Han}{2,3}県|\\p{Script=Han}{1,6}[市区郡])[${PLACE}]{0,24}?[市区町村郡丁条]?[${PLACE}]{0,20}?${BLOCK}${BUILDING}|${POST_CODE}(?:[ 　]{0,2}[${PLACE}]{2,30}(?:${BLOCK})?${BUILDING})?`,
  'gu',
);
/** China and Taiwan: a city or a district, a road, a number with 号. */
const CHINA = new RegExp(
  `(?:\\p{Script=Han}{2,8}(?:省|自治区))?(?:\\p{Script=Han}{2,8}[市区县區縣]){0,3}\\p{Script=Han}{1,10}(?:路|街|大道|巷|弄|胡同|段)[${DIGITS}一二三四五六七八九十百]{1,6}[号號](?:[${DIGITS}A-Z一二三四五六七八九十]{1,6}(?:栋|棟|楼|樓|室|单元|層|层)){0,4}`,
  'gu',
);
/** Korea: a district or a town, a road and a number. */
const KOREA =
  /(?:\p{Script=Hangul}{2,7}(?:특별시|광역시|특별자치시|도|시) ){0,2}(?:\p{Script=Hangul}{1,6}[시군구읍면동] ){1,3}\p{Script=Hangul}{1,10}(?:\d{1,4}번)?[로길] ?\d{1,4}(?:-\d{1,4})?(?:,? \d{1,4}(?:동|호|층)){0,3}/gu;

/** Postal addresses of Japan, China and Korea, which are written from the large to the small and without a street word beside a number. */
export const ideographicAddressDetector: Detector = {
  name: 'ideographic-address',
  needs: SIGHT.ideographs,
  find({ line }, emit) {
    for (const pattern of [JAPAN, CHINA, KOREA])
      for (const match of line.matchAll(pattern)) {
        if (match[0] === '') continue;
        const evidence = ['a place, a street or block, and a number'];
        const span = { start: match.index, end: match.index + match[0].trimEnd().length };
        emit({ entity: 'address', ...span, score: 0.7, rule: 'address.ideographic', evidence });
      }
  },
};
