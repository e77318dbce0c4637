import tseslint from 'typescript-eslint';

const clockAndChance = [
  { object: 'Date', property: 'now', message: 'Time is handed in.' },
  { object: 'Math', property: 'random', message: 'Randomness is handed in.' },
  { object: 'performance', property: 'now', message: 'Time is handed in.' },
];

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', '**/test-results/', '**/.cache/', '**/*.mjs', '**/*.cjs'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          'shared/tsconfig.json',
          'client/tsconfig.json',
          'client/tsconfig.engine.json',
          'client/tsconfig.test.json',
          'server/tsconfig.json',
          'e2e/tsconfig.json',
          'tsconfig.tools.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['shared/src/**', 'shared/sim/**', 'server/src/tracker/**', 'client/src/engine/**'],
    rules: { 'no-restricted-properties': ['error', ...clockAndChance] },
  },
  {
    files: ['**/*.test.ts', 'e2e/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-properties': 'off',
      'no-console': 'off',
    },
  },
  {
    files: ['shared/bench/**', 'shared/sim/cli/**'],
    rules: { 'no-console': 'off', 'no-restricted-properties': 'off' },
  },
);
