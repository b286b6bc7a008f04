// `npm run generate` writes src/generated from the schema: a file here, or http://127.0.0.1:8000/graphql of a running server.
import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: process.env.SOTAGRAPH_SCHEMA ?? '../../schema/schema.graphql',
  documents: ['src/**/*.ts', '!src/generated/**'],
  generates: {
    './src/generated/': {
      preset: 'client',
      // The manifest is what SOTAGRAPH_DOCUMENTS names: {hash: document}.
      presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256' }, fragmentMasking: false },
      config: { scalars: { Date: 'string', JSON: 'unknown' }, enumsAsTypes: true, strictScalars: true },
    },
  },
};

export default config;
