import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../../schema.graphql',
  documents: ['src/**/*.{ts,tsx}', '!src/relay/**'],
  ignoreNoDocuments: true,
  generates: {
    'src/__generated__/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        enumType: 'string-literal',
        useTypeImports: true,
        scalars: { DateTime: 'string', URL: 'string' },
        avoidOptionals: { field: true },
        // Apollo Client asks for it everywhere.
        nonOptionalTypename: true,
        skipTypeNameForRoot: true,
        immutableTypes: true,
      },
    },
    'src/__generated__/possible-types.ts': {
      plugins: ['fragment-matcher'],
    },
  },
};

export default config;
