import { kernels } from './kernels.ts';
import { serveKernels } from './parallel/helper-thread.ts';

/** Module of the helper threads that share the work of a process. */
serveKernels(kernels);
