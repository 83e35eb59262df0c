import tseslint from 'typescript-eslint';
import { windowTexts } from './build/window-texts.ts';

const everywhere = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file itself.' },
];

/** Types are strict in tsconfig.base.json; these are the rules of style that a compiler cannot hold. */
export default tseslint.config(
  {
    ignores: ['out/**', 'dist/**', 'node_modules/**', 'test-results/**', 'build/*.cjs'],
  },
  ...tseslint.configs.strict,
  {
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-params': ['error', { max: 4 }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-restricted-syntax': ['error', ...everywhere],
      eqeqeq: 'error',
      'no-control-regex': 'off',
    },
  },
  {
    // every text of the window stands in the catalogue
    files: ['renderer/**/*.{ts,tsx}'],
    ignores: ['renderer/texts/**', 'renderer/**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...windowTexts] },
  },
  {
    // AssemblyScript: `==` is how it compares numbers
    files: ['core/redaction/kernel/assembly/**'],
    rules: { eqeqeq: 'off' },
  },
);
