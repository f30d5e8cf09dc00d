import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import type { Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..');
const NAMESPACE = 'builtin';
const modules = new Set(builtinModules.map((name) => `node:${name.replace(/^node:/, '')}`));

/**
 * Takes modules of Node.js by `process.getBuiltinModule` instead of importing them. An import reads every member of a module, and some of these load
 * what Node.js itself loads only when it is used: that of `node:http` brings in `fetch` and WebSocket, and takes ten times as long as the
 * module.
 */
export const builtinsAtHand: Plugin = {
  name: 'builtins-at-hand',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^[a-z_:/0-9]+$/ }, ({ path, kind, importer }) => {
      const name = path.startsWith('node:') ? path : `node:${path}`;
      if (!(kind in ways) || !modules.has(name)) return undefined;
      // Each importer has its own, as one that is shared would be a file of its own.
      const own = `${name} of ${relative(root, importer)}`;
      return { path: own, namespace: `${NAMESPACE}-${kind}`, pluginData: name, sideEffects: false };
    });
    for (const [kind, contentsOf] of Object.entries(ways))
      onLoad({ filter: /./, namespace: `${NAMESPACE}-${kind}` }, ({ pluginData: name }) => ({
        contents: contentsOf(name),
        loader: 'js',
      }));
  },
};

const taken = (name: string): string => `process.getBuiltinModule(${JSON.stringify(name)})`;

/** By how a module is imported: with members that are known to the bundler, or as a whole. */
const ways = {
  'import-statement': membersOf,
  'dynamic-import': (name: string) => `module.exports = ${taken(name)};`,
};

/** What is not used of it is left out by the bundler, for which each member is therefore a call that has no effect. */
function membersOf(name: string): string {
  const members = Object.keys(process.getBuiltinModule(name as 'node:fs')).filter(
    (member) => member !== 'default' && /^[A-Za-z_$][\w$]*$/.test(member),
  );
  return [
    `const builtin = ${taken(name)};`,
    'export default builtin;',
    ...members.map((member) => `export const ${member} = /* @__PURE__ */ (() => builtin.${member})();`),
  ].join('\n');
}
