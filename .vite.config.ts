import { defineConfig } from 'vite';

// The command line is packed as few files, since most of its start goes into finding and reading modules: with what it
// alone needs inside, and their licenses beside it, so that nobody who wants the library has to install that. The server
// and its libraries are a file of their own, which only the commands that serve read.
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist/cli',
    target: 'node20.19',
    minify: false,
    license: { fileName: 'licenses.md' },
    rollupOptions: {
      output: {
        chunkFileNames: ({ name }) => (name === SERVER ? 'server.js' : 'shared.js'),
        // Fastify looks for its plugins among the modules that `require` loaded.
        banner: ({ name }) => (name === SERVER ? REQUIRE : ''),
      },
    },
  },
});

// The name of a chunk is that of its first module: src/server/index.ts.
const SERVER = 'index';
const REQUIRE = `import { createRequire as createRequireHere } from 'node:module';
const require = createRequireHere(import.meta.url);`;
