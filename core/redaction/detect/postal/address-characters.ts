/** Characters of which one stands in each such address; the gate looks for them. */
export const ADDRESS_CHARACTERS: readonly string[] = [...'〒市区町村郡県道路街巷号號로길'];
