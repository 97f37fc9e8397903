import babel from '@rolldown/plugin-babel';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    react(),
    // What `graphql` tagged becomes an import of what relay-compiler wrote.
    babel({ include: /\/src\/relay\//, plugins: [['relay', { eagerEsModules: true }]] }),
  ],
  build: { rolldownOptions: { input: ['index.html', 'relay.html'] } },
});
