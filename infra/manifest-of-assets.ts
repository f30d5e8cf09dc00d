import type { Plugin } from 'esbuild';
import type { Manifest } from '../functions/assets/manifest.ts';

/** Puts the names of the built assets into the functions that make pages of them. */
export const withManifest = (manifest: Manifest): Plugin => ({
  name: 'manifest-of-assets',
  setup({ onLoad }) {
    onLoad({ filter: /functions\/assets\/manifest\.ts$/ }, () => ({
      contents: `export const manifest = ${JSON.stringify(manifest)};`,
      loader: 'js',
    }));
  },
});
