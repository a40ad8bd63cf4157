import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  // The page uses the built package under its public name, as an app would.
  resolve: { alias: { 'wasm-api-fetch': here('../dist/index.js') } },
  build: { target: 'es2022', modulePreload: { polyfill: false } },
});
