import { defineConfig } from 'vite';

// The command line is packed as one file, since most of its start goes into finding and reading modules: with what it
// alone needs inside, and their licenses beside it, so that nobody who wants the library has to install that.
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist/cli',
    target: 'node20.19',
    minify: false,
    license: { fileName: 'licenses.md' },
  },
});
