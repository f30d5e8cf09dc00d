// Generated from the folders beside it by "npm run generate".
import type { ProcessDeclaration } from '../core/processes/declaration.ts';
import echo from './echo/process.ts';

export const processes: readonly ProcessDeclaration[] = [
  echo,
];
