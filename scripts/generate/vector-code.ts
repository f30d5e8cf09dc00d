import wabt from 'wabt';

/** Text of WebAssembly. */
export type Code = string;

/** An instruction as a function of its operands. */
export const op =
  (name: string) =>
  (...operands: readonly Code[]): Code =>
    `(${name} ${operands.join(' ')})`;
export const get = (name: string): Code => `(local.get $${name})`;
export const set = (name: string, value: Code): Code => `(local.set $${name} ${value})`;

/** A module with functions and a page of memory, as source of TypeScript that holds its bytes as the constant `name`. */
export async function vectorModule(
  name: string,
  generator: string,
  functions: readonly Code[],
): Promise<string> {
  const { parseWat } = await wabt();
  const text = `(module\n(memory (export "memory") 1)\n${functions.join('\n')})`;
  const module = parseWat(`${name}.wat`, text, { simd: true });
  const { buffer } = module.toBinary({});
  module.destroy();
  return `// Generated from scripts/generate/${generator} by "npm run generate".
/** WebAssembly in base64. */
export const ${name} =
  '${Buffer.from(buffer).toString('base64')}';
`;
}
