import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import eslintPlugin from 'eslint-plugin-eslint-plugin';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import globals from 'globals';
import tseslint from 'typescript-eslint';

import threadHygiene from '../../dist/src/index.js';
import { zones } from './dependency-zones.js';

const repository = new URL('../..', import.meta.url).pathname;

export default defineConfig([
  globalIgnores(['dist/', 'coverage/', 'docs/examples/', 'tests/fixtures/', 'tests/temporary/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  js.configs.recommended,
  threadHygiene.configs.strict,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: repository } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Node types are compared with their names, as everywhere in ESLint: the enum would load all of typescript-eslint.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Our interfaces are records of closures: no method uses `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    name: 'where casts are allowed',
    files: ['src/plugin.ts', 'src/analysis/types/**'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-unsafe-type-assertion': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: { globals: globals.nodeBuiltin },
  },
  {
    name: 'imports',
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createNodeResolver({
          extensionAlias: { '.js': ['.ts', '.js'] },
          conditionNames: ['types', 'import', 'default'],
        }),
      ],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-duplicates': ['error', { 'prefer-inline': false }],
      'import-x/no-extraneous-dependencies': ['error', { devDependencies: ['tests/**', 'docs/**'] }],
      'import-x/no-restricted-paths': ['error', { basePath: repository, zones }],
      'import-x/no-self-import': 'error',
      'import-x/no-useless-path-segments': 'error',
    },
  },
  {
    name: 'sources',
    files: ['src/**/*.ts', 'rules/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 300 }],
      'no-console': 'error',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            // Importing the plugin must not load TypeScript or a second ESLint.
            ...['typescript', 'ts-api-utils', '@typescript-eslint/parser', 'eslint'].map(name => ({
              name,
              allowTypeImports: true,
              message: 'Load it where it is first needed.',
            })),
            {
              name: '@typescript-eslint/utils',
              allowTypeImports: true,
              message: 'Import from its /eslint-utils or /ast-utils.',
            },
          ],
        },
      ],
    },
  },
  {
    name: 'the command line',
    files: ['src/cli/**'],
    rules: { 'no-console': 'off' },
  },
  {
    name: 'rules',
    files: ['rules/**/*.ts'],
    extends: [eslintPlugin.configs['rules-recommended']],
    rules: {
      'max-lines': ['error', { max: 150 }],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: ['typescript', 'ts-api-utils'], message: 'Ask the analysis: rules know no TypeScript.' }] },
      ],
      'eslint-plugin/meta-property-ordering': [
        'error',
        ['type', 'docs', 'fixable', 'hasSuggestions', 'messages', 'schema', 'defaultOptions'],
      ],
      'eslint-plugin/no-property-in-node': 'error',
      'eslint-plugin/prefer-placeholders': 'error',
      'eslint-plugin/prefer-replace-text': 'error',
      'eslint-plugin/report-message-format': ['error', '^.+\\.$'],
      'eslint-plugin/require-meta-docs-description': ['error', { pattern: '^(Disallow|Require) ' }],
    },
  },
  {
    name: 'tests',
    files: ['tests/**/*.ts'],
    extends: [eslintPlugin.configs['tests-recommended']],
    rules: {
      // What JSON.parse gives of our own fixtures is declared, not validated.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      'eslint-plugin/require-test-case-name': ['error', { require: 'always' }],
      'eslint-plugin/unique-test-case-names': 'error',
    },
  },
  {
    name: 'tests that lose locks to see what a library does then',
    files: ['tests/catalogue/**'],
    rules: Object.fromEntries(Object.keys(threadHygiene.configs.strict.rules).map(name => [name, 'off'])),
  },
]);
