// Generated from the folders beside it by "npm run generate".
import type { ProcessDeclaration } from '../core/processes/declaration.ts';
import EchoProcess from './EchoProcess/process.ts';
import buffer from './buffer/process.ts';
import dissolve from './dissolve/process.ts';
import echo from './echo/process.ts';

export const processes: readonly ProcessDeclaration[] = [
  EchoProcess,
  buffer,
  dissolve,
  echo,
];
