import { serveKernels } from '../../../geo/parallel/helper-thread.ts';
import { tells } from './telling-kernel.ts';

serveKernels({ tells: async () => tells });
