import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * What `graphql` tagged becomes an import of what relay-compiler wrote. `babel-plugin-relay` does the same, and brings
 * ninety packages: take it where you have Babel anyway.
 */
const relay: Plugin = {
  name: 'relay-artifacts',
  enforce: 'pre',
  transform: {
    filter: { id: /\/src\/relay\/[^/]+\.tsx?$/, code: /graphql`/ },
    handler(code) {
      const imports: string[] = [];
      const linked = code.replaceAll(/graphql`\s*\w+\s+(\w+)[^`]*`/g, (_tagged, name: string) => {
        imports.push(`import artifact_${name} from './__generated__/${name}.graphql.ts';`);
        return `artifact_${name}`;
      });
      return { code: [...imports, linked].join('\n'), map: null };
    },
  },
};

export default defineConfig({
  plugins: [relay, react()],
  build: { rolldownOptions: { input: ['index.html', 'relay.html'] } },
});
