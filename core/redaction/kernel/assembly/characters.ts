export function isDigit(code: i32): bool {
  return <u32>(code - 0x30) < 10;
}

export function isLetter(code: i32): bool {
  return <u32>((code | 0x20) - 0x61) < 26;
}

export function isUpper(code: i32): bool {
  return <u32>(code - 0x41) < 26;
}

export function isLower(code: i32): bool {
  return <u32>(code - 0x61) < 26;
}

export function isAlnum(code: i32): bool {
  return isDigit(code) || isLetter(code);
}

export function isWordChar(code: i32): bool {
  return isAlnum(code) || code == 0x5f;
}

export function isBlank(code: i32): bool {
  return code == 0x20 || code == 0x09;
}
